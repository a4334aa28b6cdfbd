import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { MeasuredCustomers } from "../../domain/workspace/settings.ts";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { workspaceKey } from "../table/keys.ts";

/** What customers do to the variance of a workspace's metrics: kept with its settings, which every question reads. */

/** As it is stored: figures that name nobody. */
export const measuredCustomersSchema = z.object({
  through: z.string(),
  isPartial: z.boolean(),
  effects: z.record(
    z.string(),
    z.object({
      ...{ currency: z.string(), convention: z.string() },
      windows: z.array(
        z.object({
          ...{ days: z.number(), inflation: z.number(), skewness: z.number(), needed: z.number().nullable() },
          ...{ customersPerCase: z.number(), clustersPerCase: z.number() },
        }),
      ),
    }),
  ),
});

/** Keeps what was measured; nothing where the workspace was removed meanwhile. */
export async function writeMeasuredCustomers(
  table: Table,
  workspace: string,
  measured: MeasuredCustomers,
): Promise<void> {
  await isWritten(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: workspaceKey(workspace),
        UpdateExpression: "SET customers = :measured",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":measured": measured },
      }),
    ),
  );
}
