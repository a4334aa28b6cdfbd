import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../calendar/days.ts";
import type { Segments } from "../../entities/occurrences/base.ts";
import { otherIntents } from "../../entities/occurrences/surveys.ts";
import { characteristicOf } from "../../facts/characteristics.ts";
import type { Fact } from "../../facts/parse.ts";
import type { Workspace } from "../../workspace/settings.ts";
import type { Table } from "../table/client.ts";
import { dimensionKey } from "../table/keys.ts";

/** Which values of a tracked dimension have counters of their own: at most so many, the rest count as `(other)`. */
export const valuesPerDimension = 200;

/** The value under which everything past the limit counts. */
export const otherValue = "(other)";

/** Stands for having no value of a dimension, as a group and as a filter. */
export const noValue = "(none)";

/** Values that are known to have counters. They are never taken away, so what is known stays true. */
const known = new Map<string, Set<string>>();

/** Forgets what this process knows: for tests that make a new table in the same process. */
export function forgetDimensions(): void {
  known.clear();
}

/** The values of a dimension that have counters, in no order. */
export async function readDimensionValues(
  table: Table,
  workspace: string,
  dimension: string,
): Promise<Set<string>> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: dimensionKey(workspace, dimension), ConsistentRead: true }),
  );
  const values: unknown = Item?.["vals"];
  return values instanceof Set ? new Set([...values].map(String)) : new Set();
}

/**
 * The segments in which a fact counts.
 * @param day the day on which it counts
 */
export async function segmentsOf(
  table: Table,
  workspace: Workspace,
  fact: Fact,
  day: Day,
): Promise<Segments> {
  const segments: Record<string, string> = {};
  for (const name of workspace.trackedDimensions) {
    const value = characteristicOf(fact, name, { day, timeZone: workspace.timeZone });
    if (value === undefined) continue;
    segments[name] = (await hasCounters(table, workspace.id, name, value)) ? value : otherValue;
  }
  return segments;
}

/** At most so many intents are counted by name: they are cells of one item, and named in every answer. */
export const maxIntents = 30;

/** Under what the known intents are kept: no dimension can have this name. */
const intents = "visitor-intent";

/**
 * The intent under which a response to `visitor-intent` counts, where it is not its choice.
 * @returns `undefined` for a choice that counts by its own name, and for every other fact
 */
export async function intentOf(table: Table, workspace: string, fact: Fact): Promise<string | undefined> {
  if (fact.type !== "response" || fact.survey !== "visitor-intent") return undefined;
  const hasName = await hasCounters(table, workspace, intents, fact.choice, maxIntents);
  return hasName ? undefined : otherIntents;
}

async function hasCounters(
  table: Table,
  workspace: string,
  dimension: string,
  value: string,
  most = valuesPerDimension,
): Promise<boolean> {
  const key = `${table.name}\n${workspace}\n${dimension}`;
  let values = known.get(key);
  if (values?.has(value)) return true;
  values = await readDimensionValues(table, workspace, dimension);
  known.set(key, values);
  if (values.has(value)) return true;
  if (values.size >= most) return false;
  if (!(await claim(table, workspace, dimension, value, most))) return false;
  values.add(value);
  return true;
}

/** Gives a value counters of its own, if there is room. */
async function claim(
  table: Table,
  workspace: string,
  dimension: string,
  value: string,
  most: number,
): Promise<boolean> {
  const isNew = "attribute_not_exists(vals)";
  const hasRoom = "size(vals) < :limit";
  const isKnown = "contains(vals, :value)";
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: dimensionKey(workspace, dimension),
        UpdateExpression: "ADD vals :values",
        ConditionExpression: `${isNew} OR ${hasRoom} OR ${isKnown}`,
        ExpressionAttributeValues: {
          ":values": new Set([value]),
          ":value": value,
          ":limit": most,
        },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
