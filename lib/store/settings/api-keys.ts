import { createHash, randomBytes } from "node:crypto";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import {
  anything,
  completeRules,
  type SenderRules,
  storedRulesSchema,
} from "../../domain/facts/sender-rules.ts";
import type { Scope } from "../../domain/workspace/scope.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict, StoreError } from "../table/errors.ts";
import { queryItems } from "../table/items.ts";
import { apiKeyCountKey, apiKeyKey, apiKeyListingKey } from "../table/keys.ts";
import { readItems } from "../table/read-ahead.ts";
import type { Deadline } from "../table/retries.ts";

/** API keys: 32 random bytes with a prefix by which leaked ones are recognised, stored as their SHA-256 only. */

const prefix = "cxm_";

/** A key: one that is made here, or one that an operator chose (`API_KEY` of the local cloud). */
const keyPattern = /^[A-Za-z0-9_-]{16,128}$/;

/** How many characters of its hash name a key. */
const idLength = 12;

/** The id of a key. */
const idPattern = new RegExp(`^[0-9a-f]{${idLength}}$`);

/** At most so many keys a workspace. */
export const maxApiKeys = 90;

/** How stale `lastUsedAt` may be: one write an hour and key. */
const lastUseMilliseconds = 3_600_000;

/** How much a key may ask of the service; `null` for what the deployment allows. */
export const keyLimitsSchema = z.object({
  requestsPerSecond: z.number().nullable(),
  requestsPerDay: z.number().nullable(),
  /** Units of the table: read units, and five for each write unit. */
  unitsPerSecond: z.number().nullable(),
  unitsPerDay: z.number().nullable(),
});

export type KeyLimits = Readonly<z.output<typeof keyLimitsSchema>>;

/** The limits of a key that nobody has limited. */
export const deploymentLimits: KeyLimits = {
  ...{ requestsPerSecond: null, requestsPerDay: null },
  ...{ unitsPerSecond: null, unitsPerDay: null },
};

/** The limits of a public key that is made without others. */
export const publicLimits: KeyLimits = {
  ...{ requestsPerSecond: 50, requestsPerDay: 200_000 },
  ...{ unitsPerSecond: 2_500, unitsPerDay: 5_000_000 },
};

const keySchema = z.object({
  workspace: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(["ingest", "read", "admin"])),
  /** Web origins from which alone it may be used. */
  origins: z.array(z.string()).default([]),
  /** Whether strangers can read it. */
  public: z.boolean().default(false),
  rules: storedRulesSchema.default(anything),
  limits: keyLimitsSchema.default(deploymentLimits),
  createdAt: z.string(),
  /** RFC 3339; absent for a key that does not expire. */
  validUntil: z.string().optional(),
  /** RFC 3339, exact to an hour. */
  lastUsedAt: z.string().optional(),
});

const storedKey = keySchema.transform((key) => ({ ...key, rules: completeRules(key.rules, key.public) }));

export interface ApiKey extends z.output<typeof storedKey> {
  /** The start of its hash: names the key without giving it away. */
  readonly id: string;
}

/** The permissions of a new key. */
export interface ApiKeyGrant {
  readonly workspace: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly origins?: readonly string[];
  /** Whether strangers can read it, for example in a page's source. */
  readonly public?: boolean;
  readonly rules?: SenderRules;
  readonly limits?: KeyLimits;
  readonly validUntil?: string | undefined;
}

/** A new key: `cxm_` and 43 characters. */
export function generateApiKey(): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** Whether a text can be a key at all. */
export function isApiKey(text: string): boolean {
  return keyPattern.test(text);
}

/** The SHA-256 of a secret text, in hexadecimal: what is stored in its place. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/**
 * Stores a key of a workspace. Storing the same key again changes nothing.
 * @throws RangeError when the text is no key; StoreError `too-many-keys` when the workspace has `maxApiKeys`; what
 * `isWriteConflict` recognises when others are stored or revoked at the same moment
 */
export async function storeApiKey(table: Table, key: string, grant: ApiKeyGrant): Promise<ApiKey> {
  if (!isApiKey(key)) throw new RangeError("an API key has 16 to 128 letters, digits, - or _");
  const hash = hashOf(key);
  const id = hash.slice(0, idLength);
  const { workspace, name, scopes, origins = [], validUntil } = grant;
  const { public: isPublic = false, rules = anything, limits = deploymentLimits } = grant;
  const apiKey = {
    ...{ workspace, name, scopes: [...scopes], origins: [...origins] },
    ...{ public: isPublic, rules, limits, createdAt: new Date().toISOString() },
    ...(validUntil === undefined ? {} : { validUntil }),
  };
  const isNew = "attribute_not_exists(pk)";
  const put = (Item: Record<string, unknown>) => ({
    Put: { TableName: table.name, Item, ConditionExpression: isNew },
  });
  const listing = { ...apiKeyListingKey(workspace, id), hash };
  const puts = [put({ ...apiKeyKey(hash), ...apiKey }), put(listing)];
  try {
    await table.client.send(
      new TransactWriteCommand({ TransactItems: [...puts, counting(table, workspace, 1)] }),
    );
  } catch (error) {
    const failed = failedConditions(error);
    if (failed.length === 0) throw error;
    if (failed.every((index) => index === puts.length)) {
      throw new StoreError("too-many-keys", `the workspace has ${maxApiKeys} keys`, error);
    }
  }
  return { ...apiKey, id };
}

