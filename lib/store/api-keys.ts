import { createHash, randomBytes } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Scope } from "../routes.ts";
import type { Table } from "./client.ts";
import { apiKeyKey } from "./keys.ts";

/** API keys: 32 random bytes with a prefix by which leaked ones are recognised, stored as their SHA-256 only. */

const prefix = "cxm_";

/** What a key looks like. */
const keyPattern = /^[A-Za-z0-9_-]{16,128}$/;

const storedKey = z.object({
  workspace: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(["ingest", "read", "admin"])),
  createdAt: z.string(),
  /** RFC 3339; absent for a key that does not expire. */
  validUntil: z.string().optional(),
});

/** A key as it is stored. */
export interface ApiKey extends z.output<typeof storedKey> {
  /** The start of its hash: names the key without giving it away. */
  readonly id: string;
}

/** A new key: `cxm_` and 43 characters. */
export function generateApiKey(): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** Whether a text can be a key at all. */
export function isApiKey(text: string): boolean {
  return keyPattern.test(text);
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/**
 * Stores a key of a workspace. Storing the same key again changes nothing.
 * @throws RangeError when the text is no key
 */
export async function storeApiKey(
  table: Table,
  key: string,
  owner: { readonly workspace: string; readonly name: string; readonly scopes: readonly Scope[] },
): Promise<void> {
  if (!isApiKey(key)) throw new RangeError("an API key has 16 to 128 letters, digits, - or _");
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...apiKeyKey(hashOf(key)), ...owner, createdAt: new Date().toISOString() },
        ConditionExpression: "attribute_not_exists(pk)",
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/** The key with this text, if it is stored and has not expired. Found by its hash: nothing is compared in parts. */
export async function findApiKey(table: Table, key: string, now: number): Promise<ApiKey | undefined> {
  if (!isApiKey(key)) return undefined;
  const hash = hashOf(key);
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: apiKeyKey(hash), ConsistentRead: true }),
  );
  if (!Item) return undefined;
  const stored = storedKey.parse(Item);
  if (stored.validUntil !== undefined && Date.parse(stored.validUntil) <= now) return undefined;
  return { ...stored, id: hash.slice(0, 12) };
}
