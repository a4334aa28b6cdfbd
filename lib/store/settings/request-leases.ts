import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../table/client.ts";
import { requestCountKey, tableSchema } from "../table/keys.ts";

/** How many requests a key has been lent in the running window: one item a key, whichever function asks. */

/** A key's window of time. */
export interface RequestWindow {
  readonly workspace: string;
  /** Names the key. */
  readonly keyId: string;
  /** The window's number: windows are counted since 1970. */
  readonly window: number;
  /** Requests that the key may make in it. */
  readonly limit: number;
}

/** What was lent. */
export interface Lease {
  /** So many requests, from 0 to as many as were asked for. */
  readonly granted: number;
  /** What is left of the limit for others. */
  readonly left: number;
}

/** The clocks of two functions differ by less than so many windows. */
const maxWindowsAhead = 6;

/** How long an item of a key that is not used any more is kept. */
const keepSeconds = 86_400;

/**
 * Lends requests of a key's window. Costs one write unit, two in the first lease of a window.
 * @param wanted how many, at least 1
 */
export async function leaseRequests(table: Table, window: RequestWindow, wanted: number): Promise<Lease> {
  const { limit } = window;
  const taken = (await addTo(table, window, wanted)) ?? (await begin(table, window, wanted));
  // Somebody else began the window in between.
  const total = taken ?? (await addTo(table, window, wanted));
  if (total === undefined) return { granted: 0, left: 0 };
  return {
    granted: Math.max(0, Math.min(wanted, limit - (total - wanted))),
    left: Math.max(0, limit - total),
  };
}

/** Takes from the running window, unless nothing is left or it is not the running one. */
function addTo(table: Table, window: RequestWindow, wanted: number): Promise<number | undefined> {
  const isRunning = "#window = :window";
  const hasSome = "taken < :limit";
  return update(table, window, wanted, {
    UpdateExpression: "ADD taken :wanted",
    ConditionExpression: `${isRunning} AND ${hasSome}`,
    values: { ":limit": window.limit },
  });
}

/**
 * Begins a window, unless it has been begun. One that lies far ahead was begun by a clock that was wrong: else the key would have
 * to wait until the clock has caught up with it.
 */
function begin(table: Table, window: RequestWindow, wanted: number): Promise<number | undefined> {
  const isFirst = "attribute_not_exists(#window)";
  const isLater = "#window < :window";
  const isOfWrongClock = "#window > :farthest";
  return update(table, window, wanted, {
    UpdateExpression: `SET #window = :window, taken = :wanted, ${tableSchema.timeToLive} = :until`,
    ConditionExpression: `${isFirst} OR ${isLater} OR ${isOfWrongClock}`,
    values: {
      ":farthest": window.window + maxWindowsAhead,
      ":until": Math.floor(Date.now() / 1000) + keepSeconds,
    },
  });
}

/** @returns how much is taken afterwards; undefined where the condition does not hold */
async function update(
  table: Table,
  { workspace, keyId, window }: RequestWindow,
  wanted: number,
  {
    values,
    ...expressions
  }: Pick<UpdateCommand["input"], "UpdateExpression" | "ConditionExpression"> & {
    readonly values: Readonly<Record<string, number>>;
  },
): Promise<number | undefined> {
  try {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: requestCountKey(workspace, keyId),
        ...expressions,
        ExpressionAttributeNames: { "#window": "window" },
        ExpressionAttributeValues: { ":window": window, ":wanted": wanted, ...values },
        ReturnValues: "ALL_NEW",
      }),
    );
    return Number(Attributes?.["taken"]);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
