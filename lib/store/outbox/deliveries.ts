import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { eventTypes, type Telling, testType } from "../../domain/webhooks/announcement.ts";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { getItems, type Item } from "../table/items.ts";
import {
  deliveryKey,
  deliveryPartition,
  deliveryTimelineKey,
  tableSchema,
  timelineSpread,
} from "../table/keys.ts";
import { queryMerged } from "../table/merged-queries.ts";
import type { Deadline } from "../table/retries.ts";
import { type EntryReference, keptDays } from "./outbox.ts";

/** Entries of the outbox as deliveries: read, listed, and what became of each. */

/** `pending` waits for its first or its next try. `dropped` was not sent, as there was nothing left to tell or nobody to tell it. */
export const deliveryStates = ["pending", "delivered", "failed", "dropped"] as const;

export type DeliveryState = (typeof deliveryStates)[number];

/** How a try went. */
const tryOutcome = z.object({
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  at: z.number(),
  milliseconds: z.number(),
  /** The HTTP status of the answer. */
  status: z.int().optional(),
  /** Why there was no answer, or it was not taken as one. */
  error: z.string().optional(),
  /** The first characters of the answer. */
  answer: z.string().optional(),
});

export type TryOutcome = z.output<typeof tryOutcome>;

const storedDelivery = z.object({
  type: z.enum([...eventTypes, testType]),
  at: z.number(),
  fact: z.string().optional(),
  data: z.string().optional(),
  byHand: z.boolean().default(false),
  state: z.enum(deliveryStates),
  tries: z.int(),
  createdAt: z.number(),
  /** When it was asked for again, by hand: the three days of tries begin anew. */
  renewedAt: z.number().optional(),
  nextTryAt: z.number().optional(),
  last: tryOutcome.optional(),
  /** Why it was dropped. */
  because: z.string().optional(),
  /** Until when somebody has it who tells, and nobody else does. */
  takenUntil: z.number().optional(),
});

/** A delivery. */
export interface Delivery extends z.output<typeof storedDelivery>, EntryReference {}

const announced = z.object({
  data: z.record(z.string(), z.unknown()),
  telling: z
    .object({ title: z.string(), lines: z.array(z.string()), link: z.string().optional() })
    .optional(),
});

/** What was announced beside a fact. */
export function announcedIn({ data }: Delivery): {
  data: Record<string, unknown>;
  telling?: Telling | undefined;
} {
  return data === undefined ? { data: {} } : announced.parse(JSON.parse(data));
}

function deliveryOf(item: Item, of: Omit<EntryReference, "id">): Delivery {
  return {
    ...storedDelivery.parse(item),
    workspace: of.workspace,
    webhook: of.webhook,
    id: String(item["sk"]),
  };
}

/**
 * Deliveries of one webhook by their ids; those that are not there any more are left out.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readDeliveries(
  table: Table,
  of: Omit<EntryReference, "id">,
  ids: readonly string[],
  deadline: Deadline,
): Promise<Delivery[]> {
  const keys = [...new Set(ids)].map((id) => deliveryKey({ ...of, id }));
  const found: Delivery[] = [];
  for await (const item of getItems(table, keys, deadline)) found.push(deliveryOf(item, of));
  return found;
}

/**
 * The deliveries of a webhook, the newest first.
 * @param before only those made before the one with this id
 */
export async function* listDeliveries(
  table: Table,
  of: Omit<EntryReference, "id">,
  { expected, before }: { readonly expected: number; readonly before?: string | undefined },
): AsyncGenerator<Delivery> {
  const queries = timelineSpread.map((part) => ({
    KeyConditionExpression: "pk = :pk AND sk < :before",
    ExpressionAttributeValues: {
      ":pk": deliveryPartition(of.workspace, of.webhook, part),
      // Every id sorts before ~.
      ":before": before ?? "~",
    },
    ScanIndexForward: false,
  }));
  const merging = { sort: "sk", newestFirst: true, expected, fewest: 1 };
  for await (const item of queryMerged(table, queries, merging)) yield deliveryOf(item, of);
}

