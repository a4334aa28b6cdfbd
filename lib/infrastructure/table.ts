import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, Billing, ProjectionType, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { type IndexName, tableSchema } from "../store/table/keys.ts";

/** A table with the key schema, as everything that works on one needs it. */
export interface UsedTable {
  readonly tableName: string;
  readonly tableArn: string;
  /** The ARN of a secondary index. */
  indexArn(name: IndexName): string;
}

/** The one table, made from the key schema. It outlives the stack: removing it takes two deliberate steps. */
export class FactsTable extends TableV2 implements UsedTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: text(tableSchema.partitionKey),
      sortKey: text(tableSchema.sortKey),
      timeToLiveAttribute: tableSchema.timeToLive,
      globalSecondaryIndexes: tableSchema.indexes.map((index) => ({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [...index.attributes],
      })),
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  indexArn(name: IndexName): string {
    return indexArnOf(this.tableArn, name);
  }
}

/** A table that was restored from a backup of the stack's own, in the same account and region. */
export function restoredTable(scope: Construct, tableName: string): UsedTable {
  const tableArn = Stack.of(scope).formatArn({
    service: "dynamodb",
    resource: "table",
    resourceName: tableName,
  });
  return { tableName, tableArn, indexArn: (name) => indexArnOf(tableArn, name) };
}

function indexArnOf(tableArn: string, name: IndexName): string {
  return `${tableArn}/index/${name}`;
}

function text(name: string) {
  return { name, type: AttributeType.STRING };
}
