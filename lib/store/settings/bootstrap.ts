import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { defaultWorkspace } from "../../domain/workspace/settings.ts";
import { documentClient, type Table } from "../table/client.ts";
import { generateApiKey, storeApiKey } from "./api-keys.ts";
import { createWorkspace, readWorkspace } from "./workspaces.ts";

/** The first workspace and its admin key: how a new table, local or deployed, becomes usable. */

/** A workspace that is ready to be used. */
export interface ReadyWorkspace {
  readonly workspace: string;
  readonly apiKey: string;
  /** Whether the workspace was made just now. */
  readonly created: boolean;
}

/**
 * Makes a workspace where it is missing, and a key with the scope `admin` for it.
 * @param apiKey the key to use; a new one otherwise
 * @throws RangeError when `apiKey` is no key
 * @throws StoreError `other-schema` when this code does not know the form of the workspace's data
 */
export async function ensureWorkspace(
  table: Table,
  workspace: string,
  apiKey = generateApiKey(),
): Promise<ReadyWorkspace> {
  const created = await createWorkspace(table, workspace);
  // Nothing is written beside data that other code stored.
  if (!created) await readWorkspace(table, workspace);
  await storeApiKey(table, apiKey, { workspace, name: "admin", scopes: ["admin"] });
  return { workspace, apiKey, created };
}

/** Makes the workspace `default` in a local table, with an admin key. */
export async function ensureLocalWorkspace(options: {
  readonly endpoint: string;
  readonly region: string;
  readonly tableName: string;
  readonly apiKey?: string;
}): Promise<ReadyWorkspace> {
  const client = new DynamoDBClient({
    endpoint: options.endpoint,
    region: options.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    const table = { client: documentClient(client), name: options.tableName };
    return await ensureWorkspace(table, defaultWorkspace, options.apiKey);
  } finally {
    client.destroy();
  }
}
