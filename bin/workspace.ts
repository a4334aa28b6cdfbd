#!/usr/bin/env node
import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ensureWorkspace } from "../lib/store/settings/bootstrap.ts";
import { documentClient } from "../lib/store/table/client.ts";
import { exitCode, UsageError } from "../lib/tools/import/problems.ts";
import { workspaceIdSchema } from "../lib/workspace/settings.ts";

/** Makes workspaces with their first key, in a deployed or a local table. */

const usage = `Usage: npm run workspace -- create NAME --table TABLE [--region REGION] [--endpoint URL]

Makes the workspace NAME where it is missing, and a new key with the scope admin for it.
The key is shown once: only its hash is stored.

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
  if (command === undefined) throw new UsageError("what is to be done? create NAME");
  if (command !== "create") throw new UsageError(`cannot do ${command}: the one command is create NAME`);
  if (name === undefined) throw new UsageError("create which NAME?");
  if (rest.length > 0) throw new UsageError(`create one NAME at a time, not also ${rest.join(", ")}`);
  if (!values.table) throw new UsageError("in which table? --table TABLE");
  const id = workspaceIdSchema.safeParse(name);
  if (!id.success) {
    process.stderr.write(`The name ${id.error.issues[0]?.message ?? "is invalid"}.\n`);
    return 2;
  }
  const client = new DynamoDBClient({
    ...(values.region ? { region: values.region } : {}),
    ...(values.endpoint
      ? {
          endpoint: values.endpoint,
          region: values.region ?? "local",
          credentials: { accessKeyId: "local", secretAccessKey: "local" },
        }
      : {}),
  });
  const { created, apiKey } = await ensureWorkspace(
    { client: documentClient(client), name: values.table },
    id.data,
  );
  process.stdout.write(
    `workspace ${id.data} (${created ? "made now" : "was there already"})\nadmin key ${apiKey}\n`,
  );
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
