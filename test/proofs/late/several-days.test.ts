import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, type Day, eachDay } from "../../../lib/domain/calendar/days.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { listRevisions, listSnapshots } from "../../../lib/store/snapshots/snapshot-items.ts";
import { daysToSnapshot } from "../../../lib/store/snapshots/snapshot-plan.ts";
import { takeDay, takeDays } from "../../../lib/store/snapshots/snapshots.ts";
import type { Table } from "../../../lib/store/table/client.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";
import { afterRequests } from "../../fixtures/failing.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

/** Snapshots of many days, which are read together. */

let table: TestTable;
const soon = () => deadlineIn(120_000);

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

const first = "2024-12-20";
const dayOf = (index: number) => addDays(first, index);

function purchase(workspace: Workspace, id: string, day: Day) {
  const money = { amount: "10.00", currency: "USD" };
  const fields = { customerId: "c", orderId: id, money, occurredAt: `${day}T12:00:00Z` };
  return event(workspace, { id, type: "purchase.made", ...fields });
}

function answer(workspace: Workspace, id: string, day: Day) {
  return response(workspace, { id, survey: "esat", score: 4, occurredAt: `${day}T10:00:00Z` });
}

const record = async (id: string, make: (workspace: Workspace) => ReturnType<typeof purchase>[]) => {
  const workspace = await currentWorkspace(table, id);
  await recordFacts({ table, workspace, deadline: soon() }, make(workspace));
};

/** A customer who buys on many days, over the end of a year, and answers on some of them. */
async function customerWithDays(id: string, days: number): Promise<void> {
  await makeWorkspace(table, id, { inactivityDays: 20 });
  await record(id, (workspace) =>
    Array.from({ length: days }, (_, index) => purchase(workspace, `p${index}`, dayOf(index))),
  );
  await record(id, (workspace) =>
    Array.from({ length: 8 }, (_, index) => {
      const occurredAt = `${dayOf(index * 5)}T10:00:00Z`;
      return response(workspace, { id: `a${index}`, survey: "nps", score: index, occurredAt });
    }),
  );
}

/** What the next hourly run does with the days of the facts. */
async function nextRun(id: string, through: Table = table): Promise<Day[]> {
  const workspace = await currentWorkspace(table, id);
  const days = (await daysToSnapshot(through, workspace, Date.now())).filter((day) => day < "2026-01-01");
  for await (const { date } of takeDays(through, workspace, days, soon())) expect(days).toContain(date);
  return days;
}

/** All revisions of all metrics, without when they were taken and how often they were looked at. */
async function allSnapshots(id: string): Promise<object[]> {
  const range = { from: first, to: "2025-12-31" };
  const listed = metrics.map(async ({ id: metric }) => [
    ...(await listRevisions(table, id, metric, range)),
    ...(await listSnapshots(table, id, metric, range, Number.POSITIVE_INFINITY)),
  ]);
  return (await Promise.all(listed))
    .flat()
    .map(({ takenAt: _at, checks: _checks, seen: { log: _log, ...seen }, ...rest }) => ({ ...rest, seen }));
}

describe("days that are read together", () => {
  it("get the snapshots, and the restatements, that they get one by one", async () => {
    const late = (workspace: Workspace) => [purchase(workspace, "late", addDays(first, -3))];
    for (const id of ["together", "one-by-one"]) await customerWithDays(id, 34);
    await nextRun("together");
    await record("together", late);
    await nextRun("together");
    for (const add of [undefined, late]) {
      if (add) await record("one-by-one", add);
      const workspace = await currentWorkspace(table, "one-by-one");
      for (const day of await daysToSnapshot(table, workspace, Date.now())) {
        if (day < "2026-01-01") await takeDay(table, workspace, day, soon());
      }
    }
    const snapshots = await allSnapshots("together");
    expect(snapshots.length).toBeGreaterThan(35 * metrics.length);
    expect(snapshots).toEqual(await allSnapshots("one-by-one"));
  });

  it("are taken one by one where late facts arrive meanwhile, and each fact is named once", async () => {
    await customerWithDays("meanwhile", 10);
    await nextRun("meanwhile");
    await record("meanwhile", (workspace) => [answer(workspace, "late1", dayOf(2))]);
    let logs = 0;
    const slow = afterRequests(table, async ({ commandName, input }) => {
      if (commandName !== "QueryCommand" || !JSON.stringify(input).includes("#late")) return;
      logs += 1;
      if (logs === 1) await record("meanwhile", (workspace) => [answer(workspace, "late2", dayOf(3))]);
    });
    await nextRun("meanwhile", slow);
    await nextRun("meanwhile");
    for (const [index, ids] of [
      [2, ["late1"]],
      [3, ["late2"]],
    ] as const) {
      const range = { from: dayOf(index), to: dayOf(index) };
      const [esat] = await listSnapshots(table, "meanwhile", "esat", range, 1);
      expect(esat).toMatchObject({ revision: 2, n: 1, restatedBecause: { facts: 1, ids } });
    }
    expect(await nextRun("meanwhile")).toEqual([]);
  });

  it("that are interrupted keep those that were taken", async () => {
    await customerWithDays("interrupted", 5);
    const workspace = await currentWorkspace(table, "interrupted");
    const days = eachDay(first, dayOf(4));
    const taken: Day[] = [];
    for await (const { date } of takeDays(table, workspace, days, soon())) {
      taken.push(date);
      if (taken.length === 2) break;
    }
    expect(taken).toEqual(days.slice(0, 2));
    const range = { snapshotsFrom: first, snapshotsTo: dayOf(1) };
    expect(await currentWorkspace(table, "interrupted")).toMatchObject(range);
    expect(await nextRun("interrupted")).not.toContain(first);
  });

  it("cost few request units each, also where one backdated fact changed them all", async () => {
    await customerWithDays("dear", 62);
    const metered = table.metered();
    const unitsADay = async () => {
      metered.reset();
      const { length } = await nextRun("dear", metered);
      expect(length).toBeGreaterThan(60);
      return { read: metered.used.readUnits / length, written: metered.used.writeUnits / length };
    };
    const whenTaken = await unitsADay();
    expect(whenTaken.read).toBeLessThan(7);
    expect(whenTaken.written).toBeLessThan(metrics.length + 8);
    await record("dear", (workspace) => [purchase(workspace, "late", addDays(first, -3))]);
    const whenRestated = await unitsADay();
    expect(whenRestated.read).toBeLessThan(12);
    expect(whenRestated.written).toBeLessThan(15);
  });
});
