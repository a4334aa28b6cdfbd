import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "../table/client.ts";
import { getItems } from "../table/items.ts";
import { factKey } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";

/** The identity of a fact whose id is taken. */

const identitySchema = z.object({
  contentHash: z.string(),
  commit: z.string(),
  /** That an entity could not be counted to the end in the fact's own transaction. */
  inSteps: z.boolean().default(false),
});

/** Enough to tell a duplicate from a conflict, and whether something may still be left to count. */
export type FactIdentity = z.output<typeof identitySchema>;

/** The identity in an item that was in the way of a write; `undefined` where the engine did not answer it. */
export function identityOfConflictingItem(
  item: Readonly<Record<string, AttributeValue>> | undefined,
): FactIdentity | undefined {
  if (!item?.["contentHash"]) return undefined;
  const { contentHash, commit, inSteps } = item;
  return identitySchema.parse({ contentHash: contentHash.S, commit: commit?.S, inSteps: inSteps?.BOOL });
}

/** The identity of a stored fact; `undefined` where there is none with this id. */
export async function readIdentity(
  table: Table,
  workspace: string,
  id: string,
): Promise<FactIdentity | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: factKey(workspace, id), ConsistentRead: true }),
  );
  return Item && identitySchema.parse(Item);
}

/**
 * The identities of those facts that are stored, by id.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readIdentities(
  table: Table,
  workspace: string,
  ids: readonly string[],
  deadline: Deadline,
): Promise<Map<string, FactIdentity>> {
  const found = new Map<string, FactIdentity>();
  const keys = ids.map((id) => factKey(workspace, id));
  for await (const item of getItems(table, keys, deadline)) {
    found.set(String(item["id"]), identitySchema.parse(item));
  }
  return found;
}
