import { join, relative, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { defaultWorkspace } from "../lib/domain/workspace/settings.ts";
import { type LocalCloud, startLocalCloud } from "../lib/tools/local-cloud/cloud.ts";
import { LocalCloudError, messageOf } from "../lib/tools/local-cloud/errors.ts";
import { productVersion } from "../lib/version.ts";

/**
 * `npm start`: runs what the CDK app deploys on this machine. Environment: `PORT` (3000), `DATA_DIR` (`.local`),
 * `API_KEY` (the admin key), `DYNAMODB_ENDPOINT` (an engine that runs already).
 */

// Lambda's clock is on UTC, and threads have the clock of their process.
process.env["TZ"] = "UTC";

// Threads share the memory of one machine: a heap grows by a third before it is collected, not to up to four times its contents.
// What has to be said before a process starts is in `start.ts`.
setFlagsFromString("--heap-growing-percent=30");

const { PORT, DATA_DIR, API_KEY, DYNAMODB_ENDPOINT } = process.env;
const dataDir = resolve(DATA_DIR || ".local");

// The reader of the output may go away, as in `npm start | head -1`: the local cloud keeps running.
process.stdout.on("error", () => {});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof LocalCloudError ? error.message : stackOf(error)}\n`);
  process.exit(1);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
}

function readPort(): number {
  const port = Number(PORT || 3000);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new LocalCloudError(`PORT must be a number from 0 to 65535, not ${PORT}`);
}

/**
 * Ctrl-C in a terminal reaches npm and this process, and npm passes its own on: two signals within a moment are one
 * wish. A later one means that it takes too long.
 */
function stopOnSignals(running: Promise<LocalCloud>): void {
  let askedAt: number | undefined;
  let started = false;
  void running.then(() => {
    started = true;
  });
  const onSignal = (): void => {
    if (askedAt !== undefined) {
      if (Date.now() - askedAt > 500) process.exit(130);
      return;
    }
    askedAt = Date.now();
    // A cloud that is still starting ends with this process.
    if (!started) process.exit(0);
    say("stopping …");
    running.then((cloud) => cloud.stop()).then(() => process.exit(0), fail);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
}

/** First steps for somebody who sees this for the first time. */
function introduction({ url, apiKey, tableName, engineEndpoint }: LocalCloud): string {
  const keyFile = join(dataDir, "admin-key");
  const short = relative(process.cwd(), keyFile);
  const key = API_KEY ? apiKey : `$(cat ${short.startsWith("..") ? keyFile : short})`;
  const data = DYNAMODB_ENDPOINT
    ? `in the engine at ${DYNAMODB_ENDPOINT}`
    : `${dataDir} (remove it to start empty)`;
  return [
    `  version    ${productVersion}`,
    `  admin key  ${apiKey}`,
    `             of the workspace ${defaultWorkspace}, ${API_KEY ? "from API_KEY" : `kept in ${keyFile}`}`,
    `  pages      ${url}/ (sign in with the key)`,
    `  try        curl ${url}/v1/metrics/nps -H "Authorization: Bearer ${key}"`,
    `  API        ${url}/docs (as OpenAPI: ${url}/v1/openapi.json)`,
    "  import     npm run import -- FILE.csv (recognises the exports of many tools)",
    `  workspaces npm run workspace -- create NAME --table ${tableName} --endpoint ${engineEndpoint}`,
    `  data       ${data}`,
    `  logs       ${join(dataDir, "logs")}`,
    `  alarms     ${join(dataDir, "messages.jsonl")} (what alerts and digests publish to the alarm topic)`,
    "  stop       Ctrl-C",
  ].join("\n");
}

try {
  const options = process.argv.slice(2);
  if (options.length > 0) {
    const known = "PORT, DATA_DIR, API_KEY and DYNAMODB_ENDPOINT";
    throw new LocalCloudError(
      `takes no options (${options.join(" ")}): it is told by the environment, ${known}`,
    );
  }
  const starting = startLocalCloud({
    port: readPort(),
    dataDir,
    apiKey: API_KEY || undefined,
    dynamodbEndpoint: DYNAMODB_ENDPOINT || undefined,
    runSchedulesAtStart: true,
    onProgress: say,
    onFailure: (error) => {
      void starting.then((cloud) => cloud.stop()).finally(() => fail(error));
    },
  });
  stopOnSignals(starting);
  const cloud = await starting;
  say(`ready ${cloud.url}\n${introduction(cloud)}`);
} catch (error) {
  fail(error);
}
