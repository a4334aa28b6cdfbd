import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Questions that one call answers, over HTTP: small cases whose answers were worked out by hand. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

interface Asked {
  readonly series: readonly {
    readonly group?: string;
    readonly value: number | null;
    readonly n: number;
    readonly components: Readonly<Record<string, unknown>>;
  }[];
  readonly filter?: unknown;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

const march = "from=2024-03-01&to=2024-03-31";

async function ask(metric: string, query = ""): Promise<Asked> {
  const { status, json } = await api.get<Asked>(`/v1/metrics/${metric}?${march}${query}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

async function groups(metric: string, query: string) {
  const { series } = await ask(metric, query);
  return series.map(({ group, value }) => [group, value]);
}

async function refused(metric: string, query: string): Promise<string> {
  const { status, json } = await api.get<Asked>(`/v1/metrics/${metric}?${march}&${query}`);
  expect(status).toBe(400);
  return json.errors?.[0]?.pointer ?? "";
}

const noon = (day: string) => ({ occurredAt: `2024-${day}T12:00:00Z` });

it("why customers leave: each reason's share of all at the start, beside the rate by where they were won", async () => {
  const customer = (id: string, channel: string) => ({
    ...{
      id: `join-${id}`,
      type: "customer.joined",
      customerId: id,
      dimensions: { channel },
      ...noon("02-10"),
    },
  });
  const left = (id: string, more: object) => ({
    ...{ id: `left-${id}`, type: "customer.left", customerId: id, ...noon("03-05"), ...more },
  });
  await api.recordAll("events", [
    ...["a", "b", "c", "d", "e"].map((id) => customer(id, "search")),
    ...["f", "g", "h", "i", "j"].map((id) => customer(id, "social")),
    left("a", { reason: "price" }),
    left("b", { dimensions: { reason: "price" } }),
    left("f", { reason: "service" }),
    left("g", {}),
  ]);
  expect(await groups("churn-rate", "&groupBy=reason")).toEqual([
    ["price", 20],
    ["(none)", 10],
    ["service", 10],
  ]);
  expect(await groups("churn-rate", "&groupBy=reason&top=1&sort=value")).toEqual([
    ["price", 20],
    ["(none)", 10],
    ["(other)", 10],
  ]);
  expect(await groups("churn-rate", "&groupBy=channel")).toEqual([
    ["search", 40],
    ["social", 40],
  ]);
  expect(await groups("churn-rate", "&groupBy=reason&filter.channel=search")).toEqual([["price", 40]]);
  expect((await ask("churn-rate", "&filter.reason=price,service")).series[0]).toMatchObject({
    value: 30,
    n: 10,
  });
  // 40 % of a month, against the 5 % of small businesses.
  expect((await ask("churn-rate")).series[0]).toMatchObject({
    benchmarks: [{ low: 5, high: 5, side: "above", isBetter: false }],
  });
  expect((await ask("churn-rate")).series[0]?.components).toMatchObject({
    "lost price": 2,
    "lost service": 1,
  });
  const report = await fetch(`${api.url}/v1/report?${march}&groupBy=reason`, {
    headers: { authorization: `Bearer ${api.key}` },
  });
  expect(report.status).toBe(400);
});

it("several values of a dimension, tracked or not, in metrics, responses, the report and goals", async () => {
  const answer = (id: string, score: number, day: string, channel?: string) => ({
    ...{ id, survey: "nps", score, ...noon(day), ...(channel ? { dimensions: { channel } } : {}) },
  });
  // 2024-03-09 is a Saturday, 10 a Sunday, 11 a Monday.
  await api.recordAll("responses", [
    answer("1", 9, "03-09", "web"),
    answer("2", 0, "03-10", "app"),
    answer("3", 9, "03-10", "a,b"),
    answer("4", 0, "03-11"),
    answer("5", 0, "03-11", "web"),
  ]);
  const n = async (query: string) => (await ask("nps", query)).series[0];
  expect(await n("&filter.weekday=saturday,sunday")).toMatchObject({ value: 33.333333333333336, n: 3 });
  expect(await n("&filter.channel=web,app")).toMatchObject({ n: 3 });
  expect(await n("&filter.channel=a%5C,b")).toMatchObject({ n: 1, value: 100 });
  expect(await n("&filter.channel=(none),app")).toMatchObject({ n: 2, value: -100 });
  expect(await n("&filter.channel=web,app&filter.weekday=saturday,monday")).toMatchObject({ n: 2, value: 0 });
  expect((await ask("nps", "&filter.channel=web,app")).filter).toEqual({ channel: ["web", "app"] });
  expect(await refused("nps", "filter.weekday=saturday&filter.weekday=sunday")).toBe("/filter.weekday");
  const { json } = await api.get<{ items: unknown[] }>(
    `/v1/responses?${march}&filter.weekday=saturday,sunday`,
  );
  const byChannel = await api.get<{ items: unknown[] }>(`/v1/responses?${march}&filter.channel=web,app`);
  expect(byChannel.json.items).toHaveLength(3);
  expect(json.items).toHaveLength(3);
  const goal = { metric: "nps", target: { value: 50 }, dueDate: "2099-12-31" };
  const { status } = await api.send("PUT", "/v1/goals/two", {
    body: { ...goal, filter: { channel: ["web", "app"] } },
  });
  expect(status).toBe(201);
  const stored = await api.get("/v1/goals/two");
  expect(stored.json).toMatchObject({ goal: { filter: { channel: ["web", "app"] } } });
});

it("the worst of many agents, and who wrote most, are what is asked for", async () => {
  const answer = (index: number, agent: string, score: number) => ({
    ...{ id: `a-${agent}-${index}`, survey: "csat", score, ...noon("03-05"), dimensions: { agent } },
  });
  const agents = Array.from({ length: 11 }, (_, index) => `agent-${index}`);
  await api.recordAll("responses", [
    ...agents.flatMap((agent) => Array.from({ length: 10 }, (_, index) => answer(index, agent, 5))),
    ...Array.from({ length: 5 }, (_, index) => answer(index, "worst", 1)),
  ]);
  const worst = await groups("csat", "&groupBy=agent&sort=value&order=asc&top=1");
  expect(worst).toEqual([
    ["worst", 0],
    ["(other)", 100],
  ]);
  expect(await groups("csat", "&groupBy=agent&sort=value&order=asc&top=1&minimum=10")).toEqual([
    ["agent-0", 100],
    ["(other)", 95.23809523809524],
  ]);
  const written = (agent: string, article: number) => ({
    ...{
      id: `w-${agent}-${article}`,
      type: "article.written",
      articleId: `${agent}-${article}`,
      agent,
      ...noon("03-02"),
    },
  });
  const used = (index: number) => ({
    id: `u-${index}`,
    type: "article.used",
    articleId: "Bert-0",
    ...noon("03-03"),
  });
  await api.recordAll("events", [
    ...Array.from({ length: 5 }, (_, index) => written("Anna", index)),
    ...Array.from({ length: 2 }, (_, index) => written("Bert", index)),
    ...Array.from({ length: 30 }, (_, index) => used(index)),
  ]);
  expect((await groups("knowledge-contributions", "&groupBy=agent&top=1"))[0]).toEqual(["Anna", 5]);
  for (const query of [
    "sort=value",
    "groupBy=agent&sort=change",
    "groupBy=agent&order=up",
    "groupBy=agent&minimum=-1",
  ]) {
    expect(await refused("csat", query)).toMatch(/^\/(sort|order|minimum)$/);
  }
});

it("a channel by which customers were won is no channel of contacts", async () => {
  await api.recordAll("events", [
    {
      id: "1",
      type: "customer.joined",
      customerId: "c",
      dimensions: { channel: "search" },
      ...noon("03-02"),
    },
    { id: "2", type: "ticket.opened", ticketId: "t", dimensions: { channel: "email" }, ...noon("03-03") },
  ]);
  expect(await groups("contact-volume", "&groupBy=channel")).toEqual([["email", 1]]);
});

it("how long callers wait, how many are answered in time, and how long those waited who gave up", async () => {
  const call = (callId: string, end: string, seconds: number) => [
    { id: `q-${callId}`, type: "call.queued", callId, ...noon("03-04") },
    { id: `e-${callId}`, type: `call.${end}`, callId, seconds, transfers: 1, ...noon("03-04") },
  ];
  await api.recordAll("events", [
    ...call("a", "answered", 10),
    ...call("b", "answered", 30),
    ...call("c", "abandoned", 90),
  ]);
  const [asked] = (await ask("queue-time", "&target=10")).series;
  expect(asked).toMatchObject({
    ...{ value: 20, n: 2 },
    components: {
      answeredInTime: 1,
      answeredInTimePercent: 33.333333333333336,
      abandonedMean: 90,
      transfersPerCall: 1,
    },
  });
  expect(await refused("queue-time", "target=11")).toBe("/target");
  expect(await refused("csat", "target=10")).toBe("/target");
});

it("answers on 1–10 are shown under their own name in metric, snapshots, report and goals, and can be the default", async () => {
  const scores = [
    ...Array.from({ length: 25 }, () => 9),
    ...Array.from({ length: 10 }, () => 7),
    1,
    2,
    3,
    4,
    5,
  ];
  await api.recordAll(
    "responses",
    scores.map((score, index) => ({
      id: `r${index}`,
      survey: "nps",
      scale: "1-10",
      score,
      ...noon("03-05"),
    })),
  );
  // 25 promoters and 5 detractors of 40.
  const own = { "score 1-10": 50, "n 1-10": 40 };
  expect((await ask("nps")).series[0]).toMatchObject({ value: null, n: 0, components: own });
  expect((await ask("nps", "&convention=1-10")).series[0]).toMatchObject({ value: 50, n: 40 });
  await api.post("/v1/snapshots", { from: "2024-03-05", to: "2024-03-05" });
  const day = "metric=nps&from=2024-03-05&to=2024-03-05";
  expect(await api.snapshots(day)).toMatchObject([{ value: null, components: own, convention: "0-10" }]);
  expect(await api.snapshots(`${day}&convention=1-10`)).toMatchObject([
    { value: 50, n: 40, convention: "1-10", windows: { 30: { value: 50 } } },
  ]);
  const wrong = await api.get<Asked>(`/v1/snapshots?${day}&convention=net`);
  expect([wrong.status, wrong.json.errors?.[0]?.pointer]).toEqual([400, "/convention"]);
  const report = async (query = "") => {
    const headers = { authorization: `Bearer ${api.key}` };
    return (await fetch(`${api.url}/v1/report?${march}${query}`, { headers })).text();
  };
  expect(await report()).toMatch(
    /<article[^>]*id="nps-1-10"[\s\S]*?Net Promoter Score on 1–10[\s\S]*?<p class="value">50/,
  );
  expect(await report("&convention=1-10")).toMatch(
    /<article[^>]*id="nps" [\s\S]*?Net Promoter Score on 1–10/,
  );
  const goal = { metric: "nps", target: { value: 40 }, dueDate: "2099-12-31", convention: "1-10" };
  expect((await api.send("PUT", "/v1/goals/ten", { body: goal })).json).toMatchObject({ convention: "1-10" });
  const chosen = await api.send("PATCH", "/v1/workspace", { body: { conventions: { nps: "1-10" } } });
  expect(chosen.status).toBe(200);
  const { series, ...head } = await ask("nps");
  expect(head).toMatchObject({ convention: "1-10", name: "Net Promoter Score on 1–10" });
  expect(series[0]).toMatchObject({ value: 50, n: 40 });
  for (const conventions of [{ nps: "0-5" }, { sales: "net" }, { nobody: "1-10" }]) {
    expect((await api.send("PATCH", "/v1/workspace", { body: { conventions } })).status).toBe(422);
  }
});
