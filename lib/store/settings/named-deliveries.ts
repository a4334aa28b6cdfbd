import { hash } from "node:crypto";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { namesPerson, namingOf } from "../../domain/sources/naming.ts";
import type { Table } from "../table/client.ts";
import { StoreError } from "../table/errors.ts";
import { getItem } from "../table/items.ts";
import { deliverySearchKey, tableSchema } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import { listSourcesEver } from "./source-ids.ts";
import { eachUnmapped, forgetUnmapped, type UnmappedDelivery } from "./unmapped-deliveries.ts";

/** Kept deliveries that name a person who is erased. */

/** How far a search came: in each source where it has been, the last delivery that it looked at. */
const storedSearch = z.object({ looked: z.array(z.object({ source: z.string(), last: z.string() })) });

/** Milliseconds that are left for saying how far a search came. */
const reserve = 1_500;

/** For how long a search that nobody repeats is remembered, in seconds. */
const rememberedSeconds = 86_400;

/**
 * Removes all deliveries that name a person, whole: what else they hold could not be mapped either. A search that finds no time to end
 * notes how far it came in each source, and goes on there when it is made again: also with what has come to the first ones meanwhile.
 * @returns how many it removed
 * @throws StoreError `unavailable` when there was not enough time
 */
export async function forgetDeliveriesNaming(
  table: Table,
  workspace: string,
  customerId: string,
  deadline: Deadline,
): Promise<number> {
  // Not the id itself: a search that nobody repeats is not to name the person.
  const Key = deliverySearchKey(workspace, hash("sha256", `${workspace}/${customerId}`, "hex"));
  const names = namingOf(customerId);
  const noted = await getItem(table, Key);
  // An older version noted it in another form: then all is searched again.
  const { looked = [] } = storedSearch.safeParse(noted).data ?? {};
  const lastOf = new Map(looked.map(({ source, last }) => [source, last]));
  let removed = 0;
  for (const source of await listSourcesEver(table, workspace)) {
    for await (const delivery of eachUnmapped(table, workspace, source, lastOf.get(source))) {
      if (deadline.remaining() < reserve) throw await interrupted(table, Key, lastOf);
      if (isAbout(delivery, names)) {
        await forgetUnmapped(table, workspace, source, delivery.id);
        removed += 1;
      }
      lastOf.set(source, delivery.id);
    }
  }
  if (noted) await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
  return removed;
}

async function interrupted(
  table: Table,
  Key: object,
  lastOf: ReadonlyMap<string, string>,
): Promise<StoreError> {
  const expiresAt = Math.ceil(Date.now() / 1000) + rememberedSeconds;
  const looked = [...lastOf].map(([source, last]) => ({ source, last }));
  const Item = { ...Key, looked, [tableSchema.timeToLive]: expiresAt };
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
  return new StoreError("unavailable", "there was not enough time to search all kept deliveries");
}

function isAbout(delivery: UnmappedDelivery, names: (text: string) => boolean): boolean {
  const { event, problems, headers, payload } = delivery;
  return (
    [event, ...problems, ...Object.values(headers)].some(names) ||
    (payload !== undefined && namesPerson(payload, names))
  );
}
