import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { beginning, lastDay, laterDay } from "../../domain/calendar/days.ts";
import { subscriptionSchema } from "../../domain/webhooks/subscription.ts";
import {
  defaultSettings,
  type Settings,
  settingsSchema,
  type Workspace,
} from "../../domain/workspace/settings.ts";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { queryItems } from "../table/items.ts";
import { type Key, timelineIndex, workspaceKey, workspaceTimelineKey } from "../table/keys.ts";
import { ReadAhead, readItems } from "../table/read-ahead.ts";
import type { Deadline } from "../table/retries.ts";
import { requireKnownSchema, schemaAttribute, schemaVersion } from "../table/schema-version.ts";
import { measuredCustomersSchema } from "./customer-effects.ts";
import { leastFactBytes } from "./fact-sizes.ts";
import { entitiesAffectedBy } from "./recounts.ts";
import { rememberedMilliseconds, untilForgotten } from "./remembering.ts";

/** Workspaces and their settings. */

/** Settings as they are read back: names were set when others were taken as well. */
const storedSettings = settingsSchema.extend({ name: z.string().nullable() });

const stored = z.object({
  id: z.string(),
  createdAt: z.string(),
  version: z.number(),
  settings: storedSettings.partial().extend({
    // Stored when earlier days were still taken: no fact is older than the beginning, so nothing changes.
    earliestDay: z
      .string()
      .transform((day) => laterDay(day, beginning))
      .optional(),
  }),
  trackedSince: z.record(z.string(), z.string()).default({}),
  ordersLinkedSince: z.string().optional(),
  orderSecret: z.string().optional(),
  recounts: z
    .record(
      z.string(),
      z.object({
        since: z.string(),
        version: z.int(),
        position: z.string().optional(),
        steppedAt: z.string().optional(),
      }),
    )
    .default({}),
  entityKinds: z
    .record(z.string(), z.literal(true))
    .transform((kinds) => Object.keys(kinds))
    .optional(),
  countedFrom: z.string().optional(),
  factBytes: z.int().optional(),
  reconciling: z.object({ id: z.string(), steppedAt: z.string() }).optional(),
  snapshotsFrom: z.string().optional(),
  snapshotsTo: z.string().optional(),
  snapshotsThrough: z.string().optional(),
  customers: measuredCustomersSchema.optional(),
  digestedThrough: z.string().optional(),
  predictionsAskedThrough: z.string().optional(),
  subscriptions: z.record(z.string(), subscriptionSchema).default({}),
});

/** The workspaces that this process read last, as they were stored. */
const parsed = new Map<string, { readonly item: unknown; readonly workspace: Workspace }>();
const maxParsed = 100;

/** A workspace is read with every request and seldom changes: comparing is cheaper than parsing. */
function fromItem(item: Readonly<Record<string, unknown>>): Workspace {
  requireKnownSchema(item);
  const id = String(item["id"]);
  const known = parsed.get(id);
  if (known && isDeepStrictEqual(known.item, item)) return known.workspace;
  const workspace = parse(item);
  if (parsed.size >= maxParsed) parsed.clear();
  parsed.set(id, { item, workspace });
  return workspace;
}

function parse(item: Readonly<Record<string, unknown>>): Workspace {
  const { settings, ...workspace } = stored.parse(item);
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return { ...defaultSettings, ...given, ...workspace };
}

/**
 * A workspace as it is now, or `undefined`.
 * @throws StoreError `other-schema` when this code does not know the form of its data
 */
export async function readWorkspace(table: Table, id: string): Promise<Workspace | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: workspaceKey(id), ConsistentRead: true }),
  );
  return Item ? fromItem(Item) : undefined;
}

/**
 * A workspace as it is now, with other items in the same request.
 * @throws StoreError `unavailable` when the table keeps throttling; `other-schema` when this code does not know the form of its data
 */
export async function readWorkspaceAnd(
  table: Table,
  id: string,
  keys: readonly Key[],
  deadline: Deadline,
): Promise<{ readonly workspace: Workspace | undefined; readonly ahead: ReadAhead }> {
  if (keys.length === 0) return { workspace: await readWorkspace(table, id), ahead: new ReadAhead() };
  const ahead = await readItems(table, [workspaceKey(id), ...keys], deadline);
  const [item] = ahead.all([workspaceKey(id)]) ?? [];
  return { workspace: item && fromItem(item), ahead };
}

interface Remembered {
  /** It may still be on its way: who comes meanwhile waits for it too. */
  readonly workspace: Promise<Workspace | undefined>;
  /** When the request came for which it was read: it was read later than that. */
  readonly since: number;
}

/** The workspaces that this process records for. */
const remembered = new Map<string, Remembered>();

