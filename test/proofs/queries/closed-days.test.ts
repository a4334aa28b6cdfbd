import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnyMetric, ownersOf } from "../../../lib/domain/metrics/metric.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { closedDays } from "../../../lib/queries/closed-days/closed-days.ts";
import { countFromFacts } from "../../../lib/queries/fact-source.ts";
import { readMetricCounters } from "../../../lib/store/counters/counters.ts";
import type { Files } from "../../../lib/store/files/bucket.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { noValue } from "../../../lib/store/records/dimensions.ts";
import { readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import type { Table } from "../../../lib/store/table/client.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { onTable, withFiles } from "../../fixtures/archived.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { countsIn } from "../../fixtures/counts-in.ts";
import { history } from "../../fixtures/histories.ts";
import { serviceHistory } from "../../fixtures/service-history.ts";
import { webHistory } from "../../fixtures/web-history.ts";

/** Counters counted from the files of closed days equal the rolling counters, and those counted from the table. */

let test: ApiCloud;
let api: ApiClient;
const soon = () => deadlineIn(120_000);
const range = { from: "2024-12-20", to: "2025-01-20" };
const scopeOf = (metric: AnyMetric) => ({ metrics: [metric], range, entriesPerGroup: 1, isCompared: false });

beforeAll(async () => {
  test = await ApiCloud.start({}, true);
  api = await test.workspace({
    ...{ timeZone: "Asia/Tokyo", trackedDimensions: ["channel"], inactivityDays: 12, engagedTouchpoints: 1 },
    linkOrders: true,
  });
  await within(async ({ table, workspace }) => {
    const record = (facts: Parameters<typeof recordFacts>[1]) =>
      recordFacts({ table, workspace, deadline: soon() }, facts);
    await record(history(workspace, { seed: 7, facts: 700, from: "2024-12-01", days: 60, customers: 60 }));
    await record(webHistory(workspace, { seed: 8, factsOfType: 60, from: "2024-12-15", days: 40 }));
    await record(serviceHistory(workspace, { seed: 8, tickets: 50, from: "2024-12-10", days: 40 }));
  });
  await test.hour();
});
afterAll(() => test?.end());

interface Within {
  readonly table: Table;
  readonly files: Files;
  readonly workspace: Workspace;
}

function within<Result>(work: (context: Within) => Promise<Result>): Promise<Result> {
  return withFiles(test.cloud, (files) =>
    onTable(test.cloud, async (table) => {
      const workspace = await readWorkspace(table, api.workspace);
      if (!workspace) throw new Error("there is no workspace");
      return work({ table, files, workspace });
    }),
  );
}

/** A metric's groups from the files, by name. */
async function fromFiles(
  { table, files, workspace }: Within,
  metric: AnyMetric,
  asked: { readonly filters?: Record<string, string[]>; readonly groupBy?: string[] },
) {
  const context = { table, files, workspace, deadline: soon() };
  const scope = { ...scopeOf(metric), filters: asked.filters ?? {}, groupBy: asked.groupBy };
  const read = (await closedDays.read(context, scope))?.get(metric);
  expect(read?.source).toBe("files");
  return new Map(read?.groups.map(({ group, counters }) => [group, countsIn(metric, counters, range)]));
}

/** What is counted from facts. */
const countedMetrics = metrics.filter(({ isFromModel }) => !isFromModel);

async function expectEqual(): Promise<void> {
  await within(async (context) => {
    const { table, workspace } = context;
    let withData = 0;
    for (const [index, metric] of countedMetrics.entries()) {
      const channel = index % 2 === 0 ? "web" : "shop";
      for (const segment of ["all", `channel=${channel}`]) {
        const filters = segment === "all" ? {} : { channel: [channel] };
        const read = { segment, range };
        const counters = await readMetricCounters(table, workspace.id, metric, read);
        const expected = countsIn(metric, counters, range);
        const files = await fromFiles(context, metric, { filters });
        expect({ id: metric.id, segment, ...files.get(undefined) }).toEqual({
          ...{ id: metric.id, segment },
          ...expected,
        });
        if (segment === "all" && Object.keys(expected).length > 0) withData += 1;
      }
    }
    expect(withData).toBeGreaterThan(0.9 * countedMetrics.length);
  });
}

describe("counters counted from the files of closed days", () => {
  it(
    "equal the rolling counters on every day, for every metric, in a segment and in all",
    expectEqual,
    300_000,
  );

  it("equal those counted from the table, for any dimensions, fields, hours and weekdays", async () => {
    const asked = [
      { groupBy: ["country", "channel"] },
      { groupBy: ["hour"], filters: { channel: ["web", "(none)"] } },
      { groupBy: ["weekday", "touchpoint", "reason"] },
      { filters: { channel: ["(other)"] }, groupBy: ["page"] },
      { filters: { country: ["DE", "FR"], weekday: ["monday", "sunday"] } },
    ];
    await within(async (context) => {
      const { table, workspace } = context;
      // Neighbours in the catalogue count much the same: each is asked two of the questions in turn.
      for (const [index, metric] of metrics.filter((one) => ownersOf(one).length > 0).entries()) {
        for (const question of asked.filter((_, which) => (index + which) % asked.length < 2)) {
          const files = await fromFiles(context, metric, question);
          const scope = { filters: {}, ...question, range };
          const stored = await countFromFacts({ table, workspace, deadline: soon() }, metric, scope);
          const isGrouped = "groupBy" in question;
          const expected = stored.groups.map(
            ({ value, counters }) =>
              [isGrouped ? (value ?? noValue) : undefined, countsIn(metric, counters, range)] as const,
          );
          expect({ id: metric.id, question, files: Object.fromEntries(files) }).toEqual({
            ...{ id: metric.id, question, files: Object.fromEntries(expected) },
          });
        }
      }
    });
  }, 300_000);

  it("have what came late, what was taken out and who was erased, before and after the files are written anew", async () => {
    const late = (customerId: string, on: string) => ({
      ...{ type: "purchase.made", id: `late-${customerId}`, orderId: `late-${customerId}`, customerId },
      ...{ money: { amount: "5.00", currency: "EUR" }, dimensions: { channel: "web" } },
      occurredAt: `${on}T10:00:00Z`,
    });
    await api.recordAll("events", [late("late", "2024-12-28"), late("c1", "2025-01-03")]);
    const { json } = await api.send<{ items: { id: string }[] }>(
      "GET",
      "/v1/responses?limit=1&from=2024-12-20&to=2025-01-20",
    );
    const change = { body: { excluded: true, reason: "test" } };
    expect((await api.send("PATCH", `/v1/responses/${json.items[0]?.id}`, change)).status).toBe(200);
    expect((await api.send("DELETE", "/v1/customers?customerId=late")).status).toBe(200);
    await expectEqual();
    await test.hour();
    await expectEqual();
  }, 600_000);
});
