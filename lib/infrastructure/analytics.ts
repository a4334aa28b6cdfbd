import { RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { CfnWorkGroup } from "aws-cdk-lib/aws-athena";
import { CfnDatabase, CfnTable } from "aws-cdk-lib/aws-glue";
import { ManagedPolicy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { type Column, sqlTypeOf } from "../domain/archive/columns.ts";
import { customerDayColumns, customerDaysTable } from "../domain/archive/customer-days.ts";
import { snapshotsTable, tablePrefix } from "../domain/archive/paths.ts";
import { snapshotColumns } from "../domain/archive/snapshots.ts";
import { factTables } from "../domain/archive/tables.ts";
import { type ArchiveBucket, answersPrefix } from "./archive.ts";

/** A query that would read more than this ends: $0.05 at Athena's list price. */
const maxScannedBytes = 10 * 1024 ** 3;

/** The first day that a partition is looked for on. */
const firstProjectedDay = "2000-01-01";

/**
 * SQL over the archive: a Glue database whose tables know their partitions without a crawler, an Athena workgroup with a limit of what a
 * query may read, and a policy for the analysts who use it. None of it costs anything until somebody asks.
 */
export class Analytics extends Construct {
  readonly workgroup: CfnWorkGroup;
  readonly database: CfnDatabase;
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, archive: ArchiveBucket) {
    super(scope, id);
    const { account, stackName } = Stack.of(this);
    const databaseName = stackName.toLowerCase().replaceAll(/[^a-z0-9_]/g, "_");
    this.database = new CfnDatabase(this, "Database", {
      catalogId: account,
      databaseInput: { name: databaseName, description: "The archive of closed days of cx-metrics" },
    });
    const tables = [
      ...factTables.map(({ name, description, columns }) => ({ name, description, columns })),
      { name: customerDaysTable, description: "what a day says of a customer", columns: customerDayColumns },
      { name: snapshotsTable, description: "what a metric said of a day", columns: snapshotColumns },
    ];
    for (const table of tables) this.#addTable(table, databaseName, archive);
    this.workgroup = new CfnWorkGroup(this, "Workgroup", {
      name: stackName,
      description: "Questions about the archive of cx-metrics, each of at most 10 GB",
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: false,
        bytesScannedCutoffPerQuery: maxScannedBytes,
        resultConfiguration: {
          outputLocation: `s3://${archive.bucketName}/${answersPrefix}`,
          encryptionConfiguration: { encryptionOption: "SSE_S3" },
        },
      },
    });
    this.workgroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.policy = this.#addPolicy(databaseName, archive);
  }

  #addTable(
    {
      name,
      description,
      columns,
    }: { readonly name: string; readonly description: string; readonly columns: readonly Column[] },
    databaseName: string,
    archive: ArchiveBucket,
  ): void {
    const location = `s3://${archive.bucketName}/${tablePrefix(name)}`;
    const table = new CfnTable(this, `Table-${name}`, {
      catalogId: Stack.of(this).account,
      databaseName,
      tableInput: {
        name,
        description: `A row is ${description}`,
        tableType: "EXTERNAL_TABLE",
        partitionKeys: [
          { name: "workspace", type: "string" },
          { name: "day", type: "date" },
        ],
        parameters: {
          classification: "parquet",
          "projection.enabled": "true",
          "projection.workspace.type": "injected",
          "projection.day.type": "date",
          "projection.day.format": "yyyy-MM-dd",
          "projection.day.range": `${firstProjectedDay},NOW`,
          "storage.location.template": `${location}workspace=\${workspace}/day=\${day}/`,
        },
        storageDescriptor: {
          location,
          // The day is the partition's: a column of the same name would be a second one.
          columns: columns
            .filter((column) => column.name !== "day")
            .map((column) => ({ name: column.name, type: sqlTypeOf(column) })),
          inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
          outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
          serdeInfo: { serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
        },
      },
    });
    table.addResourceDependency(this.database);
  }

  /** An analyst's permissions: to query in the workgroup, and to read the files behind the tables. It is attached to nobody. */
  #addPolicy(databaseName: string, archive: ArchiveBucket): ManagedPolicy {
    const stack = Stack.of(this);
    const glue = (resource: string) => stack.formatArn({ service: "glue", resource });
    const policy = new ManagedPolicy(this, "AnalystPolicy", {
      description: "Asks the archive of cx-metrics in Athena",
      statements: [
        new PolicyStatement({
          sid: "AskInWorkgroup",
          actions: [
            ...["athena:StartQueryExecution", "athena:StopQueryExecution", "athena:GetQueryExecution"],
            ...["athena:GetQueryResults", "athena:GetWorkGroup"],
          ],
          resources: [
            stack.formatArn({ service: "athena", resource: "workgroup", resourceName: stack.stackName }),
          ],
        }),
        new PolicyStatement({
          sid: "KnowTables",
          actions: ["glue:GetDatabase", "glue:GetTable", "glue:GetTables", "glue:GetPartitions"],
          resources: [glue("catalog"), glue(`database/${databaseName}`), glue(`table/${databaseName}/*`)],
        }),
        new PolicyStatement({
          sid: "ListFiles",
          actions: ["s3:ListBucket", "s3:GetBucketLocation"],
          resources: [archive.bucketArn],
        }),
        new PolicyStatement({
          sid: "ReadFiles",
          actions: ["s3:GetObject"],
          resources: [archive.arnForObjects("facts/*"), archive.arnForObjects("snapshots/*")],
        }),
        new PolicyStatement({
          sid: "KeepAnswers",
          actions: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"],
          resources: [archive.arnForObjects(`${answersPrefix}*`)],
        }),
      ],
    });
    archive.acknowledgeObjects(policy, ["facts/", "snapshots/", answersPrefix]);
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:table/${databaseName}/*]`,
      reason: "All tables of the one database that holds nothing but the archive.",
    });
    return policy;
  }
}