/**
 * A workspace for recording facts, or `undefined`: as it was at most a moment before the request came (see `remembering.ts`).
 * @param arrivedAt when the request came by the gateway's clock, since the clock of a process that was suspended may stand still:
 *   milliseconds since 1970-01-01T00:00:00Z
 * @throws StoreError `other-schema` when this code does not know the form of its data
 */
export async function workspaceForRecording(
  table: Table,
  id: string,
  arrivedAt: number,
): Promise<Workspace | undefined> {
  const place = `${table.name}\n${id}`;
  const known = remembered.get(place);
  if (known && arrivedAt - known.since < rememberedMilliseconds()) return known.workspace;
  const read = { workspace: readWorkspace(table, id), since: arrivedAt };
  if (remembered.size >= maxParsed) remembered.clear();
  remembered.set(place, read);
  let isThere = false;
  try {
    const workspace = await read.workspace;
    isThere = workspace !== undefined;
    return workspace;
  } finally {
    if (!isThere && remembered.get(place) === read) remembered.delete(place);
  }
}

/**
 * Makes a workspace, unless there is one with this id.
 * @returns whether it was made
 */
export function createWorkspace(
  table: Table,
  id: string,
  settings: Partial<Settings> = {},
): Promise<boolean> {
  const createdAt = new Date().toISOString();
  return isWritten(
    table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          ...workspaceKey(id),
          ...workspaceTimelineKey(id),
          id,
          createdAt,
          ...(settings.linkOrders ? { ordersLinkedSince: createdAt, orderSecret: randomUUID() } : {}),
          version: 1,
          [schemaAttribute]: schemaVersion,
          settings: { ...defaultSettings, ...settings },
          recounts: {},
          entityKinds: {},
          countedFrom: lastDay,
          factBytes: leastFactBytes,
          subscriptions: {},
        },
        ConditionExpression: "attribute_not_exists(pk)",
      }),
    ),
  );
}

/**
 * Changes settings of a workspace, if nobody has changed them since `workspace` was read. Kinds of entities that are counted
 * in another way from then on owe a recount. Takes as long as those who record may remember the settings from before.
 * @returns the changed workspace, or `undefined` when somebody was faster
 */
export async function changeSettings(
  table: Table,
  workspace: Workspace,
  changes: Partial<Settings>,
): Promise<Workspace | undefined> {
  const settings = storedSettings.parse(
    Object.fromEntries(
      Object.keys(defaultSettings).map((name) => {
        const key = name as keyof Settings;
        return [key, changes[key] !== undefined ? changes[key] : workspace[key]];
      }),
    ),
  );
  const owed = entitiesAffectedBy(workspace, { ...workspace, ...settings }).map(({ name }) => name);
  const version = workspace.version + 1;
  const now = new Date().toISOString();
  const isLinkedAnew = settings.linkOrders && !workspace.linkOrders;
  const isUnchanged = "#version = :seen";
  try {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: workspaceKey(workspace.id),
        UpdateExpression:
          [
            "SET #settings = :settings, #version = :next, trackedSince = :trackedSince",
            ...owed.map((_, index) => `recounts.#owed${index} = :owed`),
            ...(isLinkedAnew
              ? ["ordersLinkedSince = :now", "orderSecret = if_not_exists(orderSecret, :secret)"]
              : []),
          ].join(", ") + (settings.linkOrders ? "" : " REMOVE ordersLinkedSince"),
        ConditionExpression: isUnchanged,
        ExpressionAttributeNames: {
          "#settings": "settings",
          "#version": "version",
          ...Object.fromEntries(owed.map((name, index) => [`#owed${index}`, name])),
        },
        ExpressionAttributeValues: {
          ":settings": settings,
          ":trackedSince": trackedSince(workspace, settings.trackedDimensions),
          ":seen": workspace.version,
          ":next": version,
          ...(owed.length > 0 ? { ":owed": { since: now, version } } : {}),
          ...(isLinkedAnew ? { ":now": now, ":secret": randomUUID() } : {}),
        },
        ReturnValues: "ALL_NEW",
      }),
    );
    await untilForgotten();
    return fromItem(Attributes ?? {});
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** Since when each dimension is tracked, for those that were not from the start or were not always. */
function trackedSince(workspace: Workspace, dimensions: readonly string[]): Record<string, string> {
  const now = new Date().toISOString();
  return Object.fromEntries(
    dimensions.flatMap((name) => {
      const since = workspace.trackedDimensions.includes(name) ? workspace.trackedSince[name] : now;
      return since === undefined ? [] : [[name, since]];
    }),
  );
}

/** The ids of all workspaces, page by page. */
export async function* eachWorkspace(table: Table): AsyncGenerator<string> {
  const workspaces = queryItems(table, {
    IndexName: timelineIndex,
    KeyConditionExpression: "gsi1pk = :workspaces",
    ExpressionAttributeValues: { ":workspaces": workspaceTimelineKey("").gsi1pk },
  });
  for await (const item of workspaces) yield String(item["gsi1sk"]);
}
