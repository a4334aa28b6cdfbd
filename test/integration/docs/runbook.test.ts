import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** The runbook's commands that need no AWS account, run as they are written. */

const run = promisify(execFile);
const runbook = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");
const blocks = [...runbook.matchAll(/```sh\n([\s\S]*?)```/g)]
  .map(([, commands = ""]) => commands)
  .filter((commands) => /^curl /m.test(commands) && !/\baws /.test(commands));

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
});
afterAll(() => test?.end());

/** Runs commands in a shell in which `curl` also prints the status; the statuses. */
async function statuses(commands: string, environment: Readonly<Record<string, string>>): Promise<string[]> {
  const script = `curl() { command curl -w '\\nHTTP %{http_code}\\n' "$@"; }\n${commands}`;
  const { stdout } = await run("bash", ["-c", script], { env: { ...process.env, ...environment } });
  return [...stdout.matchAll(/^HTTP (\d+)$/gm)].map(([, status = ""]) => status);
}

it("there are such commands", () => {
  expect(blocks.length).toBeGreaterThanOrEqual(4);
});

it.each(blocks.map((commands) => [commands.split("\n")[0], commands] as const))(
  "%s …",
  async (_, commands) => {
    await api.post("/v1/events", {
      ...{ type: "customer.joined", customerId: "17850", occurredAt: `${dayBefore(3)}T12:00:00Z` },
    });
    const webhook = { target: { eventBridge: true }, events: ["digest.ready"] };
    await api.send("PUT", "/v1/webhooks/crm", { body: webhook });
    const { json } = await api.post<{ id: string }>("/v1/keys", { name: "old", scopes: ["ingest"] });
    const answered = await statuses(commands, { URL: api.url, KEY: api.key, OLD_ID: json.id });
    const asked = commands.match(/^curl /gm)?.length;
    expect(answered).toHaveLength(asked ?? 0);
    // Where it says so, nothing is to be found any more.
    const expected = commands.split(/^(?=curl )/m).filter((part) => part.startsWith("curl "));
    for (const [index, command] of expected.entries()) {
      expect(answered[index], command).toMatch(command.includes("# 404") ? /^404$/ : /^20\d$/);
    }
  },
);
