import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../calendar/days.ts";
import type { Segments } from "../../entities/occurrences/base.ts";
import { otherIntents } from "../../entities/occurrences/surveys.ts";
import { reservedValues } from "../../facts/base.ts";
import { characteristicOf } from "../../facts/characteristics.ts";
import type { Fact } from "../../facts/parse.ts";
import type { Workspace } from "../../workspace/settings.ts";
import type { Table } from "../table/client.ts";
import { dimensionKey } from "../table/keys.ts";

/** Which values of a tracked dimension have counters of their own: at most so many, the rest count as `(other)`. */
export const valuesPerDimension = 200;

/** The value under which everything past the limit counts. */
export const otherValue = reservedValues.other;

/** Stands for having no value of a dimension, as a group and as a filter. */
export const noValue = reservedValues.none;

/** At most so many intents are counted by name: they are cells of one item, and named in every answer. */
export const maxIntents = 30;

/** At most so many bytes of UTF-8 the names of these intents take together: each is in up to three cells of each day. */
export const maxIntentBytes = 600;

/** Under what the known intents are kept: no dimension can have this name. */
const intents = "visitor-intent";

/** What a process knows of the values that have counters. */
interface KnownValues {
  readonly values: ReadonlySet<string>;
  /** When they were read, milliseconds since 1970-01-01T00:00:00Z. */
  readonly readAt: number;
}

const known = new Map<string, KnownValues>();

/** So long a process believes that there is no room for a value: the list would be read again for every fact. */
const fullMilliseconds = 60_000;

/** How often a list is read again because somebody else has added to it meanwhile. */
const maxClaims = 20;

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

/** A fact, and the day on which it counts. */
export interface DatedFact {
  readonly fact: Fact;
  readonly day: Day;
}

/** Under what a fact counts beside the total. */
export interface Grouping {
  readonly segments: Segments;
  /** See `EnrichedFact`. */
  readonly intent?: string;
}

/**
 * Under what facts count, in their order. Values that are new get counters of their own as long as there is room: each list is read
 * and written at most once for all facts of a request, however many values they bring.
 */
export async function groupingsOf(
  table: Table,
  workspace: Workspace,
  facts: readonly DatedFact[],
): Promise<Grouping[]> {
  const wanted = new Map<string, Set<string>>();
  const note = (dimension: string, value: string) => {
    const values = wanted.get(dimension) ?? new Set();
    wanted.set(dimension, values.add(value));
    return value;
  };
  const { timeZone } = workspace;
  const found = facts.map(({ fact, day }) => ({
    values: workspace.trackedDimensions.flatMap((name): [string, string][] => {
      const value = characteristicOf(fact, name, { day, timeZone });
      return value === undefined ? [] : [[name, note(name, value)]];
    }),
    intent:
      fact.type === "response" && fact.survey === "visitor-intent" ? note(intents, fact.choice) : undefined,
  }));
  const lists = [...wanted].map(async ([dimension, values]) => {
    return [dimension, await withCounters(table, workspace.id, dimension, values)] as const;
  });
  const counted = new Map(await Promise.all(lists));
  const hasCounters = (dimension: string, value: string) => counted.get(dimension)?.has(value) === true;
  return found.map(({ values, intent }) => ({
    segments: Object.fromEntries(
      values.map(([name, value]) => [name, hasCounters(name, value) ? value : otherValue]),
    ),
    ...(intent === undefined || hasCounters(intents, intent) ? {} : { intent: otherIntents }),
  }));
}

/** The values of a dimension that have counters, after those of the wanted ones have got some for which there is room. */
async function withCounters(
  table: Table,
  workspace: string,
  dimension: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const key = `${table.name}\n${workspace}\n${dimension}`;
  const newIn = ({ values }: KnownValues) => withRoom(dimension, values, wanted);
  let list = known.get(key);
  const isFresh = list !== undefined && Date.now() - list.readAt < fullMilliseconds;
  const isKnown = list !== undefined && isWithin(wanted, list.values);
  if (list && (isKnown || (isFresh && newIn(list).size === 0))) return list.values;
  for (let attempt = 0; ; attempt += 1) {
    list = { values: await readDimensionValues(table, workspace, dimension), readAt: Date.now() };
    const added = newIn(list);
    const isDone = added.size === 0 || attempt === maxClaims;
    if (isDone || (await claim(table, workspace, dimension, list.values, added))) {
      if (!isDone) list = { ...list, values: new Set([...list.values, ...added]) };
      known.set(key, list);
      return list.values;
    }
  }
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  for (const value of part) if (!whole.has(value)) return false;
  return true;
}

/** Those of the wanted values that are new and for which there is room, in their order. */
function withRoom(
  dimension: string,
  values: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): ReadonlySet<string> {
  const isIntent = dimension === intents;
  let places = (isIntent ? maxIntents : valuesPerDimension) - values.size;
  const bytesOf = (value: string) => (isIntent ? Buffer.byteLength(value) : 0);
  let bytes = maxIntentBytes - [...values].reduce((sum, value) => sum + bytesOf(value), 0);
  const fitting = new Set<string>();
  for (const value of wanted) {
    if (places <= 0) break;
    if (values.has(value) || bytesOf(value) > bytes) continue;
    fitting.add(value);
    places -= 1;
    bytes -= bytesOf(value);
  }
  return fitting;
}

/**
 * Gives values counters of their own.
 * @param seen the values that have some already
 * @returns whether it was done: not where the list has changed since it was read
 */
async function claim(
  table: Table,
  workspace: string,
  dimension: string,
  seen: ReadonlySet<string>,
  added: ReadonlySet<string>,
): Promise<boolean> {
  const isEmpty = "attribute_not_exists(vals)";
  const hasSameSize = "size(vals) = :seen";
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: dimensionKey(workspace, dimension),
        UpdateExpression: "ADD vals :added",
        ConditionExpression: seen.size === 0 ? isEmpty : hasSameSize,
        ExpressionAttributeValues: {
          ":added": added,
          ...(seen.size === 0 ? {} : { ":seen": seen.size }),
        },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
