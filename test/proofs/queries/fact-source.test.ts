import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import type { DayRange } from "../../../lib/domain/calendar/intervals.ts";
import type { Submission } from "../../../lib/domain/facts/parse.ts";
import type { Goal } from "../../../lib/domain/goals/goal.ts";
import { inEnglish } from "../../../lib/domain/language/in-english.ts";
import { defineMetric } from "../../../lib/domain/metrics/metric.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { planSeries } from "../../../lib/domain/metrics/windows.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { countFromFacts } from "../../../lib/queries/fact-source.ts";
import { assessGoal } from "../../../lib/queries/goal-assessment.ts";
import { runQuery } from "../../../lib/queries/run-query.ts";
import { readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { factKey } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { countsIn } from "../../fixtures/counts-in.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";
import { history } from "../../fixtures/histories.ts";
import { serviceHistory } from "../../fixtures/service-history.ts";
import { webHistory } from "../../fixtures/web-history.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

let table: TestTable;
let workspace: Workspace;
const soon = () => deadlineIn(120_000);
const range = { from: "2024-12-20", to: "2025-01-20" };

beforeAll(async () => {
  table = await startTestTable();
  workspace = await makeWorkspace(table, "shop", {
    linkOrders: true,
    ...{ trackedDimensions: ["channel"], inactivityDays: 12, engagedTouchpoints: 1 },
  });
  const facts = history(workspace, { seed: 7, facts: 900, from: "2024-12-01", days: 70, customers: 60 });
  await recordFacts({ table, workspace, deadline: soon() }, facts);
  const web = webHistory(workspace, { seed: 8, factsOfType: 80, from: "2024-12-15", days: 40 });
  await recordFacts({ table, workspace, deadline: soon() }, web);
  const service = serviceHistory(workspace, { seed: 8, tickets: 60, from: "2024-12-10", days: 40 });
  await recordFacts({ table, workspace, deadline: soon() }, service);
  await recordFacts({ table, workspace, deadline: soon() }, subscriptions());
});

/** Thirty subscriptions that begin before and in the range, become dearer, and partly end, in channels and countries and in none. */
function subscriptions(): Submission[] {
  const [channels, countries] = [
    ["web", "shop", undefined],
    ["DE", "FR", "GB", "JP", undefined],
  ];
  return Array.from({ length: 30 }, (_, index) => {
    const about = { customerId: `payer-${index}`, subscriptionId: `s-${index}` };
    const named = { channel: channels[index % 3], country: countries[index % 5] };
    const price = (amount: string) => ({ money: { amount, currency: "USD" }, interval: "month" as const });
    const at = (day: number) => `${addDays(range.from, day)}T12:00:00Z`;
    return [
      event(workspace, {
        ...{ type: "subscription.started", ...about, ...price("10.00"), occurredAt: at((index % 9) - 4) },
        dimensions: JSON.parse(JSON.stringify(named)) as Record<string, string>,
      }),
      event(workspace, { type: "subscription.changed", ...about, ...price("12.50"), occurredAt: at(10) }),
      ...(index % 4 === 0
        ? [event(workspace, { type: "subscription.ended", ...about, occurredAt: at(20) })]
        : []),
    ];
  }).flat();
}

afterAll(() => table.stop());

/** Asks the first metric of the catalogue by a dimension. */
function ask(asked: Workspace, groupBy: string, span: DayRange) {
  const [metric] = metrics;
  const plan = planSeries({ range: span, granularity: "total" }, span.to);
  const question = { metric: metric ?? fail(), plan, today: span.to, filters: {}, groupBy: [groupBy] };
  return runQuery({ table, workspace: asked, deadline: soon() }, question);
}

/** What is counted from facts. */
const countedMetrics = metrics.filter(({ isFromModel }) => !isFromModel);

describe("counters counted from the stored facts", () => {
  it("equal a tracked value's counters on every day, for every metric and currency", async () => {
    for (const [index, metric] of countedMetrics.entries()) {
      // Neighbours in the catalogue count much the same.
      const channel = index % 2 === 0 ? "web" : "shop";
      const read = { segment: `channel=${channel}`, range };
      const counted = countsIn(metric, await readMetricCounters(table, workspace.id, metric, read), range);
      const scope = { filters: { channel: [channel] }, range };
      const { groups } = await countFromFacts({ table, workspace, deadline: soon() }, metric, scope);
      expect(groups).toHaveLength(1);
      const [only] = groups;
      expect(only && countsIn(metric, only.counters, range), metric.id).toEqual(counted);
      expect(Object.keys(counted).length, metric.id).toBeGreaterThan(0);
    }
  });

  it("keep the values of a dimension apart, and add up to the total with those that have none", async () => {
    for (const metric of countedMetrics) {
      const scope = { filters: {}, groupBy: ["country"], range };
      const { groups } = await countFromFacts({ table, workspace, deadline: soon() }, metric, scope);
      expect(["DE", "FR", "GB", "JP", undefined]).toEqual(
        expect.arrayContaining(groups.map(({ value }) => value)),
      );
      expect(groups.length, metric.id).toBeGreaterThan(2);
      const sums: Record<string, bigint> = {};
      for (const { counters } of groups) {
        for (const [name, sum] of Object.entries(countsIn(metric, counters, range))) {
          sums[name] = (sums[name] ?? 0n) + sum;
        }
      }
      const read = { segment: "all", range };
      const total = await readMetricCounters(table, workspace.id, metric, read);
      // What one group gains another may lose.
      const remaining = Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0n));
      expect(remaining, metric.id).toEqual(countsIn(metric, total, range));
    }
  });

  it("count only what has all values that are asked for", async () => {
    const at = "2025-03-03T10:00:00Z";
    const answer = (id: string, score: number, dimensions: Record<string, string>) =>
      response(workspace, { id, survey: "nps", score, occurredAt: at, dimensions });
    await recordFacts({ table, workspace, deadline: soon() }, [
      answer("both", 9, { channel: "web", country: "DE" }),
      answer("one", 8, { channel: "web", country: "FR" }),
      answer("other", 7, { country: "DE" }),
    ]);
    const [nps] = metrics;
    if (!nps) throw new Error("no metrics");
    const scope = {
      filters: { channel: ["web"], country: ["DE"] },
      range: { from: "2025-03-03", to: "2025-03-03" },
    };
    const { groups, facts, entities } = await countFromFacts(
      { table, workspace, deadline: soon() },
      nps,
      scope,
    );
    expect(groups.map(({ counters }) => counters.countsOn("2025-03-03"))).toEqual([
      { "0-10:9": 1n, "nps-responses": 1n },
    ]);
    expect({ facts, entities }).toEqual({ facts: 3, entities: 0 });
  });

  it("leave out what was taken out of the counts", async () => {
    const at = "2025-03-05T10:00:00Z";
    const answers = [8, 9].map((score) =>
      response(workspace, { id: `out${score}`, survey: "nps", score, occurredAt: at }),
    );
    await recordFacts({ table, workspace, deadline: soon() }, answers);
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...factKey(workspace.id, "out8") },
        UpdateExpression: "SET excluded = :yes",
        ExpressionAttributeValues: { ":yes": true },
      }),
    );
    const day = { from: "2025-03-05", to: "2025-03-05" };
    const [nps] = metrics;
    const scope = { filters: {}, range: day };
    const { groups } = await countFromFacts({ table, workspace, deadline: soon() }, nps ?? fail(), scope);
    expect(groups[0]?.counters.countsOn(day.from)).toEqual({ "0-10:9": 1n, "nps-responses": 1n });
  });

  it("start a sum of payments since the beginning at the first fact", async () => {
    const ordersToDate = defineMetric({
      ...(metrics.find(({ id }) => id === "sales") ?? fail()),
      id: "orders-to-date",
      uses: [],
      counters: ["orders"],
      cumulative: ["orders"],
      countsFrom: ["events"],
      increments: { purchased: () => ({ orders: 1 }) },
    });
    const count = async (from: string) => {
      const scope = { filters: {}, range: { from, to: "2025-12-31" } };
      const { groups } = await countFromFacts({ table, workspace, deadline: soon() }, ordersToDate, scope);
      const timeline = groups[0]?.counters.timelineOf("orders");
      return {
        before: timeline?.sumBefore("orders", from),
        within: timeline?.sumBetween("orders", from, "2025-12-31"),
      };
    };
    const all = await count("2024-01-01");
    const late = await count("2025-01-10");
    expect(all.before).toBe(0n);
    expect(late.before).toBeGreaterThan(0n);
    expect((late.before ?? 0n) + (late.within ?? 0n)).toBe(all.within);
  });

  it("show at most 200 values, the most frequent ones, and the rest together", async () => {
    const crowded = await makeWorkspace(table, "crowded");
    const facts = Array.from({ length: 420 }, (_, index) =>
      response(crowded, {
        id: `r${index}`,
        survey: "nps",
        score: 9,
        occurredAt: "2025-03-03T10:00:00Z",
        dimensions: { page: `p${index < 210 ? index : index % 200}` },
      }),
    );
    await recordFacts({ table, workspace: crowded, deadline: soon() }, facts);
    const [nps] = metrics;
    const day = { from: "2025-03-03", to: "2025-03-03" };
    const scope = { filters: {}, groupBy: ["page"], range: day };
    const { groups } = await countFromFacts(
      { table, workspace: crowded, deadline: soon() },
      nps ?? fail(),
      scope,
    );
    expect(groups).toHaveLength(201);
    const sums = new Map(groups.map(({ value, counters }) => [value, counters.countsOn(day.from)["0-10:9"]]));
    expect(sums.get("p0")).toBe(2n);
    expect(sums.get("(other)")).toBe(10n);
    expect([...sums.values()].reduce((a = 0n, b = 0n) => a + b, 0n)).toBe(420n);
    const { remarks } = await ask(crowded, "page", day);
    expect(remarks.map(inEnglish)).toEqual([
      "page has more than 200 values: those that are the rarest count as (other).",
    ]);
  });

  it("say nothing of others where every value has a group of its own", async () => {
    const { remarks, source } = await ask(workspace, "country", range);
    expect({ remarks, source }).toEqual({ remarks: [], source: "facts" });
  });

  it("are refused when too many facts would have to be looked at", async () => {
    const busy = await makeWorkspace(table, "busy");
    const maxFacts = 40;
    const record = (ids: readonly string[]) => {
      const occurredAt = "2025-03-03T10:00:00Z";
      const facts = ids.map((id) => response(busy, { id, survey: "nps", score: 9, occurredAt }));
      return recordFacts({ table, workspace: busy, deadline: soon() }, facts);
    };
    await record(Array.from({ length: maxFacts }, (_, index) => `r${index}`));
    const scope = {
      filters: { page: ["x"] },
      range: { from: "2025-03-01", to: "2025-03-31" },
    };
    const [nps] = metrics;
    const ask = () =>
      countFromFacts({ table, workspace: busy, deadline: soon() }, nps ?? fail(), scope, maxFacts);
    expect(await ask()).toMatchObject({ facts: maxFacts });
    await record(["one-more"]);
    await expect(ask()).rejects.toMatchObject({ code: "too-many-facts" });

    const goal: Goal = {
      id: "nps",
      definition: { metric: "nps", target: { value: 50 }, dueDate: "2025-06-30", filter: { page: "x" } },
      ...{ windowDays: 31, base: scope.range, convention: "0-10", currency: "USD" },
    };
    // Without time every fact is one too many.
    const context = { table, workspace: busy, deadline: deadlineIn(0) };
    const { verdict } = await assessGoal(context, goal, "2025-04-01");
    expect(verdict).toMatchObject({ state: "unknown", reason: { id: "goal.tooDear" } });
  });
});

describe("the registry", () => {
  it("says of every metric with counters from what it counts", () => {
    for (const { id, counters, countsFrom } of metrics) {
      expect(countsFrom !== undefined, id).toBe(counters.length > 0);
    }
  });
});

function fail(): never {
  throw new Error("the metric is missing");
}
