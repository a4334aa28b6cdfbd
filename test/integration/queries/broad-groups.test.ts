import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loyalty } from "../../../lib/domain/metrics/loyalty.ts";
import { nps } from "../../../lib/domain/metrics/nps.ts";
import { sales } from "../../../lib/domain/metrics/sales.ts";
import { planSeries } from "../../../lib/domain/metrics/windows.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { rollingCounters } from "../../../lib/queries/counter-source.ts";
import { storedFacts } from "../../../lib/queries/fact-source.ts";
import { KeptCounters } from "../../../lib/queries/kept-counters.ts";
import { QueryRefusal } from "../../../lib/queries/refusal.ts";
import { runBroadQuery } from "../../../lib/queries/run-query.ts";
import type { CounterScope, CounterSource } from "../../../lib/queries/source.ts";
import { type ReportScope, readMetricReports, withWhole } from "../../../lib/report/data/metric-reports.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { ReadBudget } from "../../../lib/store/table/budget.ts";
import { tooMany } from "../../../lib/store/table/errors.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { history } from "../../fixtures/histories.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** Several metrics by groups: one that needs all days since the beginning takes nothing from the others. */

let table: TestTable;
let workspace: Workspace;
const soon = () => deadlineIn(120_000);
const range = { from: "2025-02-01", to: "2025-02-08" };
const metrics = [nps, sales, loyalty];

beforeAll(async () => {
  table = await startTestTable();
  workspace = await makeWorkspace(table, "shop", { trackedDimensions: ["channel"] });
  const facts = history(workspace, { seed: 7, facts: 600, from: "2024-12-01", days: 70, customers: 40 });
  await recordFacts({ table, workspace, deadline: soon() }, facts);
});
afterAll(() => table?.stop());

/** A request that may use so many read units. */
function request(units: number) {
  const budget = new ReadBudget(units);
  const metered = table.metered();
  const reading = { ...metered, budget, isEventual: true };
  return { table: reading, workspace, deadline: soon(), kept: new KeptCounters() };
}

/** Counters that refuse some questions about all days since the beginning, as if they cost too much. */
function refusing(isTooMuch: (scope: CounterScope) => boolean): CounterSource {
  return {
    read(context, scope) {
      if (!scope.metrics.includes(loyalty) || !isTooMuch(scope)) return rollingCounters.read(context, scope);
      throw new QueryRefusal({ parameter: "groupBy", detail: "has too many values" }, tooMany("them"));
    },
  };
}

function ask(context: ReturnType<typeof request>, sources: readonly CounterSource[] = [rollingCounters]) {
  const plan = planSeries({ range, granularity: "total" }, range.to);
  const question = { plan, today: range.to, filters: {}, groupBy: ["channel"] };
  return runBroadQuery(context, { metrics, ...question, sources });
}

const groupsOf = (answers: Awaited<ReturnType<typeof ask>>) =>
  answers.map(({ metric, groups, remarks }) => [
    metric.id,
    groups.length,
    remarks.some(({ id }) => id === "remark.groupsLeftOut"),
  ]);

describe("metrics by groups, of which one needs all days since the beginning", () => {
  it("are all told by group where the budget is enough", async () => {
    const context = request(1_000);
    const found = groupsOf(await ask(context));
    expect(found.map(([id, , isLeftOut]) => [id, isLeftOut])).toEqual([
      ["nps", false],
      ["sales", false],
      ["loyalty", false],
    ]);
    for (const [, groups] of found) expect(groups).toBeGreaterThan(2);
  });

  it("are told without the groups of that one where it is not, and it says so", async () => {
    const [first, second, last] = await ask(request(1_000), [
      refusing(({ groupBy }) => Boolean(groupBy?.length)),
    ]);
    for (const answer of [first, second]) expect(answer?.groups.length).toBeGreaterThan(2);
    expect(last).toMatchObject({ metric: loyalty, remarks: [{ id: "remark.groupsLeftOut" }] });
    expect(last?.groups.map(({ group }) => group)).toEqual([undefined]);
  });

  it("are told without that one where not even the whole can be read", async () => {
    const [first, second, last] = await ask(request(1_000), [refusing(() => true)]);
    for (const answer of [first, second]) expect(answer?.groups.length).toBeGreaterThan(2);
    expect(last).toMatchObject({ groups: [], remarks: [{ id: "remark.groupsLeftOut" }] });
  });
});

it("what counters cannot tell is asked of the next source, of that metric too", async () => {
  const plan = planSeries({ range, granularity: "total" }, range.to);
  const question = { plan, today: range.to, filters: { country: ["DE"] }, groupBy: ["channel"] };
  const sources = [rollingCounters, storedFacts];
  const answers = await runBroadQuery(request(10_000), { metrics: [sales, loyalty], ...question, sources });
  for (const { groups, remarks, source } of answers) {
    expect(groups.length).toBeGreaterThan(1);
    expect(source).toBe("facts");
    expect(remarks.map(({ id }) => id)).not.toContain("remark.groupsLeftOut");
  }
});

it("the whole beside the groups is read with them, not again", async () => {
  const context = request(1_000);
  const scope: ReportScope = {
    ...{ metrics, range, today: range.to, groupBy: ["channel"], filters: {} },
    ...{ interval: "total", skipsRestatements: true, skipsGoals: true },
  };
  const shown = await readMetricReports(context, scope);
  const spent = context.table.budget.spent;
  const whole = await withWhole(context, scope, shown);
  expect(context.table.budget.spent).toBe(spent);
  expect(whole.map((one) => one.whole?.total.n)).toEqual(shown.map(() => expect.any(Number)));
});