/** What becomes of a delivery that waits. */
export type Fate =
  | { readonly state: "delivered" | "failed"; readonly last: TryOutcome }
  | { readonly state: "dropped"; readonly because: string }
  /** To be tried again. @param sweptAt when the sweep hands it over, if nobody else does */
  | {
      readonly state: "pending";
      readonly last?: TryOutcome;
      readonly nextTryAt: number;
      readonly sweptAt: number;
    };

/** Notes what became of a delivery, unless that is known already. */
export async function noteFate(table: Table, reference: EntryReference, fate: Fate): Promise<void> {
  const last = "last" in fate ? fate.last : undefined;
  const isPending = fate.state === "pending";
  const values: Record<string, unknown> = {
    ":state": fate.state,
    ":waits": "pending",
    ...(last ? { ":last": withoutUndefined(last), ":one": 1 } : {}),
    ...(fate.state === "dropped" ? { ":because": fate.because } : {}),
    ...(isPending
      ? { ":next": fate.nextTryAt, ":due": deliveryTimelineKey(reference, fate.sweptAt).gsi1sk }
      : {}),
  };
  const sets = [
    "#state = :state",
    ...(last ? ["#last = :last"] : []),
    ...(fate.state === "dropped" ? ["because = :because"] : []),
    ...(isPending ? ["nextTryAt = :next", "gsi1sk = :due"] : []),
  ];
  const expression = [
    `SET ${sets.join(", ")}`,
    isPending ? "REMOVE takenUntil" : "REMOVE gsi1pk, gsi1sk, nextTryAt, takenUntil",
    ...(last ? ["ADD tries :one"] : []),
  ];
  const waits = "#state = :waits";
  const update = new UpdateCommand({
    TableName: table.name,
    Key: deliveryKey(reference),
    UpdateExpression: expression.join(" "),
    ConditionExpression: waits,
    ExpressionAttributeNames: { "#state": "state", ...(last ? { "#last": "last" } : {}) },
    ExpressionAttributeValues: values,
  });
  await isWritten(table.client.send(update));
}

/**
 * Takes a delivery for the one run that makes it, unless it is made, or another run has it.
 * @param until when another run may take it, if what became of it is not noted by then; the sweep hands it over from then on
 * @returns whether it is taken
 */
export function takeDelivery(
  table: Table,
  reference: EntryReference,
  { now, until }: { readonly now: number; readonly until: number },
): Promise<boolean> {
  const isFree = "#state = :waits AND (attribute_not_exists(takenUntil) OR takenUntil <= :now)";
  const update = new UpdateCommand({
    TableName: table.name,
    Key: deliveryKey(reference),
    UpdateExpression: "SET takenUntil = :until, gsi1sk = :due",
    ConditionExpression: isFree,
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: {
      ...{ ":waits": "pending", ":now": now, ":until": until },
      ":due": deliveryTimelineKey(reference, until).gsi1sk,
    },
  });
  return isWritten(table.client.send(update));
}

/**
 * Lets a delivery wait again, whatever became of it, with the same id.
 * @returns whether there is one
 */
export function renewDelivery(
  table: Table,
  reference: EntryReference,
  now: number,
  sweptAt: number,
): Promise<boolean> {
  const isThere = "attribute_exists(pk)";
  const { gsi1pk, gsi1sk } = deliveryTimelineKey(reference, sweptAt);
  const update = new UpdateCommand({
    TableName: table.name,
    Key: deliveryKey(reference),
    UpdateExpression:
      "SET #state = :waits, renewedAt = :now, byHand = :yes, gsi1pk = :pk, gsi1sk = :sk, #end = :end REMOVE because",
    ConditionExpression: isThere,
    ExpressionAttributeNames: { "#state": "state", "#end": tableSchema.timeToLive },
    ExpressionAttributeValues: {
      ...{ ":waits": "pending", ":now": now, ":yes": true, ":pk": gsi1pk, ":sk": gsi1sk },
      ":end": Math.floor(now / 1000) + keptDays * 86_400,
    },
  });
  return isWritten(table.client.send(update));
}

function withoutUndefined(outcome: TryOutcome): object {
  return Object.fromEntries(Object.entries(outcome).filter(([, value]) => value !== undefined));
}
