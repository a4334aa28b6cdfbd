import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { readLateLog } from "../../../lib/store/snapshots/late-log.ts";
import { listRevisions, readSnapshot } from "../../../lib/store/snapshots/snapshot-items.ts";
import { daysToSnapshot } from "../../../lib/store/snapshots/snapshot-plan.ts";
import { takeDay } from "../../../lib/store/snapshots/snapshots.ts";
import type { Snapshot } from "../../../lib/store/snapshots/stored-snapshot.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { afterRequests, endingAfter } from "../../fixtures/failing.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

/** Snapshot runs that are killed, repeated and overtaken. */

let table: TestTable;
const soon = () => deadlineIn(30_000);
const date = "2025-03-04";

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

async function snapshotted(id: string): Promise<Workspace> {
  const workspace = await makeWorkspace(table, id);
  await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "first")]);
  await takeDay(table, workspace, date, soon());
  return currentWorkspace(table, id);
}

function purchase(workspace: Workspace, id: string) {
  const money = { amount: "10.00", currency: "USD" };
  const fields = { customerId: `c-${id}`, orderId: id, money, occurredAt: `${date}T12:00:00Z` };
  return event(workspace, { id, type: "purchase.made", ...fields });
}

async function isPlanned(workspace: Workspace): Promise<boolean> {
  return (await daysToSnapshot(table, workspace, Date.now())).includes(date);
}

/** All revisions of a metric on the day, the newest last. */
async function revisionsOf(workspace: Workspace, metric: string): Promise<Snapshot[]> {
  const older = await listRevisions(table, workspace.id, metric, { from: date, to: date });
  const newest = await readSnapshot(table, workspace.id, metric, date);
  return newest ? [...older, newest] : older;
}

/** Every late fact is the reason of exactly one revision of every metric that it changes. */
async function expectEachNamedOnce(workspace: Workspace, ids: readonly string[]): Promise<void> {
  for (const { id: metric } of metrics) {
    const revisions = await revisionsOf(workspace, metric);
    const reasons = revisions.flatMap(({ restatedBecause }) => restatedBecause ?? []);
    const isTouched = (revisions.at(-1)?.n ?? 0) > 0 || revisions.length > 1;
    expect(reasons.flatMap((reason) => [...reason.ids]).sort(), metric).toEqual(
      isTouched ? [...ids].sort() : [],
    );
    expect(
      reasons.reduce((sum, { facts }) => sum + facts, 0),
      metric,
    ).toBe(isTouched ? ids.length : 0);
  }
  expect(await readLateLog(table, workspace.id, date)).toEqual([]);
  expect(await isPlanned(workspace)).toBe(false);
}

describe("a snapshot run", () => {
  it("that is killed after any number of requests leaves what the next run puts right", async () => {
    let ended = true;
    for (let requests = 2; ended; requests += 3) {
      const workspace = await snapshotted(`killed-${requests}`);
      await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "late1")]);
      const killed = endingAfter(table, requests);
      await takeDay(killed.table, workspace, date, soon()).catch((error: Error) => {
        expect(error.name).toBe("Ended");
      });
      ended = killed.hasEnded();
      await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "late2")]);
      expect(await isPlanned(workspace)).toBe(true);
      await takeDay(table, workspace, date, soon());
      await expectEachNamedOnce(workspace, ["late1", "late2"]);
    }
  });

  it("beside others, while late facts arrive, names each fact once", async () => {
    const workspace = await snapshotted("busy");
    const ids = Array.from({ length: 40 }, (_, index) => `late${index}`);
    const writing = (async () => {
      for (const id of ids)
        await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, id)]);
    })();
    const running = Array.from({ length: 3 }, async () => {
      for (let run = 0; run < 6; run += 1) await takeDay(table, workspace, date, soon());
    });
    await Promise.all([writing, ...running]);
    if (await isPlanned(workspace)) await takeDay(table, workspace, date, soon());
    const sales = await revisionsOf(workspace, "sales");
    const reasons = sales.flatMap(({ restatedBecause }) => restatedBecause ?? []);
    expect(reasons.reduce((sum, { facts }) => sum + facts, 0)).toBe(ids.length);
    expect(sales.at(-1)?.n).toBe(ids.length + 1);
    const named = reasons.flatMap((reason) => [...reason.ids]);
    expect(new Set(named).size).toBe(named.length);
    expect(await isPlanned(workspace)).toBe(false);
  });

  it("names a fact that arrives after it has read the log, because it reads both again", async () => {
    const workspace = await snapshotted("between");
    await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "late1")]);
    let readings = 0;
    const slow = afterRequests(table, async ({ commandName, input }) => {
      const isLog = commandName === "QueryCommand" && JSON.stringify(input).includes("#late");
      if (!isLog) return;
      readings += 1;
      if (readings === 1)
        await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "late2")]);
    });
    await takeDay(slow, workspace, date, soon());
    expect(readings).toBeGreaterThan(2);
    const [, ...restated] = await revisionsOf(workspace, "sales");
    expect(restated).toMatchObject([{ restatedBecause: { facts: 2, ids: ["late1", "late2"] } }]);
    await expectEachNamedOnce(workspace, ["late1", "late2"]);
  });

  it("that is overtaken between reading and writing takes nothing back", async () => {
    const workspace = await snapshotted("overtaken");
    await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "late1")]);
    let readings = 0;
    const slow = afterRequests(table, async ({ commandName, input }) => {
      const isLog = commandName === "QueryCommand" && JSON.stringify(input).includes("#late");
      if (!isLog) return;
      readings += 1;
      if (readings !== 2) return;
      await takeDay(table, workspace, date, soon());
      await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "late2")]);
      await takeDay(table, workspace, date, soon());
    });
    await takeDay(slow, workspace, date, soon());
    const revisions = await revisionsOf(workspace, "sales");
    expect(revisions.map(({ revision, n }) => [revision, n])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    await expectEachNamedOnce(workspace, ["late1", "late2"]);
  });

  it("finds nothing to say about facts whose effects cancelled out, also in the next revision", async () => {
    const workspace = await snapshotted("cancelled");
    const joined = (id: string, type: string) =>
      event(workspace, { id, type, customerId: "d", occurredAt: `${date}T12:00:00Z` });
    await recordFacts({ table, workspace, deadline: soon() }, [joined("in", "customer.joined")]);
    await takeDay(table, workspace, date, soon());
    await recordFacts({ table, workspace, deadline: soon() }, [joined("out", "customer.left")]);
    // The customer who came and left again counts as one new and one lost: only the balance is as before.
    await takeDay(table, workspace, date, soon());
    await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "late")]);
    await takeDay(table, workspace, date, soon());
    const reasons = (await revisionsOf(workspace, "customers")).map(
      ({ restatedBecause }) => restatedBecause?.ids,
    );
    expect(reasons).toEqual([undefined, ["in"], ["out"], ["late"]]);
  });
});
