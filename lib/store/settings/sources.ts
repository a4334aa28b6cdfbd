import { randomBytes } from "node:crypto";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { addressPrefix, type SourceSecrets, type SourceSettings } from "../../domain/sources/definition.ts";
import type { Table } from "../table/client.ts";
import { deletedSourceKey, sourceAddressKey, sourceCountKey, sourceKey, tableSchema } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import { hashOf } from "./api-keys.ts";
import * as counted from "./counted-items.ts";
import { openSecret, sealingKeyOf, sealSecret } from "./sealed-secrets.ts";
import { keptDays } from "./unmapped-deliveries.ts";

/**
 * Sources of webhooks as they are stored. Providers cannot send a key, so the address of a source names it: 32 random bytes, of which the table has
 * the SHA-256. The secrets can be opened with the address alone.
 */

/** At most so many sources a workspace. */
export const maxSources = 50;

const storedSource = z.object({
  ...counted.itemHistory,
  provider: z.string(),
  isUnsigned: z.boolean(),
  // As text: names in it are an administrator's, and numbers go further than those of the table.
  options: z.string().transform((text): unknown => JSON.parse(text)),
  dimensions: z.record(z.string(), z.string()),
  addressHash: z.string(),
  sealingKey: z.string(),
  sealedSecrets: z.string().optional(),
  sealedToken: z.string().optional(),
});

/** A source, with secrets that nobody can read of it. */
export interface Source extends SourceSettings, counted.ItemHistory {
  readonly id: string;
  readonly addressHash: string;
  readonly sealingKey: string;
  readonly sealedSecrets?: string | undefined;
  readonly sealedToken?: string | undefined;
}

const sources: counted.CountedForm<Source> = {
  max: maxSources,
  key: sourceKey,
  countKey: sourceCountKey,
  counter: "sources",
  size: { name: "source", maxBytes: 64 * 1024 },
  toItem: ({ id: _, options, ...source }) => ({ ...source, options: JSON.stringify(options) }),
  fromItem: (item) => ({ ...storedSource.parse(item), id: counted.idOf(item) }),
  beside: (TableName, workspace, id, value) => {
    if (value !== undefined) return [];
    const Item = {
      ...deletedSourceKey(workspace, id),
      [tableSchema.timeToLive]: lastOfDeliveries(Date.now()),
    };
    return [{ Put: { TableName, Item } }];
  },
};

const addressPattern = new RegExp(`^${addressPrefix}[A-Za-z0-9_-]{43}$`);
const storedAddress = z.object({ workspace: z.string(), id: z.string() });

/** A source's settings and secrets as they are to be; secrets that are `undefined` stay as they are. */
export interface SourceChange {
  readonly settings: SourceSettings;
  readonly secrets: readonly string[] | undefined;
  readonly accessToken: string | undefined;
}

/** The outcome of setting a source. The address is there when it was made, and nobody can read it again. */
export type SetSource =
  | {
      readonly outcome: "created" | "replaced" | "unchanged";
      readonly source: Source;
      readonly address?: string;
    }
  | { readonly outcome: "full" | "other-provider" };

class OtherProvider extends Error {}

