import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { dayNumber } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import type { ItemSize } from "../table/budget.ts";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { getItem } from "../table/items.ts";
import { dimensionKey } from "../table/keys.ts";
import {
  changedList,
  emptyList,
  type ListChange,
  type ListRoom,
  type ValueList,
  type WantedValue,
  withValues,
} from "./value-list.ts";

/** Lists of values as they are stored: one item a dimension, made anew when the dimension is tracked anew. */

/** How many values of a tracked dimension have counters of their own; the rest count as `(other)`. */
export const valuesPerDimension = 200;

const noBytes = Number.POSITIVE_INFINITY;

const dimensionRoom: ListRoom = {
  ...{ named: valuesPerDimension, running: 50, claims: 150 },
  ...{ namedBytes: noBytes, claimBytes: noBytes },
};

/** At most so many intents are counted by name: they are cells of one item, and named in every answer. */
export const maxIntents = 30;

/** At most so many bytes of UTF-8 the names of these intents take together: each is in up to three cells of each day. */
export const maxIntentBytes = 600;

const intentRoom: ListRoom = {
  ...{ named: maxIntents, running: 10, claims: 30 },
  ...{ namedBytes: maxIntentBytes, claimBytes: maxIntentBytes / 3 },
};

/** The name of the list of intents: no dimension can have it. */
export const intents = "visitor-intent";

/** The name of the list of reasons of leaving, which has as much room as intents: no dimension can have it. */
export const leavingReasons = "leaving-reason";

/** The name of the list of touchpoints of interactions, which has as much room as intents: no dimension can have it. */
export const touchpoints = "interaction-touchpoint";

/** The lists of what is counted by name within one metric: no dimension has such a name. */
export const namedLists: readonly string[] = [intents, leavingReasons, touchpoints];

/** How much room a list has. */
export function roomOf(dimension: string): ListRoom {
  return namedLists.includes(dimension) ? intentRoom : dimensionRoom;
}

/** The number of the day that is running in a workspace. */
export function todayIn({ timeZone }: Workspace): number {
  return dayNumber(dayOf(Date.now(), timeZone));
}

const storedList = z.object({
  version: z.number(),
  named: z.array(z.string()),
  claims: z.array(z.tuple([z.string(), z.number()])),
  moved: z.array(z.tuple([z.string(), z.string()])),
});

interface KnownList {
  readonly list: ValueList;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly readAt: number;
}

const known = new Map<string, KnownList>();

/**
 * So long a process believes what it has read. What an administrator has changed meanwhile makes no difference to what is counted: a
 * value that was moved is read where it went.
 */
const rememberedMilliseconds = 60_000;

/** How often a list is changed again because somebody else has changed it meanwhile. */
const maxTries = 20;

/** Forgets what this process knows: for tests that make a new table in the same process. */
export function forgetDimensions(): void {
  known.clear();
}

/** The list of a dimension is another one after the dimension was untracked and is tracked again. */
function listKey({ id, trackedSince }: Workspace, dimension: string) {
  const since = Object.hasOwn(trackedSince, dimension) ? trackedSince[dimension] : undefined;
  return dimensionKey(id, since === undefined ? dimension : `${dimension}#${since}`);
}

/** Bytes of a list at most: 200 values and 150 claims of 100 characters, and where others were moved. */
const listSize: ItemSize = { name: "list", maxBytes: 200 * 1024 };

/** The values of a dimension, strongly consistent. @throws StoreError `over-budget` when the table's budget is spent */
export async function readValueList(
  table: Table,
  workspace: Workspace,
  dimension: string,
): Promise<ValueList> {
  const item = await getItem(table, listKey(workspace, dimension), listSize);
  if (!item) return emptyList;
  const { version, named, claims, moved } = storedList.parse(item);
  return { version, named: new Set(named), claims: new Map(claims), moved: new Map(moved) };
}

/**
 * The list of a dimension with those of the wanted values for which there is room: read and written at most once, and not at
 * all where this process knows the values.
 */
export async function listWith(
  table: Table,
  workspace: Workspace,
  dimension: string,
  wanted: readonly WantedValue[],
): Promise<ValueList> {
  const key = listKey(workspace, dimension);
  const place = `${table.name}\n${key.pk}\n${key.sk}`;
  const withWanted = (list: ValueList) => withValues(list, wanted, roomOf(dimension), todayIn(workspace));
  const remembered = known.get(place);
  const isFresh = remembered !== undefined && Date.now() - remembered.readAt < rememberedMilliseconds;
  if (remembered && isFresh && withWanted(remembered.list) === remembered.list) return remembered.list;
  for (let attempt = 0; ; attempt += 1) {
    const read = await readValueList(table, workspace, dimension);
    const list = withWanted(read);
    const isDone = list === read || attempt === maxTries;
    const saved = isDone ? read : await save(table, workspace, dimension, list);
    if (!saved) continue;
    known.set(place, { list: saved, readAt: Date.now() });
    return saved;
  }
}

/**
 * Changes a list as an administrator asks.
 * @returns the list as it is then; `undefined` where others were faster each time
 * @throws RangeError that says what has no room
 */
export async function changeValueList(
  table: Table,
  workspace: Workspace,
  dimension: string,
  change: ListChange,
): Promise<ValueList | undefined> {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const read = await readValueList(table, workspace, dimension);
    const saved = await save(table, workspace, dimension, changedList(read, change, roomOf(dimension)));
    if (saved) return saved;
  }
  return undefined;
}

/** Stores a list, unless somebody has changed it since it was read. */
async function save(
  table: Table,
  workspace: Workspace,
  dimension: string,
  list: ValueList,
): Promise<ValueList | undefined> {
  const version = list.version + 1;
  const isSaved = await isWritten(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: listKey(workspace, dimension),
        UpdateExpression: "SET #version = :next, named = :named, claims = :claims, moved = :moved",
        ConditionExpression: list.version === 0 ? "attribute_not_exists(pk)" : "#version = :seen",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: {
          ":next": version,
          ...(list.version === 0 ? {} : { ":seen": list.version }),
          ":named": [...list.named],
          ":claims": [...list.claims],
          ":moved": [...list.moved],
        },
      }),
    ),
  );
  return isSaved ? { ...list, version } : undefined;
}
