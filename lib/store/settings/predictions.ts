import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../domain/calendar/days.ts";
import { type Prediction, predictionSchema } from "../../domain/metrics/lifetime/prediction.ts";
import type { ItemSize } from "../table/budget.ts";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { type Item, queryItems } from "../table/items.ts";
import { predictionKey, workspaceKey } from "../table/keys.ts";

/** Predictions of what customers will bring: one for each last day that they know, the newest fit of it. */

/** A weekly prediction is kept for two years. */
const daysKept = 730;

const size: ItemSize = { name: "prediction", maxBytes: 6 * 1024, isAlike: true };

/**
 * Stores a prediction in the place of an earlier one that knows the same days.
 * @throws ZodError where it could not be read again: JSON has no infinite numbers
 */
export async function storePrediction(
  table: Table,
  workspace: string,
  prediction: Prediction,
): Promise<void> {
  const expiresAt = Math.floor(Date.now() / 1_000) + daysKept * 86_400;
  const content = JSON.stringify(predictionSchema.parse(prediction));
  const item = { ...predictionKey(workspace, prediction.through), content, expiresAt };
  await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
}

/** Notes that a prediction of these days was asked for; nothing where the workspace was removed meanwhile. */
export async function noteAskedPrediction(table: Table, workspace: string, through: Day): Promise<void> {
  await isWritten(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: workspaceKey(workspace),
        UpdateExpression: "SET predictionsAskedThrough = :through",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":through": through },
      }),
    ),
  );
}

/**
 * The predictions of a workspace, the latest first.
 * @param before only those that know less than this day
 */
export async function listPredictions(
  table: Table,
  workspace: string,
  limit: number,
  before?: Day,
): Promise<Prediction[]> {
  const { pk, sk } = predictionKey(workspace, "");
  const found: Prediction[] = [];
  const now = Math.floor(Date.now() / 1_000);
  const items = queryItems(table, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :start AND :end",
    ExpressionAttributeValues: { ":pk": pk, ":start": sk, ":end": `${sk}${before ?? "~"}` },
    ...{ ScanIndexForward: false, ConsistentRead: true, Limit: limit + 1, size },
  });
  for await (const item of items) {
    // DynamoDB removes an item up to some days after it has expired.
    if (Number(item["expiresAt"]) <= now) continue;
    const prediction = predictionIn(item);
    if (prediction.through !== before) found.push(prediction);
    if (found.length === limit) break;
  }
  return found;
}

/** The prediction that knows most; `undefined` before the first one. */
export async function latestPrediction(table: Table, workspace: string): Promise<Prediction | undefined> {
  return (await listPredictions(table, workspace, 1))[0];
}

function predictionIn({ content }: Item): Prediction {
  return predictionSchema.parse(JSON.parse(String(content)));
}
