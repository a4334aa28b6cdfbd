import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { segmentOf } from "../../../lib/domain/metrics/counting.ts";
import { type AnyMetric, ownersOf } from "../../../lib/domain/metrics/metric.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { countFromFacts } from "../../../lib/queries/fact-source.ts";
import { without } from "../../../lib/store/counters/combined-counters.ts";
import { type MetricCounters, readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { countsIn } from "../../fixtures/counts-in.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { factArbitrary } from "../../fixtures/fact-arbitraries.ts";
import { event, response } from "../../fixtures/facts.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** Facts of every type, drawn at random, also about customers of whom nothing says how they were won: what is counted again is what counters have. */

let table: TestTable;
let workspace: Workspace;
const soon = () => deadlineIn(120_000);
const range = { from: "2024-12-20", to: "2025-01-20" };
const channels = ["web", "shop", "phone"];
const settings = { trackedDimensions: ["channel"], inactivityDays: 12, engagedTouchpoints: 1 };

beforeAll(async () => {
  table = await startTestTable();
  workspace = await makeWorkspace(table, "w", settings);
  const sent = fc.sample(factArbitrary("2024-12-15", 40, 2), { numRuns: 500, seed: 3 });
  const facts = sent.map(({ route, body }, index) => {
    const make = route === "events" ? event : response;
    return make(workspace, { ...body, id: `f-${index}` });
  });
  await recordFacts({ table, workspace, deadline: soon() }, facts);
});
afterAll(() => table?.stop());

type Counted = Readonly<Record<string, Readonly<Record<string, bigint>>>>;

/** The counts of each group that are not 0. */
function countsOf(metric: AnyMetric, groups: readonly (readonly [string, MetricCounters])[]): Counted {
  return Object.fromEntries(
    groups.flatMap(([group, counters]) => {
      const counts = Object.entries(countsIn(metric, counters, range)).filter(([, sum]) => sum !== 0n);
      return counts.length === 0 ? [] : [[group, Object.fromEntries(counts)] as const];
    }),
  );
}

const all = metrics.filter((metric) => ownersOf(metric).length > 0);
const counted = new Set<string>();

it.each(all)(
  "$id by channel",
  async (metric) => {
    const read = (segment: string) => readMetricCounters(table, workspace.id, metric, { segment, range });
    const own = await Promise.all(channels.map((channel) => read(segmentOf("channel", channel))));
    const rest = without(await read("all"), own);
    const named = channels.flatMap((channel, index) => {
      const counters = own[index];
      return counters ? [[channel, counters] as const] : [];
    });
    const scope = { filters: {}, groupBy: ["channel"], range };
    const { groups } = await countFromFacts({ table, workspace, deadline: soon() }, metric, scope);
    const found = groups.map(({ value = "none", counters }) => [value, counters] as const);
    const expected = countsOf(metric, [...named, ["none", rest]]);
    expect(countsOf(metric, found)).toEqual(expected);
    if (Object.keys(expected).length > 0) counted.add(metric.id);
  },
  60_000,
);

it("nearly all have something to count", () => {
  expect(counted.size).toBeGreaterThan(0.9 * all.length);
});
