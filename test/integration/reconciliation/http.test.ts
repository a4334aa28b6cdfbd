import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentClient } from "../../../lib/store/table/client.ts";
import { counterKey } from "../../../lib/store/table/keys.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Late facts and reconciliations over HTTP. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
});

afterAll(() => test?.end());

async function call(method: "GET" | "POST", path: string, body?: unknown) {
  const { status, json } = await api.send<Record<string, unknown>>(method, path, { body });
  return { status, body: json };
}

const day = "2025-03-04";

function answer(id: string, score: number) {
  return { id, survey: "nps", score, occurredAt: `${day}T10:00:00Z` };
}

async function snapshots(): Promise<Record<string, unknown>[]> {
  const { body } = await call("GET", `/v1/snapshots?from=${day}&to=${day}&metric=nps&revisions=all`);
  return body["items"] as Record<string, unknown>[];
}

async function tamper(counter: string, by: number): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: test.cloud.engineEndpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  await documentClient(client).send(
    new UpdateCommand({
      TableName: test.cloud.tableName,
      Key: { ...counterKey(api.workspace, "nps", "all", day, 0) },
      UpdateExpression: "ADD #counter :by",
      ExpressionAttributeNames: { "#counter": counter },
      ExpressionAttributeValues: { ":by": by },
    }),
  );
  client.destroy();
}

describe("over HTTP", () => {
  it("a late answer restates its day by the next run, and the history says why", async () => {
    await call("POST", "/v1/responses", { responses: [answer("a", 9), answer("b", 9)] });
    await call("POST", "/v1/snapshots", { from: day, to: day });
    expect((await call("POST", "/v1/responses", answer("late", 2))).status).toBe(201);
    const week = `/v1/metrics/nps?from=2025-03-09&to=2025-03-09&window=7`;
    expect((await call("GET", week)).body["series"]).toMatchObject([{ n: 3 }]);
    // What the hourly run does, for this workspace alone.
    await call("POST", "/v1/snapshots", { from: day, to: day });
    expect(await snapshots()).toMatchObject([
      { revision: 1, value: 100, n: 2 },
      {
        revision: 2,
        n: 3,
        restatedBecause: { facts: 1, ids: ["late"], causes: ["recorded"], counters: { "0-10:2": 1 } },
      },
    ]);
  });

  it("a counter that was changed is found and put right, as a new revision of its day", async () => {
    const days = { from: "2025-03-01", to: "2025-03-31" };
    const right = await call("POST", "/v1/reconciliation", days);
    expect(right).toMatchObject({ status: 200, body: { facts: 3, differences: [], repaired: 0 } });
    await tamper("0-10:10", 4);
    const wrong = { day, family: "nps", segment: "all", counter: "0-10:10", counted: 4, recounted: 0 };
    const found = await call("POST", "/v1/reconciliation", days);
    expect(found.body).toMatchObject({ differences: [wrong], differencesTotal: 1, repaired: 0 });
    await call("POST", "/v1/snapshots", { from: day, to: day });
    const repaired = await call("POST", "/v1/reconciliation", { ...days, repair: true });
    expect(repaired.body).toMatchObject({ differences: [wrong], repaired: 1, restatedDays: [day] });
    expect((await snapshots()).at(-1)).toMatchObject({
      revision: 4,
      n: 3,
      restatedBecause: { facts: 0, ids: [], causes: ["repaired"], counters: { "0-10:10": -4 } },
    });
    expect((await call("POST", "/v1/reconciliation", days)).body).toMatchObject({ differencesTotal: 0 });
  });

  it("days that make no range are refused, with the field named", async () => {
    const refused = async (body: unknown) => {
      const answered = await call("POST", "/v1/reconciliation", body);
      const [error] = (answered.body["errors"] ?? []) as { pointer: string }[];
      return [answered.status, error?.pointer];
    };
    expect(await refused({ from: "2025-03-02", to: "2025-03-01" })).toEqual([422, "/to"]);
    expect(await refused({ from: "1800-01-01", to: "2025-03-01" })).toEqual([422, "/from"]);
    expect(await refused({ from: "2025-03-01" })).toEqual([422, "/to"]);
    expect(await refused({ from: "2025-03-01", to: "2025-03-02", fix: true })).toEqual([422, "/fix"]);
  });
});
