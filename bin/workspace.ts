#!/usr/bin/env node
import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type Workspace, workspaceIdSchema, workspaceNameSchema } from "../lib/domain/workspace/settings.ts";
import { listApiKeys } from "../lib/store/settings/api-keys.ts";
import { ensureWorkspace } from "../lib/store/settings/bootstrap.ts";
import { changeSettings, eachWorkspace, readWorkspace } from "../lib/store/settings/workspaces.ts";
import { documentClient, type Table } from "../lib/store/table/client.ts";
import { deadlineIn } from "../lib/store/table/retries.ts";
import { exitCode, UsageError } from "../lib/tools/import/problems.ts";

/** Makes, lists and names workspaces, and lists their keys, in a deployed or a local table. */

const usage = `Usage: npm run workspace -- create NAME --table TABLE [--region REGION] [--endpoint URL]
       npm run workspace -- list        --table TABLE …
       npm run workspace -- keys NAME   --table TABLE …
       npm run workspace -- rename NAME "TITLE" --table TABLE …

create makes the workspace NAME where it is missing, and a new key with the scope admin for it.
The key is shown once: only its hash is stored.
list prints the names of all workspaces with their titles, keys the keys of one: id, scopes, last use, name.
rename gives a workspace the TITLE that people see of it in pages and reports, instead of NAME; an empty one takes it away. NAME itself
stands in every key of the table and never changes.

  --table TABLE      the table: the stack's output TableName
  --region REGION    the AWS region (default: the SDK's own settings)
  --endpoint URL     a local DynamoDB engine instead of AWS
`;

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const [command, name, ...others] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const commands = "create NAME, list, keys NAME, rename NAME TITLE";
  if (command === undefined) throw new UsageError(`what is to be done? ${commands}`);
  if (!["create", "list", "keys", "rename"].includes(command)) {
    throw new UsageError(`cannot do ${command}: the commands are ${commands}`);
  }
  if (command === "list" && name !== undefined) throw new UsageError("list takes no NAME: it lists all");
  if (command !== "list" && name === undefined) throw new UsageError(`${command} which NAME?`);
  const [title, ...rest] = command === "rename" ? others : [undefined, ...others];
  if (command === "rename" && title === undefined) throw new UsageError(`rename ${name} to which TITLE?`);
  if (rest.length > 0) {
    const hint = command === "rename" ? " (a TITLE of several words stands in quotes)" : "";
    throw new UsageError(`${command} one NAME at a time, not also ${rest.join(", ")}${hint}`);
  }
  if (!values.table) throw new UsageError("in which table? --table TABLE");
  const table = { client: documentClient(clientOf(values)), name: values.table };
  if (command === "list") return list(table);
  const id = workspaceIdSchema.safeParse(name);
  if (!id.success) {
    process.stderr.write(`The name ${id.error.issues[0]?.message ?? "is invalid"}.\n`);
    return 2;
  }
  if (command === "keys") return listKeys(table, id.data);
  if (title !== undefined) return rename(table, id.data, title);
  const { created, apiKey } = await ensureWorkspace(table, id.data);
  process.stdout.write(
    `workspace ${id.data} (${created ? "made now" : "was there already"})\nadmin key ${apiKey}\n`,
  );
  return 0;
}

function clientOf({
  region,
  endpoint,
}: {
  readonly region?: string;
  readonly endpoint?: string;
}): DynamoDBClient {
  return new DynamoDBClient({
    ...(region ? { region } : {}),
    ...(endpoint
      ? {
          endpoint,
          region: region ?? "local",
          credentials: { accessKeyId: "local", secretAccessKey: "local" },
        }
      : {}),
  });
}

async function list(table: Table): Promise<number> {
  for await (const id of eachWorkspace(table)) {
    const title = (await readWorkspace(table, id))?.name ?? null;
    process.stdout.write(title === null ? `${id}\n` : `${id}  ${title}\n`);
  }
  return 0;
}

async function rename(table: Table, id: string, title: string): Promise<number> {
  const name = title.trim() === "" ? null : workspaceNameSchema.safeParse(title);
  if (name !== null && !name.success) {
    throw new UsageError(`the title ${name.error.issues[0]?.message ?? "is invalid"}`);
  }
  const workspace = await requireWorkspace(table, id);
  const to = name === null ? null : name.data;
  if (!(await changeSettings(table, workspace, { name: to }))) {
    throw new Error("somebody else changed the settings at the same moment: do it again");
  }
  process.stdout.write(
    to === null ? `workspace ${id} has no title any more\n` : `workspace ${id} is called ${to}\n`,
  );
  return 0;
}

async function requireWorkspace(table: Table, id: string): Promise<Workspace> {
  const workspace = await readWorkspace(table, id);
  if (workspace) return workspace;
  throw new UsageError(`there is no workspace ${id}: \`list\` shows those that there are`);
}

/** Milliseconds that reading the keys of a workspace may take. */
const patience = 30_000;

async function listKeys(table: Table, workspace: string): Promise<number> {
  await requireWorkspace(table, workspace);
  const keys = await listApiKeys(table, workspace, deadlineIn(patience));
  for (const { id, scopes, lastUsedAt, validUntil, name } of keys) {
    const used = lastUsedAt === undefined ? "never used" : `used ${lastUsedAt}`;
    const ends = validUntil === undefined ? "" : `  valid until ${validUntil}`;
    process.stdout.write(`${id}  ${scopes.join(",").padEnd(12)}  ${used.padEnd(29)}  ${name}${ends}\n`);
  }
  return 0;
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        table: { type: "string" },
        region: { type: "string" },
        endpoint: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`workspace: ${error.message}\n\n${usage}`);
    process.exit(exitCode.usage);
  }
  process.stderr.write(`${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`);
  process.exitCode = 1;
}