/**
 * Makes a source, or changes it.
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function setSource(
  table: Table,
  workspace: string,
  id: string,
  change: SourceChange,
  deadline: Deadline,
): Promise<SetSource> {
  const address = (await readSource(table, workspace, id))
    ? undefined
    : await newAddress(table, workspace, id);
  const plan = (before: Source | undefined): Source => {
    if (before && before.provider !== change.settings.provider) throw new OtherProvider();
    const named = before ?? addressed(address);
    const place = placeOf(workspace, id);
    const seal = (text: string) => sealSecret(named.sealingKey, place, text);
    const { secrets, accessToken } = change;
    return {
      ...{ addressHash: named.addressHash, sealingKey: named.sealingKey },
      ...{ sealedSecrets: before?.sealedSecrets, sealedToken: before?.sealedToken },
      ...(secrets === undefined ? {} : { sealedSecrets: seal(JSON.stringify(secrets)) }),
      ...(accessToken === undefined ? {} : { sealedToken: seal(accessToken) }),
      ...{ ...change.settings, id, ...counted.nextVersion(before) },
    };
  };
  const set = await counted
    .setCounted(table, workspace, sources, id, plan, deadline)
    .catch((error: unknown) => {
      if (error instanceof OtherProvider) return { outcome: "other-provider" } as const;
      throw error;
    });
  const isMade = set.outcome === "created";
  // Somebody else was faster, or there are too many.
  if (address !== undefined && !isMade) await forgetAddress(table, hashOf(address));
  if (set.outcome === "full" || set.outcome === "other-provider") return { outcome: set.outcome };
  return {
    ...{ outcome: set.outcome, source: set.value },
    ...(isMade && address !== undefined ? { address } : {}),
  };
}

async function forgetAddress(table: Table, addressHash: string): Promise<void> {
  const Key = sourceAddressKey(addressHash);
  await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
}

function addressed(address: string | undefined): Pick<Source, "addressHash" | "sealingKey"> {
  // Deleted a moment after it was read: whoever sends the same again makes it.
  if (address === undefined) throw new Error("the source was deleted meanwhile");
  return { addressHash: hashOf(address), sealingKey: sealingKeyOf(address) };
}

/** Stored before the source: an address without a source is nobody's, and a source without an address could not be reached. */
async function newAddress(table: Table, workspace: string, id: string): Promise<string> {
  const address = addressPrefix + randomBytes(32).toString("base64url");
  const Item = { ...sourceAddressKey(hashOf(address)), workspace, id };
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
  return address;
}

function placeOf(workspace: string, id: string): string {
  return `${workspace}/${id}`;
}

/** A source as it is now, or `undefined`. */
export function readSource(table: Table, workspace: string, id: string): Promise<Source | undefined> {
  return counted.readCounted(table, workspace, sources, id);
}

/** The sources of a workspace, by id. */
export function listSources(table: Table, workspace: string): Promise<Source[]> {
  return counted.listCounted(table, workspace, sources);
}

/** Deletes a source: from then on its address is nobody's. @returns whether there was one */
export async function deleteSource(
  table: Table,
  workspace: string,
  id: string,
  deadline: Deadline,
): Promise<boolean> {
  const source = await readSource(table, workspace, id);
  const isDeleted = await counted.deleteCounted(table, workspace, sources, id, deadline);
  if (source) await forgetAddress(table, source.addressHash);
  return isDeleted;
}

/** When nothing is kept any more of a source that is deleted now: a day after what came last. @returns epoch seconds */
function lastOfDeliveries(now: number): number {
  return Math.ceil(now / 1000) + (keptDays + 1) * 86_400;
}

/** A source that an address names, with what only the address opens. */
export interface FoundSource {
  readonly workspace: string;
  readonly source: Source;
  readonly secrets: SourceSecrets;
}

/** Whether a text can be an address at all. */
export function isSourceAddress(text: string): boolean {
  return addressPattern.test(text);
}

/** Whose address this is, or `undefined`. */
export async function ownerOfAddress(
  table: Table,
  address: string,
): Promise<{ readonly workspace: string; readonly id: string } | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: sourceAddressKey(hashOf(address)), ConsistentRead: true }),
  );
  return Item && storedAddress.parse(Item);
}

/** The source that an address of an owner names; `undefined` where it is another's by now, or nobody's. */
export async function openSource(
  table: Table,
  address: string,
  { workspace, id }: { readonly workspace: string; readonly id: string },
): Promise<FoundSource | undefined> {
  const source = await readSource(table, workspace, id);
  if (source?.addressHash !== hashOf(address)) return undefined;
  const open = (sealed: string) => openSecret(address, placeOf(workspace, id), sealed);
  const { sealedSecrets, sealedToken } = source;
  const secrets =
    sealedSecrets === undefined ? [] : z.array(z.string()).parse(JSON.parse(open(sealedSecrets)));
  const accessToken = sealedToken === undefined ? undefined : open(sealedToken);
  return { workspace, source, secrets: { secrets, accessToken } };
}
