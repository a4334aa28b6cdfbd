import { randomBytes } from "node:crypto";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "../table/client.ts";
import { sessionKey, tableSchema } from "../table/keys.ts";
import { type ApiKey, findApiKey, findApiKeyByHash, hashOf } from "./api-keys.ts";
import { findShare, type Share, type ShareReference } from "./shares.ts";

/**
 * Sessions of browsers: whoever has signed in with a key goes on with a token of 32 random bytes. Of token and key only the
 * SHA-256 is stored. A session ends when its time is up, when it is signed out, and with its key.
 */

/** Seconds that a session lasts: a working day. */
export const sessionSeconds = 12 * 3_600;

const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

const storedSession = z.union([
  z.object({ keyHash: z.string(), validUntil: z.number() }),
  z.object({ share: z.object({ workspace: z.string(), id: z.string() }), validUntil: z.number() }),
]);

/** A session that has just begun. */
export interface NewSession {
  /** The token that the browser keeps: 43 characters. */
  readonly token: string;
  readonly key: ApiKey;
}

/**
 * Begins a session of a key.
 * @param now epoch milliseconds
 * @param accepts whether a key may have sessions
 * @returns `unknown` where no such key is stored, or it has expired
 */
export async function beginSession(
  table: Table,
  keyText: string,
  now: number,
  accepts: (key: ApiKey) => boolean,
): Promise<NewSession | "unknown" | "refused"> {
  const key = await findApiKey(table, keyText, now);
  if (!key) return "unknown";
  if (!accepts(key)) return "refused";
  return { token: await storeSession(table, { keyHash: hashOf(keyText) }, now), key };
}

/** Begins a session of a shared link, which sees that page alone. @returns its token */
export function beginSharedSession(table: Table, share: ShareReference, now: number): Promise<string> {
  return storeSession(table, { share }, now);
}

async function storeSession(table: Table, of: object, now: number): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const validUntil = Math.floor(now / 1000) + sessionSeconds;
  const item = { ...sessionKey(hashOf(token)), ...of, validUntil, [tableSchema.timeToLive]: validUntil };
  await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
  return token;
}

/** The holder of a session: somebody who signed in with a key, or opened a shared link. */
export type SessionHolder = { readonly key: ApiKey } | { readonly workspace: string; readonly share: Share };

/**
 * The holder of a session.
 * @param now epoch milliseconds
 * @returns undefined where the session, its key or its shared link has ended
 */
export async function findSession(
  table: Table,
  token: string,
  now: number,
): Promise<SessionHolder | undefined> {
  if (!tokenPattern.test(token)) return undefined;
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: sessionKey(hashOf(token)), ConsistentRead: true }),
  );
  if (!Item) return undefined;
  const session = storedSession.parse(Item);
  // DynamoDB removes what has expired some days later.
  if (session.validUntil * 1000 <= now) return undefined;
  if ("share" in session) {
    const share = await findShare(table, session.share, now);
    return share && { workspace: session.share.workspace, share };
  }
  const key = await findApiKeyByHash(table, session.keyHash, now);
  return key && { key };
}

/** Ends a session; one that is not there is no error. */
export async function endSession(table: Table, token: string): Promise<void> {
  if (!tokenPattern.test(token)) return;
  await table.client.send(new DeleteCommand({ TableName: table.name, Key: sessionKey(hashOf(token)) }));
}
