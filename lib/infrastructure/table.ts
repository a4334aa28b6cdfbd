import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, Billing, ProjectionType, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { tableSchema } from "../store/keys.ts";

/** The one table, made from the key schema. It outlives the stack: removing it takes two deliberate steps. */
export class FactsTable extends TableV2 {
  /** The ARN of each secondary index. */
  readonly indexArns: readonly string[];

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: text(tableSchema.partitionKey),
      sortKey: text(tableSchema.sortKey),
      timeToLiveAttribute: tableSchema.timeToLive,
      globalSecondaryIndexes: tableSchema.indexes.map((index) => ({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        projectionType: ProjectionType.KEYS_ONLY,
      })),
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.indexArns = tableSchema.indexes.map((index) => `${this.tableArn}/index/${index.name}`);
  }
}

function text(name: string) {
  return { name, type: AttributeType.STRING };
}
