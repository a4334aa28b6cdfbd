import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../domain/calendar/days.ts";
import { chunksOf } from "../table/chunks.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import type { Item } from "../table/items.ts";
import { packAttribute, packedCounters, unpackedCounters } from "./counter-item.ts";
import { pack } from "./packing.ts";

/**
 * Packing the counters of closed days. No sum changes by it: whoever reads an item adds what is packed and what is not, and a
 * late fact adds to an attribute as always, until the day is packed again.
 */

/** A counter item, as it was read, that would take less room if its counters were packed. */
export interface UnpackedItem {
  readonly day: Day;
  readonly item: Item;
}

/** From so many counters on packing is worth its write. */
const minUnpacked = 6;

/** How many attributes one update takes away: DynamoDB takes 300 operations. */
const maxRemoved = 200;

/** Whether packing an item is worth it. */
export function isUnpacked(item: Item): boolean {
  return unpackedCounters(item).length >= minUnpacked;
}

/** Packs the counters of items, each unless somebody has written or packed it since it was read. */
export async function packDays(table: Table, unpacked: readonly UnpackedItem[]): Promise<void> {
  const unique = new Map(unpacked.map(({ item }) => [`${item["pk"]}\n${item["sk"]}`, item] as const));
  await Promise.all([...unique.values()].map((item) => packItem(table, item)));
}

async function packItem(table: Table, item: Item): Promise<void> {
  const packed = packedCounters(item);
  let seen = item;
  for (const unpacked of chunksOf(unpackedCounters(item), maxRemoved)) {
    for (const [name, sum] of unpacked) packed.set(name, (packed.get(name) ?? 0n) + sum);
    const bytes = pack(packed);
    if (!(await replaceUnpacked(table, seen, unpacked, bytes))) return;
    seen = { ...seen, [packAttribute]: bytes };
  }
}

/** @returns whether it was done: not where somebody has written or packed the item in between */
async function replaceUnpacked(
  table: Table,
  { pk, sk, w, [packAttribute]: before }: Item,
  unpacked: readonly (readonly [name: string, sum: bigint])[],
  bytes: Uint8Array,
): Promise<boolean> {
  const names = Object.fromEntries(unpacked.map(([name], index) => [`#c${index}`, name]));
  const isUnwritten = "#w = :seen";
  // Packing counts as no write: another run may have packed more by now than this one knows of.
  const isPackedAsSeen = before === undefined ? "attribute_not_exists(#packed)" : "#packed = :before";
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: `REMOVE ${Object.keys(names).join(", ")} SET #packed = :packed`,
        ConditionExpression: `${isUnwritten} AND ${isPackedAsSeen}`,
        ExpressionAttributeNames: { ...names, "#packed": packAttribute, "#w": "w" },
        ExpressionAttributeValues: {
          ":packed": bytes,
          ":seen": w,
          ...(before === undefined ? {} : { ":before": before }),
        },
      }),
    );
    return true;
  } catch (error) {
    if (isWriteConflict(error)) return false;
    throw error;
  }
}
