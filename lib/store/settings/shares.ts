import { randomBytes } from "node:crypto";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type ShareDefinition, shareSchema } from "../../domain/workspace/share.ts";
import type { Table } from "../table/client.ts";
import { shareCountKey, shareKey, shareTokenKey, tableSchema } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import { hashOf } from "./api-keys.ts";
import {
  type CountedForm,
  deleteCounted,
  idOf,
  listCounted,
  readCounted,
  setCounted,
} from "./counted-items.ts";

/** Shared links as they are stored: by the SHA-256 of a token of 32 random bytes, which only its link has. */

/** At most so many a workspace, those that are over included until they are revoked. */
export const maxShares = 50;

const secondsPerDay = 86_400;

const storedShare = z.object({
  version: z.int(),
  definition: shareSchema,
  createdAt: z.string(),
  /** Epoch seconds. */
  validUntil: z.number(),
});

/** A shared link. */
export interface Share extends z.output<typeof storedShare> {
  readonly id: string;
}

/** Names a share: what a session of it keeps. */
export interface ShareReference {
  readonly workspace: string;
  readonly id: string;
}

const shares: CountedForm<Share> = {
  max: maxShares,
  key: shareKey,
  countKey: shareCountKey,
  counter: "shares",
  size: { name: "share", maxBytes: 2 * 1024, isAlike: true },
  toItem: ({ id: _, ...share }) => share,
  fromItem: (item) => ({ ...storedShare.parse(item), id: idOf(item) }),
};

const tokenPattern = /^[A-Za-z0-9_-]{43}$/;
const storedToken = z.object({ workspace: z.string(), id: z.string() });

/**
 * Makes a link.
 * @param now epoch milliseconds
 * @returns `full` when the workspace has as many as it can have; else the share with its token, which nobody can read again
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function makeShare(
  table: Table,
  workspace: string,
  definition: ShareDefinition,
  now: number,
  deadline: Deadline,
): Promise<{ readonly share: Share; readonly token: string } | "full"> {
  const token = randomBytes(32).toString("base64url");
  const id = randomBytes(9).toString("hex");
  const validUntil = Math.floor(now / 1000) + definition.days * secondsPerDay;
  const share = { id, definition, validUntil, version: 1, createdAt: new Date(now).toISOString() };
  const set = await setCounted(table, workspace, shares, id, () => share, deadline);
  if (set.outcome === "full") return "full";
  const item = { workspace, id, [tableSchema.timeToLive]: validUntil };
  await table.client.send(
    new PutCommand({ TableName: table.name, Item: { ...shareTokenKey(hashOf(token)), ...item } }),
  );
  return { share, token };
}

/** The shares of a workspace, by id: those that are over too. */
export function listShares(table: Table, workspace: string): Promise<Share[]> {
  return listCounted(table, workspace, shares);
}

/** Revokes a link at once, also for who has opened it. @returns whether there was one */
export function revokeShare(
  table: Table,
  workspace: string,
  id: string,
  deadline: Deadline,
): Promise<boolean> {
  return deleteCounted(table, workspace, shares, id, deadline);
}

/**
 * A share that is still good.
 * @param now epoch milliseconds
 */
export async function findShare(
  table: Table,
  { workspace, id }: ShareReference,
  now: number,
): Promise<Share | undefined> {
  const share = await readCounted(table, workspace, shares, id);
  return share && share.validUntil * 1000 > now ? share : undefined;
}

/** The share of a token, good or over; undefined for a token that there is not. */
export async function shareOfToken(table: Table, token: string): Promise<ShareReference | undefined> {
  if (!tokenPattern.test(token)) return undefined;
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: shareTokenKey(hashOf(token)), ConsistentRead: true }),
  );
  return Item && storedToken.parse(Item);
}
