import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, eachDay } from "../../../lib/domain/calendar/days.ts";
import type { Submission } from "../../../lib/domain/facts/parse.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { reconcile } from "../../../lib/store/reconciliation/reconciliation.ts";
import { listRevisions, listSnapshots } from "../../../lib/store/snapshots/snapshot-items.ts";
import { daysToSnapshot } from "../../../lib/store/snapshots/snapshot-plan.ts";
import { takeDay } from "../../../lib/store/snapshots/snapshots.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { history, shuffled } from "../../fixtures/histories.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";
import { seededRandom } from "../../unit/domain/metrics/statistics/random.ts";

/** Facts in any order, with snapshots taken in between, end in the same snapshots. */

let table: TestTable;
const soon = () => deadlineIn(60_000);
const from = "2024-12-20";
const shape = { facts: 160, from, days: 24, customers: 14 };
/** Others, with `SHUFFLED_SEEDS=1,2,3 npx vitest run test/proofs/late/shuffled.test.ts`. */
const seeds = (process.env["SHUFFLED_SEEDS"] ?? "11").split(",").map(Number);
const settings = { trackedDimensions: ["channel"], inactivityDays: 6, linkOrders: true };

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

/** The hourly run: every marked day. */
async function run(workspace: Workspace): Promise<void> {
  const last = addDays(from, 60);
  for (const day of await daysToSnapshot(table, workspace, Date.now())) {
    if (day <= last) await takeDay(table, workspace, day, soon());
  }
}

async function recordAll(
  id: string,
  facts: (workspace: Workspace) => readonly Submission[],
  random: () => number,
  runs: number,
): Promise<Workspace> {
  const made = await makeWorkspace(table, id, settings);
  const all = facts(made);
  for (let start = 0; start < all.length; ) {
    const size = 1 + Math.floor(random() * 40);
    const workspace = await currentWorkspace(table, id);
    await recordFacts({ table, workspace, deadline: soon() }, all.slice(start, start + size));
    start += size;
    if (random() < runs) await run(workspace);
  }
  await run(made);
  return currentWorkspace(table, id);
}

/** What every metric's newest snapshot says of every day that has facts. */
async function said(workspace: Workspace) {
  const range = { from, to: addDays(from, 60) };
  const byMetric = metrics.map(async ({ id }) => {
    const snapshots = await listSnapshots(table, workspace.id, id, range, 1_000);
    return snapshots
      .filter(({ counts }) => Object.keys(counts).length > 0)
      .map(({ date, counts }) => ({ metric: id, date, counts }));
  });
  return (await Promise.all(byMetric)).flat();
}

describe("facts in any order, with snapshots taken in between", () => {
  for (const seed of seeds) {
    it(`end in the same snapshots as in order (seed ${seed})`, async () => {
      const inOrder = (workspace: Workspace) => history(workspace, { ...shape, seed });
      const ordered = await recordAll(`ordered-${seed}`, inOrder, seededRandom(seed), 0);
      const random = seededRandom(seed * 7);
      const mixed = await recordAll(
        `mixed-${seed}`,
        (workspace) => shuffled(random, [...inOrder(workspace), ...inOrder(workspace).slice(0, 30)]),
        random,
        0.4,
      );
      expect(await said(mixed)).toEqual(await said(ordered));
      expect(
        (await reconcile(table, mixed, { from, to: addDays(from, 60) }, false, soon())).differences,
      ).toEqual([]);
      await expectReasonsToAddUp(mixed);
    });
  }
});

/** Every revision's counters are those of the one before and what its reason says; no fact is the reason twice. */
async function expectReasonsToAddUp(workspace: Workspace): Promise<void> {
  let restated = 0;
  for (const { id } of metrics) {
    const range = { from, to: addDays(from, 60) };
    const older = await listRevisions(table, workspace.id, id, range);
    const newest = await listSnapshots(table, workspace.id, id, range, 1_000);
    for (const date of eachDay(range.from, range.to)) {
      const revisions = [...older, ...newest].filter((snapshot) => snapshot.date === date);
      const reasons = revisions.flatMap(({ restatedBecause }) => restatedBecause ?? []);
      expect(reasons).toHaveLength(Math.max(0, revisions.length - 1));
      restated += reasons.length;
      const sums = new Map<string, number>();
      const add = (counters: Readonly<Record<string, number | bigint>>) => {
        for (const [name, sum] of Object.entries(counters))
          sums.set(name, (sums.get(name) ?? 0) + Number(sum));
      };
      add(revisions[0]?.counts ?? {});
      for (const { counters } of reasons) add(counters);
      const last = Object.entries(revisions.at(-1)?.counts ?? {}).map(([name, sum]) => [name, Number(sum)]);
      expect([...sums].filter(([, sum]) => sum !== 0).sort()).toEqual(last.sort());
      for (const reason of reasons) {
        expect(reason.facts).toBeGreaterThan(0);
        expect(reason.ids).toHaveLength(reason.facts);
      }
      const named = reasons.flatMap(({ ids }) => ids);
      expect(new Set(named).size).toBe(named.length);
    }
  }
  expect(restated).toBeGreaterThan(20);
}
