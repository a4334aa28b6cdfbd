import { hash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { getItem, type Item, queryItems, queryPage } from "../table/items.ts";
import { tableSchema, unmappedKey } from "../table/keys.ts";

/** Deliveries of which something could not be mapped: kept for some days with the reasons, to be read again. */

/** Days for which they are kept. */
export const keptDays = 14;

/** Compressed bytes at most of a payload that is kept: an item has 400 KB. */
const maxKeptBytes = 300 * 1024;

/** Bytes at most of a payload when it is read again: those of a request, and of what was asked for beside it. */
const maxPayloadBytes = 4 * 1024 * 1024;

const storedDelivery = z.object({
  sk: z.string(),
  receivedAt: z.string(),
  event: z.string(),
  problems: z.array(z.string()),
  bytes: z.number(),
  headers: z.record(z.string(), z.string()),
  payload: z.instanceof(Uint8Array).optional(),
  expiresAt: z.number(),
});

/** A delivery as it was sent, with why not all of it was counted. */
export interface UnmappedDelivery {
  /** Names it among those of its source; sorts by when it came. */
  readonly id: string;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly event: string;
  readonly problems: readonly string[];
  /** Of the payload. */
  readonly bytes: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What was sent; absent where it was too large to be kept. */
  readonly payload?: Buffer | undefined;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** A new one, before it has a name. */
export interface NewUnmapped extends Pick<UnmappedDelivery, "event" | "problems" | "headers"> {
  readonly payload: Buffer;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

/** Keeps a delivery. */
export async function keepUnmapped(
  table: Table,
  workspace: string,
  source: string,
  { event, problems, headers, payload, receivedAt }: NewUnmapped,
): Promise<void> {
  const at = new Date(receivedAt).toISOString();
  const compressed = gzipSync(payload);
  const Item = {
    ...unmappedKey(
      workspace,
      source,
      `${at}_${hash("sha256", payload, "hex").slice(0, 16)}`.replaceAll(":", "-"),
    ),
    ...{ receivedAt: at, event, problems, headers, bytes: payload.length },
    ...(compressed.length <= maxKeptBytes ? { payload: compressed } : {}),
    [tableSchema.timeToLive]: Math.floor(receivedAt / 1000) + keptDays * 86_400,
  };
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
}

/** A page of those of a source, and where the next begins. */
export interface UnmappedPage {
  readonly deliveries: readonly UnmappedDelivery[];
  readonly next?: string | undefined;
}

/**
 * Lists those of a source.
 * @param after the id after which the page begins
 * @param now epoch milliseconds
 */
export async function listUnmapped(
  table: Table,
  workspace: string,
  source: string,
  {
    limit,
    after,
    isNewestFirst,
    now,
  }: {
    readonly limit: number;
    readonly after?: string | undefined;
    readonly isNewestFirst: boolean;
    readonly now: number;
  },
): Promise<UnmappedPage> {
  const { Items = [], LastEvaluatedKey } = await queryPage(table, {
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": unmappedKey(workspace, source, "").pk },
    ...(after === undefined ? {} : { ExclusiveStartKey: unmappedKey(workspace, source, after) }),
    ...{ Limit: limit, ScanIndexForward: !isNewestFirst, ConsistentRead: true },
  });
  // DynamoDB removes what has expired some days later.
  const deliveries = Items.map(fromItem).filter(({ expiresAt }) => expiresAt * 1000 > now);
  const next: unknown = LastEvaluatedKey?.["sk"];
  return { deliveries, ...(typeof next === "string" ? { next } : {}) };
}

/** One of a source, or `undefined`. */
export async function readUnmapped(
  table: Table,
  workspace: string,
  source: string,
  id: string,
  now: number,
): Promise<UnmappedDelivery | undefined> {
  const item = await getItem(table, unmappedKey(workspace, source, id));
  const delivery = item && fromItem(item);
  return delivery && delivery.expiresAt * 1000 > now ? delivery : undefined;
}

/**
 * All of a source, the oldest first, as they are asked for: also those that are to be removed and are still there.
 * @param after the id after which they begin
 */
export async function* eachUnmapped(
  table: Table,
  workspace: string,
  source: string,
  after: string | undefined,
): AsyncGenerator<UnmappedDelivery> {
  const query = {
    KeyConditionExpression: "pk = :pk AND sk > :after",
    ExpressionAttributeValues: { ":pk": unmappedKey(workspace, source, "").pk, ":after": after ?? " " },
    ConsistentRead: true,
  };
  for await (const item of queryItems(table, query)) yield fromItem(item);
}

function fromItem(item: Item): UnmappedDelivery {
  const { sk: id, payload, ...rest } = storedDelivery.parse(item);
  return {
    ...{ id, ...rest },
    ...(payload ? { payload: gunzipSync(payload, { maxOutputLength: maxPayloadBytes }) } : {}),
  };
}

/** Forgets one that is counted by now. */
export async function forgetUnmapped(
  table: Table,
  workspace: string,
  source: string,
  id: string,
): Promise<void> {
  const Key = unmappedKey(workspace, source, id);
  await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
}

/** Says other reasons of one that is still there. */
export async function keepReasons(
  table: Table,
  workspace: string,
  source: string,
  { id, payload, ...rest }: UnmappedDelivery,
): Promise<void> {
  const Item = {
    ...{ ...unmappedKey(workspace, source, id), ...rest },
    ...(payload ? { payload: gzipSync(payload) } : {}),
  };
  const isThere = "attribute_exists(pk)";
  await isWritten(
    table.client.send(new PutCommand({ TableName: table.name, Item, ConditionExpression: isThere })),
  );
}
