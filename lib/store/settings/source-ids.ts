import type { Table } from "../table/client.ts";
import { entrySize, queryItems } from "../table/items.ts";
import { deletedSourceKey, type Key, sourceKey } from "../table/keys.ts";
import { idOf } from "./counted-items.ts";

/** The ids of all sources of which deliveries can be kept, in order: also of those that are deleted. */
export async function listSourcesEver(table: Table, workspace: string): Promise<string[]> {
  const keys = [sourceKey(workspace, ""), deletedSourceKey(workspace, "")];
  const found = await Promise.all(keys.map((key) => idsBelow(table, key)));
  return [...new Set(found.flat())].sort();
}

async function idsBelow(table: Table, { pk, sk }: Key): Promise<string[]> {
  const ids: string[] = [];
  const items = queryItems(table, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": pk, ":prefix": sk },
    // Options are long, and nobody asks for them.
    ProjectionExpression: "sk",
    ConsistentRead: true,
    size: entrySize,
  });
  for await (const item of items) ids.push(idOf(item));
  return ids;
}
