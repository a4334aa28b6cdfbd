import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { webhookStateKey } from "../table/keys.ts";

/** How the deliveries of a webhook fare: written when one fails, when one is taken after that, and while some are being made. */

/**
 * So many messages of one webhook are worked on at the same time, whatever runs there are: a receiver that is slow holds up its own
 * deliveries and no others.
 */
const placeCount = 3;

type Place = `place${number}`;

const places: readonly Place[] = Array.from({ length: placeCount }, (_, index) => `place${index}` as const);

const stored = z.object({
  /** How many failed since the last one that was taken. */
  failures: z.int().default(0),
  /** When the first of them failed: milliseconds since 1970-01-01T00:00:00Z, as the others. */
  failingSince: z.number().optional(),
  /** Until when nothing is sent. */
  restsUntil: z.number().optional(),
  /** Until when each place is taken at most. */
  ...Object.fromEntries(places.map((place) => [place, z.number().optional()])),
});

export type WebhookHealth = z.output<typeof stored> & Readonly<Partial<Record<Place, number>>>;

/** How a webhook fares, in good health where nobody noted anything else. */
export async function readHealth(table: Table, workspace: string, webhook: string): Promise<WebhookHealth> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: webhookStateKey(workspace, webhook), ConsistentRead: true }),
  );
  return stored.parse(Item ?? {});
}

/**
 * Notes failures.
 * @param restAfter for how many milliseconds nothing is to be sent, by how many failed in a row
 */
export async function noteFailures(
  table: Table,
  workspace: string,
  webhook: string,
  count: number,
  { now, restAfter }: { readonly now: number; readonly restAfter: (failures: number) => number },
): Promise<WebhookHealth> {
  const Key = webhookStateKey(workspace, webhook);
  const { Attributes } = await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key,
      UpdateExpression: "SET failingSince = if_not_exists(failingSince, :now) ADD failures :count",
      ExpressionAttributeValues: { ":now": now, ":count": count },
      ReturnValues: "ALL_NEW",
    }),
  );
  const health = stored.parse(Attributes ?? {});
  const rest = restAfter(health.failures);
  if (rest === 0) return health;
  const restsUntil = now + rest;
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key,
      UpdateExpression: "SET restsUntil = :until",
      ExpressionAttributeValues: { ":until": restsUntil },
    }),
  );
  return { ...health, restsUntil };
}

/** Notes that a delivery was taken after others had failed. */
export async function noteRecovery(table: Table, workspace: string, webhook: string): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: webhookStateKey(workspace, webhook),
      UpdateExpression: "SET failures = :none REMOVE failingSince, restsUntil",
      ExpressionAttributeValues: { ":none": 0 },
    }),
  );
}

/** A place that was taken. */
export interface TakenPlace {
  readonly place: Place;
  readonly until: number;
}

/**
 * Takes a place among those who make deliveries of a webhook at the same time.
 * @param health as it was read just now
 * @param until when it is free again, if nobody gives it back
 * @returns `undefined` where all are taken
 */
export async function takePlace(
  table: Table,
  { workspace, webhook }: { readonly workspace: string; readonly webhook: string },
  health: WebhookHealth,
  { now, until }: { readonly now: number; readonly until: number },
): Promise<TakenPlace | undefined> {
  for (const place of places) {
    if ((health[place] ?? 0) > now) continue;
    const isFree = "attribute_not_exists(#place) OR #place <= :now";
    const update = new UpdateCommand({
      TableName: table.name,
      Key: webhookStateKey(workspace, webhook),
      UpdateExpression: "SET #place = :until",
      ConditionExpression: isFree,
      ExpressionAttributeNames: { "#place": place },
      ExpressionAttributeValues: { ":now": now, ":until": until },
    });
    if (await isWritten(table.client.send(update))) return { place, until };
  }
  return undefined;
}

/** Gives a place back, unless somebody else has it since it was free. */
export async function leavePlace(
  table: Table,
  { workspace, webhook }: { readonly workspace: string; readonly webhook: string },
  { place, until }: TakenPlace,
): Promise<void> {
  const isOwn = "#place = :until";
  const update = new UpdateCommand({
    TableName: table.name,
    Key: webhookStateKey(workspace, webhook),
    UpdateExpression: "REMOVE #place",
    ConditionExpression: isOwn,
    ExpressionAttributeNames: { "#place": place },
    ExpressionAttributeValues: { ":until": until },
  });
  await isWritten(table.client.send(update));
}
