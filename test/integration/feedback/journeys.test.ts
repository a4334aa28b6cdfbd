import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

const month = { from: "2024-05-01", to: "2024-05-31" };
const entered = (customerId: string, stage: string, day: string, more: object = {}) => ({
  ...{ id: `${customerId}-${stage}-${day}`, type: "stage.entered", customerId, stage },
  ...{ occurredAt: `${day}T12:00:00Z`, ...more },
});
const funnel = (more = "") => api.total("journey-funnel", month.from, month.to, more);

async function differences(): Promise<unknown> {
  const { json } = await api.post<Record<string, unknown>>("/v1/reconciliation", month);
  return [json["differencesTotal"], json["historiesTotal"]];
}

it("a journey is counted however its facts arrive, by segment, and as part of what is known of a customer", async () => {
  const dimensions = { channel: "web" };
  await api.recordAll("events", [
    entered("a", "decision", "2024-05-09", { dimensions }),
    entered("b", "awareness", "2024-05-02"),
  ]);
  await api.recordAll("events", [
    entered("a", "awareness", "2024-05-01", { dimensions }),
    entered("a", "consideration", "2024-05-03", { dimensions }),
    entered("a", "advocacy", "2024-06-20"),
  ]);
  expect(await funnel()).toMatchObject({
    ...{ value: 50, n: 2 },
    components: {
      "reached decision": 1,
      "reached retention": 0,
      "conversionPercent consideration": 50,
      "dropOff consideration": 1,
    },
  });
  expect(await funnel("&filter.channel=web")).toMatchObject({ value: 100, n: 1 });
  expect(await differences()).toEqual([0, 0]);
  const { json } = await api.get<Record<string, unknown>>("/v1/customers?customerId=a");
  expect(json).toMatchObject({
    state: "none",
    journey: [
      { stage: "awareness", on: "2024-05-01" },
      { stage: "consideration", on: "2024-05-03" },
      { stage: "decision", on: "2024-05-09" },
      { stage: "advocacy", on: "2024-06-20" },
    ],
  });
});

it("stays counted when its customer is erased, and the stages go on to be counted by other settings", async () => {
  await api.recordAll("events", [
    entered("a", "awareness", "2024-05-01"),
    entered("a", "decision", "2024-05-09"),
    entered("b", "awareness", "2024-05-02"),
  ]);
  expect((await api.send("DELETE", "/v1/customers?customerId=a")).status).toBe(200);
  expect(await funnel()).toMatchObject({ value: 0, n: 2, components: { "reached decision": 1 } });
  const journeyStages = ["awareness", "decision"];
  const { status } = await api.send("PATCH", "/v1/workspace", { body: { journeyStages } });
  expect(status).toBe(200);
  await test.cloud.idle();
  expect(await funnel()).toMatchObject({ value: 50, n: 2 });
  expect(await differences()).toEqual([0, 0]);
});

it("takes the stages that the workspace names and no others", async () => {
  const refused = await api.post<{ errors: { pointer: string; detail: string }[] }>(
    "/v1/events",
    entered("a", "checkout", "2024-05-01"),
  );
  expect(refused.status).toBe(422);
  expect(refused.json.errors).toMatchObject([
    { pointer: "/stage", detail: expect.stringContaining("awareness") },
  ]);
  expect(await funnel()).toMatchObject({ n: 0 });
  for (const journeyStages of [
    ["one"],
    ["a", "a"],
    ["a", "b:c"],
    Array.from({ length: 11 }, (_, n) => `s${n}`),
  ]) {
    expect((await api.send("PATCH", "/v1/workspace", { body: { journeyStages } })).status).toBe(422);
  }
  await api.send("PATCH", "/v1/workspace", { body: { journeyStages: ["visit", "checkout"] } });
  await api.recordAll("events", [entered("a", "checkout", "2024-05-01")]);
  expect(await funnel()).toMatchObject({ value: 100, n: 1 });
});

it("is asked within days of its beginning, by customers, and through further funnels of the workspace", async () => {
  const funnels = { winning: ["consideration", "decision"] };
  expect((await api.send("PATCH", "/v1/workspace", { body: { funnels } })).status).toBe(200);
  await api.recordAll("events", [
    entered("a", "consideration", "2024-05-01"),
    entered("a", "decision", "2024-05-09"),
    entered("b", "consideration", "2024-05-02"),
    entered("b", "decision", "2024-06-20"),
  ]);
  expect(await funnel("&funnel=winning")).toMatchObject({ value: 100, n: 2 });
  expect(await funnel("&funnel=winning&within=30")).toMatchObject({ value: 50, n: 2 });
  expect(await funnel("&convention=customers-reached")).toMatchObject({
    components: { "reached awareness": 2, "reached decision": 2 },
  });
  const range = `from=${month.from}&to=${month.to}`;
  for (const [metric, query, pointer] of [
    ["journey-funnel", "funnel=losing", "/funnel"],
    ["journey-funnel", "within=31", "/within"],
    ["nps", "within=30", "/within"],
  ]) {
    const { status, json } = await api.get<object>(`/v1/metrics/${metric}?${range}&${query}`);
    expect({ status, json }).toMatchObject({ status: 400, json: { errors: [{ pointer }] } });
  }
  const { json } = await api.get<object>(`/v1/metrics/journey-funnel?${range}&funnel=winning&within=30`);
  expect(json).toMatchObject({ funnel: "winning", within: 30, convention: "entered" });
  // Named anew, all journeys are counted again.
  await api.send("PATCH", "/v1/workspace", { body: { funnels: { winning: ["decision", "consideration"] } } });
  await test.cloud.idle();
  expect(await funnel("&funnel=winning&within=30")).toMatchObject({ value: 100, n: 2 });
  expect(await differences()).toEqual([0, 0]);
});

it("scores by stage stand beside it", async () => {
  const answer = (id: string, score: number, stage: string) => ({
    ...{ id, survey: "nps", score, dimensions: { stage }, occurredAt: "2024-05-02T12:00:00Z" },
  });
  await api.recordAll("responses", [answer("1", 9, "decision"), answer("2", 0, "retention")]);
  const query = `from=${month.from}&to=${month.to}&groupBy=stage`;
  const { json } = await api.get<{ series: { group: string; value: number }[] }>(`/v1/metrics/nps?${query}`);
  expect(new Map(json.series.map(({ group, value }) => [group, value]))).toEqual(
    new Map([
      ["decision", 100],
      ["retention", -100],
    ]),
  );
});