/** Counts a key of a workspace, within the same transaction: keys that are made at once would not see each other. */
function counting(table: Table, workspace: string, change: 1 | -1) {
  const isRoom = "attribute_not_exists(n) OR n < :most";
  return {
    Update: {
      TableName: table.name,
      Key: apiKeyCountKey(workspace),
      UpdateExpression: "ADD n :change",
      ...(change === 1 ? { ConditionExpression: isRoom } : {}),
      ExpressionAttributeValues: { ":change": change, ...(change === 1 ? { ":most": maxApiKeys } : {}) },
    },
  };
}

/** The key with this text, if it is stored and has not expired. Found by its hash: nothing is compared in parts. */
export async function findApiKey(table: Table, key: string, now: number): Promise<ApiKey | undefined> {
  return isApiKey(key) ? findApiKeyByHash(table, hashOf(key), now) : undefined;
}

/** The key with this SHA-256, if it is stored and has not expired. */
export async function findApiKeyByHash(table: Table, hash: string, now: number): Promise<ApiKey | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: apiKeyKey(hash), ConsistentRead: true }),
  );
  if (!Item) return undefined;
  const stored = storedKey.parse(Item);
  if (stored.validUntil !== undefined && Date.parse(stored.validUntil) <= now) return undefined;
  return { ...stored, id: hash.slice(0, idLength) };
}

/** Remembers that a key was used, unless that is known to the hour. */
export async function noteUse(table: Table, key: string, { lastUsedAt }: ApiKey, now: number): Promise<void> {
  if (lastUsedAt !== undefined && now - Date.parse(lastUsedAt) < lastUseMilliseconds) return;
  const isStillThere = "attribute_exists(pk)";
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: apiKeyKey(hashOf(key)),
        UpdateExpression: "SET lastUsedAt = :now",
        ConditionExpression: isStillThere,
        ExpressionAttributeValues: { ":now": new Date(now).toISOString() },
      }),
    );
  } catch (error) {
    // Revoked meanwhile, or just being revoked.
    if (!isWriteConflict(error)) throw error;
  }
}

/** Where a key stands in the list of a workspace's keys: two can be made at the same moment. */
export function placeOf({ createdAt, id }: ApiKey): string {
  return `${createdAt} ${id}`;
}

/**
 * All keys of a workspace, the oldest first; those that have expired included.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function listApiKeys(table: Table, workspace: string, deadline: Deadline): Promise<ApiKey[]> {
  const { pk, sk } = apiKeyListingKey(workspace, "");
  const listings = queryItems(table, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": pk, ":prefix": sk },
    ConsistentRead: true,
  });
  const hashes: string[] = [];
  for await (const item of listings) hashes.push(String(item["hash"]));
  const keys = hashes.map(apiKeyKey);
  const ahead = await readItems(table, keys, deadline);
  return hashes
    .flatMap((hash, index) => {
      const [item] = ahead.all(keys.slice(index, index + 1)) ?? [];
      return item ? [{ ...storedKey.parse(item), id: hash.slice(0, idLength) }] : [];
    })
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** The outcome of a revocation: `overtaken` when another one was faster, so that it has to be decided anew. */
export type Revocation = "revoked" | "missing" | "overtaken";

/**
 * Takes a key away. Requests with it are refused once the authorizer has forgotten it.
 * @param survivor the id of a key that has to be there still: two keys could be revoked with each other
 */
export async function revokeApiKey(
  table: Table,
  workspace: string,
  id: string,
  survivor: string,
): Promise<Revocation> {
  if (!idPattern.test(id)) return "missing";
  const listing = apiKeyListingKey(workspace, id);
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: listing, ConsistentRead: true }),
  );
  if (!Item) return "missing";
  const deletions = [listing, apiKeyKey(String(Item["hash"]))].map((key) => ({
    Delete: { TableName: table.name, Key: { ...key } },
  }));
  const survives = {
    ConditionCheck: {
      TableName: table.name,
      Key: apiKeyListingKey(workspace, survivor),
      ConditionExpression: "attribute_exists(pk)",
    },
  };
  try {
    await table.client.send(
      new TransactWriteCommand({ TransactItems: [...deletions, survives, counting(table, workspace, -1)] }),
    );
    return "revoked";
  } catch (error) {
    if (isWriteConflict(error)) return "overtaken";
    throw error;
  }
}

/** Which conditions of a transaction did not hold, by their place in it. */
function failedConditions(error: unknown): number[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).flatMap(({ Code }, index) =>
    Code === "ConditionalCheckFailed" ? [index] : [],
  );
}
