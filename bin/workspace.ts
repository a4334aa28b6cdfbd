#!/usr/bin/env node
import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { listApiKeys } from "../lib/store/settings/api-keys.ts";
import { ensureWorkspace } from "../lib/store/settings/bootstrap.ts";
import { eachWorkspace, readWorkspace } from "../lib/store/settings/workspaces.ts";
import { documentClient, type Table } from "../lib/store/table/client.ts";
import { deadlineIn } from "../lib/store/table/retries.ts";
import { exitCode, UsageError } from "../lib/tools/import/problems.ts";
import { workspaceIdSchema } from "../lib/workspace/settings.ts";

/** Makes and lists workspaces and their keys, in a deployed or a local table. */

const usage = `Usage: npm run workspace -- create NAME --table TABLE [--region REGION] [--endpoint URL]
       npm run workspace -- list        --table TABLE …
       npm run workspace -- keys NAME   --table TABLE …

create makes the workspace NAME where it is missing, and a new key with the scope admin for it.
The key is shown once: only its hash is stored. A workspace keeps its name.
list prints the names of all workspaces, keys the keys of one: id, scopes, last use, name.

  --table TABLE      the table: the stack's output TableName
  --region REGION    the AWS region (default: the SDK's own settings)
  --endpoint URL     a local DynamoDB engine instead of AWS
`;

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const [command, name, ...rest] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (command === undefined) throw new UsageError("what is to be done? create NAME, list, or keys NAME");
  if (!["create", "list", "keys"].includes(command)) {
    throw new UsageError(`cannot do ${command}: the commands are create NAME, list and keys NAME`);
  }
  if (command === "list" && name !== undefined) throw new UsageError("list takes no NAME: it lists all");
  if (command !== "list" && name === undefined) throw new UsageError(`${command} which NAME?`);
  if (rest.length > 0) throw new UsageError(`${command} one NAME at a time, not also ${rest.join(", ")}`);
  if (!values.table) throw new UsageError("in which table? --table TABLE");
  const table = { client: documentClient(clientOf(values)), name: values.table };
  if (command === "list") return list(table);
  const id = workspaceIdSchema.safeParse(name);
  if (!id.success) {
    process.stderr.write(`The name ${id.error.issues[0]?.message ?? "is invalid"}.\n`);
    return 2;
  }
  if (command === "keys") return listKeys(table, id.data);
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
  for await (const id of eachWorkspace(table)) process.stdout.write(`${id}\n`);
  return 0;
}

/** Milliseconds that reading the keys of a workspace may take. */
const patience = 30_000;

async function listKeys(table: Table, workspace: string): Promise<number> {
  if ((await readWorkspace(table, workspace)) === undefined) {
    throw new UsageError(`there is no workspace ${workspace}: \`list\` shows those that there are`);
  }
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
