import type { Matter } from "../../domain/facts/matters.ts";
import type { Table } from "../table/client.ts";
import { entrySize, queryItems } from "../table/items.ts";
import { unnamedTextKey } from "../table/keys.ts";

/** Texts of facts that name no customer, by the ticket or the invitation that they are about. */

/** Lists the ids of the facts, strongly consistent, as they are asked for. */
export async function* listUnnamedTexts(
  table: Table,
  workspace: string,
  { kind, id }: Matter,
): AsyncGenerator<string> {
  const query = {
    KeyConditionExpression: "pk = :matter",
    ExpressionAttributeValues: { ":matter": unnamedTextKey(workspace, kind, id, "").pk },
    ConsistentRead: true,
    size: entrySize,
  };
  for await (const item of queryItems(table, query)) yield String(item["sk"]);
}
