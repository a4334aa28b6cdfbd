import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { planSeries } from "../../../lib/domain/metrics/windows.ts";
import { runBroadQuery } from "../../../lib/queries/run-query.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

/** Before which day a workspace has no counters, and what that saves. */

let engine: TestTable;
const deadline = () => deadlineIn(60_000);

beforeAll(async () => {
  engine = await startTestTable();
  await makeWorkspace(engine, "w");
});
afterAll(() => engine.stop());

function textOf(answers: unknown): string {
  return JSON.stringify(answers, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}

async function record(day: string): Promise<string | undefined> {
  const workspace = await currentWorkspace(engine, "w");
  const at = { occurredAt: `${day}T12:00:00Z`, customerId: `c-${day}` };
  const money = { amount: "5.00", currency: "USD" };
  const dimensions = day < "2026-03-03" ? {} : { channel: "web" };
  await recordFacts({ table: engine, workspace, deadline: deadline() }, [
    response(workspace, { id: `r-${day}`, survey: "nps", score: 9, ...at, dimensions }),
    event(workspace, { id: `e-${day}`, type: "purchase.made", orderId: day, money, ...at, dimensions }),
  ]);
  return (await currentWorkspace(engine, "w")).countedFrom;
}

describe("the day before which nothing is counted", () => {
  it("is noted with the first fact, and goes back with each that is earlier", async () => {
    expect((await currentWorkspace(engine, "w")).countedFrom).toBe("9999-12-31");
    expect(await record("2026-03-10")).toBe("2026-03-10");
    expect(await record("2026-04-01")).toBe("2026-03-10");
    expect(await record("2026-03-02")).toBe("2026-03-02");
    expect(await record("2026-03-05")).toBe("2026-03-02");
  });

  it("does not go forward again by who has read the settings before", async () => {
    await makeWorkspace(engine, "slow");
    const before = await currentWorkspace(engine, "slow");
    const at = (day: string) => ({ survey: "nps", score: 9, occurredAt: `${day}T12:00:00Z` });
    for (const [workspace, day] of [
      [await currentWorkspace(engine, "slow"), "2026-03-02"],
      [{ ...before }, "2026-03-10"],
    ] as const) {
      await recordFacts({ table: engine, workspace, deadline: deadline() }, [response(workspace, at(day))]);
    }
    expect((await currentWorkspace(engine, "slow")).countedFrom).toBe("2026-03-02");
  });

  it("never comes after a fact of several who record at once", async () => {
    const days = Array.from({ length: 12 }, (_, index) => `2026-02-${String(index + 10)}`);
    await Promise.all(days.toReversed().map(record));
    expect((await currentWorkspace(engine, "w")).countedFrom).toBe("2026-02-10");
  });

  it.each([
    ["all since then is asked for", "2026-02-01", "2026-04-30"],
    ["the days before are asked for", "2025-10-01", "2025-12-31"],
    ["there is more before", "2026-03-01", "2026-04-30"],
    ["there is more before, and nothing on the first days", "2026-03-09", "2026-03-11"],
    ["a channel is asked for that came later", "2026-03-02", "2026-03-31", "web"],
  ])("changes no answer where %s", async (_, from, to, channel?: string) => {
    const { countedFrom, ...workspace } = await currentWorkspace(engine, "w");
    if (countedFrom === undefined) return expect.fail();
    expect(countedFrom).toBe("2026-02-10");
    const today = "2026-05-01";
    const filters = channel === undefined ? {} : { channel: [channel] };
    const plan = planSeries({ range: { from, to }, granularity: "total", compare: "previous" }, today);
    const ask = async (known: object) => {
      const table = engine.metered();
      const context = { table, workspace: { ...workspace, ...known }, deadline: deadline() };
      const answers = await runBroadQuery(context, {
        metrics,
        ...{ plan, today, filters, settings: {} },
      });
      return { answers, requests: table.used.requests };
    };
    const [noted, looked] = [await ask({ countedFrom }), await ask({})];
    // Metrics have functions, which are the same ones.
    expect(JSON.parse(textOf(noted.answers))).toEqual(JSON.parse(textOf(looked.answers)));
    expect(noted.requests).toBeLessThanOrEqual(looked.requests);
    if (!channel && plan.span.from <= countedFrom && to >= "2026-02-10") {
      // Families of these facts are not looked up any more.
      expect(noted.requests).toBeLessThan(looked.requests);
    }
  });
});
