import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { requestCountKey, tableSchema } from "../table/keys.ts";

/** A key's use in the running window and day: one item a key, whichever function asks. */

/** Whose usage, and when. */
export interface UsagePeriod {
  readonly workspace: string;
  /** Names the key. */
  readonly keyId: string;
  /** The window's number: windows are counted since 1970. */
  readonly window: number;
  /** The day's number (UTC), counted since 1970. */
  readonly day: number;
  /** By how much what was used beyond a window's units shrinks with each window that passes. */
  readonly unitsPerWindow: number;
}

/** A key's use. */
export interface Usage {
  readonly requests: number;
  /** In the price of a read unit. */
  readonly units: number;
}

/** The use that a process reports. */
export interface NewUsage extends Usage {
  /** Units used since it last told: those of earlier windows that have been waited for are not among `units`. */
  readonly unitsOfDay: number;
}

/** All that has been used of a key, as far as processes have told. */
export interface UsedTotals {
  readonly window: Usage;
  readonly day: Usage;
}

/** How long an item of a key that is not used any more is kept: longer than a day, which it counts. */
const keepSeconds = 2 * 86_400;

/** A window that lies so many windows ahead was begun by a clock that is wrong: it is begun anew. */
const maxWindowsAhead = 6;

/** How often a window is tried to be counted in, where others begin it at the same moment. */
const maxTries = 3;

const storedUsage = z.object({
  window: z.number(),
  taken: z.number(),
  units: z.number().default(0),
  day: z.number().default(-1),
  dayTaken: z.number().default(0),
  dayUnits: z.number().default(0),
});

type StoredUsage = z.output<typeof storedUsage>;

/**
 * Adds to what a key has used, and says what that makes together. Costs one write unit, two in the first report of a window.
 * @returns `undefined` where others were faster each time: nothing is counted
 */
export async function addUsage(
  table: Table,
  period: UsagePeriod,
  usage: NewUsage,
): Promise<UsedTotals | undefined> {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const counted = await addTo(table, period, usage);
    if (counted.totals) return counted.totals;
    const begun = await begin(table, period, usage, counted.before);
    if (begun) return begun;
  }
  return undefined;
}

function totalsOf({ taken, units, dayTaken, dayUnits }: StoredUsage): UsedTotals {
  return { window: { requests: taken, units }, day: { requests: dayTaken, units: dayUnits } };
}

/** Adds to the running window and day, unless the item is of other ones: then it says what the item was before. */
async function addTo(
  table: Table,
  period: UsagePeriod,
  { requests, units, unitsOfDay }: NewUsage,
): Promise<{ readonly totals?: UsedTotals; readonly before?: StoredUsage | undefined }> {
  const isRunning = "#window BETWEEN :window AND :ahead";
  const isToday = "#day = :day";
  try {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: requestCountKey(period.workspace, period.keyId),
        UpdateExpression: "ADD taken :requests, units :units, dayTaken :requests, dayUnits :unitsOfDay",
        ConditionExpression: `${isRunning} AND ${isToday}`,
        ExpressionAttributeNames: { "#window": "window", "#day": "day" },
        ExpressionAttributeValues: {
          ":window": period.window,
          ":ahead": period.window + maxWindowsAhead,
          ":day": period.day,
          ":requests": requests,
          ":units": units,
          ":unitsOfDay": unitsOfDay,
        },
        ReturnValues: "ALL_NEW",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
    return { totals: totalsOf(storedUsage.parse(Attributes)) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { before: error.Item && storedUsage.parse(plain(error.Item)) };
  }
}

/** The numbers of an item that the client has not read for us. */
function plain(item: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => {
      const number = typeof value === "object" && value !== null && "N" in value ? value.N : value;
      return number === undefined || Number.isNaN(Number(number)) ? [] : [[name, Number(number)]];
    }),
  );
}

/** Begins a window, unless somebody has begun it: with what was used beyond the units of earlier ones. */
async function begin(
  table: Table,
  period: UsagePeriod,
  usage: NewUsage,
  before: StoredUsage | undefined,
): Promise<UsedTotals | undefined> {
  const { window, day, unitsPerWindow } = period;
  const passed = before ? window - before.window : 0;
  const owed = before && passed >= 0 ? Math.max(0, before.units - passed * unitsPerWindow) : 0;
  const sameDay = before?.day === day ? before : undefined;
  const isSame = passed === 0 && before !== undefined;
  const begun: StoredUsage = {
    window,
    day,
    taken: (isSame ? before.taken : 0) + usage.requests,
    units: owed + usage.units,
    dayTaken: (sameDay?.dayTaken ?? 0) + usage.requests,
    dayUnits: (sameDay?.dayUnits ?? 0) + usage.unitsOfDay,
  };
  const isFirst = "attribute_not_exists(#window)";
  const isUnchanged = "#window = :seen AND taken = :seenTaken AND #day = :seenDay";
  const isBegun = await isWritten(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: requestCountKey(period.workspace, period.keyId),
        UpdateExpression: `SET #window = :window, #day = :day, taken = :taken, units = :units, dayTaken = :dayTaken, dayUnits = :dayUnits, ${tableSchema.timeToLive} = :until`,
        ConditionExpression: before ? isUnchanged : isFirst,
        ExpressionAttributeNames: { "#window": "window", "#day": "day" },
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(begun).map(([name, value]) => [`:${name}`, value])),
          ":until": Math.floor(Date.now() / 1000) + keepSeconds,
          ...(before ? { ":seen": before.window, ":seenTaken": before.taken, ":seenDay": before.day } : {}),
        },
      }),
    ),
  );
  return isBegun ? totalsOf(begun) : undefined;
}
