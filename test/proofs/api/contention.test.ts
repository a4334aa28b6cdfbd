import { basename } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operational } from "../../../lib/telemetry/names.ts";
import type { ServiceCall, Verdict } from "../../../lib/tools/local-cloud/aws/interception.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { collision, throttled } from "../../fixtures/faults.ts";

/** 64 clients write to one workspace, one survey and one day, over a store that refuses what collides, as AWS's does. */

let test: ApiCloud;
let api: ApiClient;
const day = "2025-06-01";
const clients = Array.from({ length: 64 }, (_, client) => client);

interface Update {
  readonly Update?: { readonly Key: object };
}

/** How long each counter is being written. The engine itself takes one transaction after the other. */
const busyUntil = new Map<string, number>();
const busyMilliseconds = 30;

/** The store never takes the fact of this id. */
const refusedId = "never-taken";

function intercept({ action, functionName, json, text }: ServiceCall): Verdict {
  if (action !== "TransactWriteItems" || functionName !== "record-responses") return "pass";
  if (text().includes(refusedId)) return throttled;
  const { TransactItems } = json() as { TransactItems: readonly Update[] };
  const keys = TransactItems.map(({ Update: update }) => update && JSON.stringify(update.Key));
  const now = performance.now();
  const inUse = keys.map((key) => key !== undefined && (busyUntil.get(key) ?? 0) > now);
  if (inUse.includes(true)) return collision(inUse);
  for (const key of keys) if (key !== undefined) busyUntil.set(key, now + busyMilliseconds);
  return "pass";
}

beforeAll(async () => {
  test = await ApiCloud.start({ intercept });
  api = await test.workspace();
});
afterAll(() => test?.end());

it("no count is lost and none is refused, and logs and metrics tell how often it took another try or shard", async () => {
  const answer = (id: string) => ({ id, survey: "nps", score: 9, occurredAt: `${day}T12:00:00Z` });
  const refused = api.post("/v1/responses", answer(refusedId));
  await Promise.all(
    clients.map(async (client) => {
      for (const round of [0, 1]) {
        const { status, json } = await api.post("/v1/responses", answer(`${client}-${round}`));
        expect([status, json.status]).toEqual([201, "recorded"]);
      }
      await api.recordAll("responses", [answer(`${client}-a`), answer(`${client}-b`)]);
    }),
  );
  const { status, headers } = await refused;
  expect([status, headers.get("retry-after")]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  const { n, components } = await api.total("nps", day, day);
  expect({ n, promoters: components["promoters"] }).toEqual({ n: 256, promoters: 256 });
  const found = await api.post<object>("/v1/reconciliation", { from: day, to: day });
  expect(found.json).toMatchObject({ facts: 256, differencesTotal: 0, historiesTotal: 0, unsettled: 0 });

  await test.stop();
  const [, log = ""] =
    [...(await test.logs())].find(([path]) => basename(path) === "record-responses.log") ?? [];
  const lines = log.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
  const sum = (name: string) => lines.reduce((total, line) => total + Number(line[name] ?? 0), 0);
  expect(sum(operational.transactionRetries)).toBeGreaterThan(0);
  expect(sum(operational.shardHops)).toBeGreaterThan(0);
  expect(lines.find((line) => line.status === 503)?.retries).toBeGreaterThan(0);
  expect(sum("retries")).toBe(sum(operational.transactionRetries));
  expect(sum("shardHops")).toBe(sum(operational.shardHops));
});
