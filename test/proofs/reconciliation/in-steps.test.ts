import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import { beginJob } from "../../../lib/store/reconciliation/stored-job.ts";
import { readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import { documentClient, type Table } from "../../../lib/store/table/client.ts";
import {
  counterKey,
  type Key,
  reconciliationKey,
  workspaceKey,
  yearsKey,
} from "../../../lib/store/table/keys.ts";
import type { ServiceCall } from "../../../lib/tools/local-cloud/aws/interception.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { refused } from "../../fixtures/faults.ts";

/** Reconciliations that are too large for one request: here more than 15 facts are. */

let test: ApiCloud;
let api: ApiClient;
/** So many calls of the job to the table are refused from now on. */
let refusals = 0;
let calls = 0;

beforeAll(async () => {
  test = await ApiCloud.start({
    redeliverySeconds: 0,
    variables: { RECONCILED_AT_ONCE: "15" },
    intercept: ({ functionName }: ServiceCall) => {
      if (functionName !== "recount-entities") return "pass";
      calls += 1;
      // Each time at another place of the run.
      if (refusals === 0 || calls % 37 !== 0) return "pass";
      refusals -= 1;
      return refused;
    },
  });
});
beforeEach(async () => {
  refusals = 0;
  api = await test.workspace({ timeZone: "UTC", inactivityDays: 20 });
});
afterAll(() => test?.end());

const first = "2025-01-01";
/** All days with facts, and those on which customers are lost. */
const range = { from: first, to: addDays(first, 70) };
/** Totals of years are checked where the whole year is. */
const year = { from: first, to: "2025-12-31" };

async function onTable<Result>(work: (table: Table) => Promise<Result>): Promise<Result> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({
    endpoint: test.cloud.engineEndpoint,
    region: "eu-central-1",
    credentials,
  });
  try {
    return await work({ client: documentClient(client), name: test.cloud.tableName });
  } finally {
    client.destroy();
  }
}

async function change(key: Key, expression: string, names: object, values: object): Promise<void> {
  await onTable(({ client, name }) =>
    client.send(
      new UpdateCommand({
        TableName: name,
        Key: { ...key },
        UpdateExpression: expression,
        ExpressionAttributeNames: { ...names },
        ExpressionAttributeValues: { ...values },
      }),
    ),
  );
}

/** Adds to a counter what no fact says. */
const spoil = (key: Key, counter: string) =>
  change(key, "ADD #counter :by", { "#counter": counter }, { ":by": 7 });

interface Job {
  readonly id: string;
  readonly state: string;
  readonly days: number;
  readonly daysDone: number;
  readonly found: { readonly [field: string]: unknown; readonly differences: readonly object[] };
}

/** Asks for a reconciliation that goes on in steps, and waits for its end. */
async function reconcile(repair: boolean, days = range): Promise<Job> {
  const { status, json } = await api.post<Job>("/v1/reconciliation", { ...days, repair });
  expect(status, JSON.stringify(json)).toBe(202);
  await test.cloud.idle();
  const { json: job } = await api.get<Job>(`/v1/reconciliation/${json.id}`);
  expect(job).toMatchObject({ state: "done", daysDone: job.days });
  return job;
}

/** A purchase a day, and an answer on the first half of the days; or all of them on few days. */
async function record(facts = 48, onDays = facts): Promise<void> {
  const days = Array.from({ length: facts }, (_, index) => addDays(first, index % onDays));
  await api.recordAll(
    "events",
    days.map((day, index) => ({
      ...{ type: "purchase.made", id: `p-${index}`, orderId: `o-${index}`, customerId: `c-${index % 25}` },
      ...{ occurredAt: `${day}T12:00:00Z`, money: { amount: "2.00", currency: "USD" } },
    })),
  );
  await api.recordAll(
    "responses",
    days.slice(0, facts / 2).map((day, index) => ({
      ...{ id: `n-${index}`, survey: "nps", score: index % 11, occurredAt: `${day}T13:00:00Z` },
    })),
  );
}

describe("a reconciliation that is too large for one request", () => {
  // First, since the hourly run takes the snapshots of all workspaces.
  it("is the only one of its workspace, and is begun again by the hourly run where nobody works on it", async () => {
    await record(20, 4);
    const job = await onTable(async (table) => {
      const workspace = await readWorkspace(table, api.workspace);
      return workspace && beginJob(table, workspace, range, true);
    });
    const id = job?.id ?? "";
    const other = await api.post("/v1/reconciliation", { from: first, to: first });
    expect(other).toMatchObject({ status: 409, json: { detail: expect.stringContaining(id) } });
    const same = await api.post("/v1/reconciliation", { ...range, repair: true });
    expect(same).toMatchObject({ status: 202, json: { id, state: "running", daysDone: 0 } });
    const long = { ":long": "2026-01-01T00:00:00.000Z" };
    await change(reconciliationKey(api.workspace, id), "SET #at = :long", { "#at": "steppedAt" }, long);
    const names = { "#running": "reconciling", "#at": "steppedAt" };
    await change(workspaceKey(api.workspace), "SET #running.#at = :long", names, long);
    expect((await api.get(`/v1/reconciliation/${id}`)).json).toMatchObject({ state: "stalled" });
    await test.hour();
    expect((await api.get(`/v1/reconciliation/${id}`)).json).toMatchObject({
      ...{ state: "done", found: { facts: 30, differencesTotal: 0 } },
    });
    expect((await api.post("/v1/reconciliation", { from: first, to: first })).status).toBe(200);
  });

  it("goes on in steps, and finds and repairs days and totals of years", async () => {
    await record();
    expect((await reconcile(false)).found).toMatchObject({ facts: 72, differencesTotal: 0, unsettled: 0 });
    const day = addDays(first, 40);
    await spoil(counterKey(api.workspace, "sales", "all", day, 0), "orders:USD");
    await spoil(yearsKey(api.workspace, "customers", "all", 0), "2025:new");
    const { found } = await reconcile(true, year);
    expect(found).toMatchObject({ differencesTotal: 2, repaired: 2 });
    expect(found.differences).toMatchObject([
      { day, family: "sales", counter: "orders:USD", counted: 8, recounted: 1 },
      { year: "2025", family: "customers", counter: "new", counted: 32, recounted: 25 },
    ]);
    expect((await reconcile(false)).found).toMatchObject({ differencesTotal: 0, unsettled: 0 });
  });

  it("ends with the same although its runs are interrupted", async () => {
    await record();
    await spoil(counterKey(api.workspace, "sales", "all", addDays(first, 3), 0), "orders:USD");
    await spoil(counterKey(api.workspace, "sales", "all", addDays(first, 44), 0), "orders:USD");
    refusals = 3;
    const { found } = await reconcile(true);
    expect(found).toMatchObject({ differencesTotal: 2, repaired: 2, skippedDays: [] });
    expect((await reconcile(false)).found).toMatchObject({ differencesTotal: 0 });
  });

  it("is unknown to other workspaces", async () => {
    expect((await api.get("/v1/reconciliation/unknown")).status).toBe(404);
  });
});
