import * as z from "zod";
import type { TemplateResource } from "./assembly.ts";
import type { ReadingContext } from "./reading-context.ts";

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }));

const schema = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) }),
  ),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .default([]),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
});

/** The schema of a table, in the words of DynamoDB's `CreateTable`. */
export interface TableSchema extends Omit<z.output<typeof schema>, "TimeToLiveSpecification"> {}

/** A DynamoDB table. */
export interface TableBlueprint {
  readonly name: string;
  readonly schema: TableSchema;
  /** The attribute by which items expire, if any. */
  readonly timeToLive: string | undefined;
}

/** Reads an `AWS::DynamoDB::GlobalTable` or `AWS::DynamoDB::Table`. */
export function readTable(resource: TemplateResource, context: ReadingContext): TableBlueprint {
  const { TimeToLiveSpecification: timeToLive, ...tableSchema } = context.properties(resource, schema);
  return {
    name: context.names.physical(resource),
    schema: tableSchema,
    timeToLive: timeToLive?.Enabled ? timeToLive.AttributeName : undefined,
  };
}
