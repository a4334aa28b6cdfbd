import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { customer } from "../../../lib/domain/entities/customer.ts";
import type { Settings, Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { recountEntity } from "../../../lib/store/ledger/recount.ts";
import { changeSettings } from "../../../lib/store/settings/workspaces.ts";
import { readLateLog } from "../../../lib/store/snapshots/late-log.ts";
import { listRevisions, readSnapshot } from "../../../lib/store/snapshots/snapshot-items.ts";
import { daysToSnapshot } from "../../../lib/store/snapshots/snapshot-plan.ts";
import { takeDay } from "../../../lib/store/snapshots/snapshots.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

let table: TestTable;
let made = 0;
const soon = () => deadlineIn(20_000);

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

/** A workspace whose first ten days of March 2025 have their snapshots. */
async function snapshotted(settings: Partial<Settings> = {}): Promise<Workspace> {
  made += 1;
  const workspace = await makeWorkspace(table, `w${made}`, settings);
  const answers = Array.from({ length: 10 }, (_, index) => answer(workspace, `first${index}`, index + 1));
  await recordFacts({ table, workspace, deadline: soon() }, answers);
  for (let day = 1; day <= 10; day += 1) await takeDay(table, workspace, dayOfMarch(day), soon());
  return currentWorkspace(table, workspace.id);
}

const dayOfMarch = (day: number) => `2025-03-${String(day).padStart(2, "0")}`;

function answer(workspace: Workspace, id: string, day: number, score = 9) {
  const occurredAt = `${dayOfMarch(day)}T12:00:00Z`;
  return response(workspace, { id, survey: "nps", score, occurredAt });
}

function purchase(workspace: Workspace, id: string, day: number, customerId = "c") {
  const money = { amount: "10.00", currency: "USD" };
  const occurredAt = `${dayOfMarch(day)}T12:00:00Z`;
  return event(workspace, { id, type: "purchase.made", customerId, orderId: id, money, occurredAt });
}

/** What the hourly run does. */
async function restate(workspace: Workspace): Promise<string[]> {
  const last = dayOfMarch(28);
  const days = (await daysToSnapshot(table, workspace, Date.now())).filter((day) => day <= last);
  for (const day of days) await takeDay(table, workspace, day, soon());
  return days;
}

const snapshot = (workspace: Workspace, metric: string, day: number) =>
  readSnapshot(table, workspace.id, metric, dayOfMarch(day));

describe("a late fact", () => {
  it("is named in the reason for the day's new revision, and no other day gets one", async () => {
    const workspace = await snapshotted();
    const facts = [answer(workspace, "late1", 4), answer(workspace, "late2", 4, 2)];
    await recordFacts({ table, workspace, deadline: soon() }, facts);
    expect(await restate(workspace)).toEqual(["2025-03-04"]);
    expect(await snapshot(workspace, "nps", 4)).toMatchObject({
      revision: 2,
      n: 3,
      restatedBecause: {
        facts: 2,
        ids: ["late1", "late2"],
        causes: ["recorded"],
        counters: { "0-10:9": 1n, "0-10:2": 1n },
      },
    });
    expect((await snapshot(workspace, "csat", 4))?.revision).toBe(1);
    for (const day of [1, 2, 3, 5, 6, 7, 8, 9, 10]) {
      expect((await snapshot(workspace, "nps", day))?.revision).toBe(1);
    }
    expect(await readLateLog(table, workspace.id, "2025-03-04")).toEqual([]);
    expect(await restate(workspace)).toEqual([]);
  });

  it("names the purchase that moved a loss on another day, once for a metric that reads two families", async () => {
    const workspace = await snapshotted({ inactivityDays: 3 });
    await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "p1", 2)]);
    await restate(workspace);
    await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "p2", 4)]);
    expect(await restate(workspace)).toEqual(["2025-03-04", "2025-03-05", "2025-03-07"]);
    const reason = { facts: 1, ids: ["p2"], causes: ["recorded"] };
    const churnOn = async (day: number) => (await snapshot(workspace, "churn-rate", day))?.restatedBecause;
    expect(await churnOn(5)).toMatchObject({ ...reason, counters: { lost: -1n, lostDay: -1n } });
    expect(await churnOn(7)).toMatchObject({ ...reason, counters: { lost: 1n, lostDay: 1n } });
    expect((await snapshot(workspace, "clv", 4))?.restatedBecause).toMatchObject(reason);
    expect((await snapshot(workspace, "sales", 5))?.revision).toBe(1);
    // Lifetime value reads customers and sales: the first purchase touched both on one day.
    expect((await snapshot(workspace, "clv", 2))?.restatedBecause).toMatchObject({ facts: 1, ids: ["p1"] });
  });

  it("that came before the day's snapshot is in no reason", async () => {
    const workspace = await makeWorkspace(table, "early");
    await recordFacts({ table, workspace, deadline: soon() }, [
      answer(workspace, "a", 1),
      answer(workspace, "b", 1),
    ]);
    await takeDay(table, workspace, "2025-03-01", soon());
    await recordFacts({ table, workspace: await currentWorkspace(table, workspace.id), deadline: soon() }, [
      answer(workspace, "late", 1),
    ]);
    await takeDay(table, workspace, "2025-03-01", soon());
    const { restatedBecause } = (await snapshot(workspace, "nps", 1)) ?? {};
    expect(restatedBecause).toMatchObject({ facts: 1, ids: ["late"] });
  });

  it("keeps the history of the reasons", async () => {
    const workspace = await snapshotted();
    for (const id of ["x", "y", "z"]) {
      await recordFacts({ table, workspace, deadline: soon() }, [answer(workspace, id, 6)]);
      await restate(workspace);
    }
    const day = { from: "2025-03-06", to: "2025-03-06" };
    const revisions = await listRevisions(table, workspace.id, "nps", day);
    expect(revisions.map(({ revision, restatedBecause }) => [revision, restatedBecause?.ids])).toEqual([
      [1, undefined],
      [2, ["x"]],
      [3, ["y"]],
    ]);
    expect((await snapshot(workspace, "nps", 6))?.restatedBecause?.ids).toEqual(["z"]);
  });

  it("among 3,000 on one day is counted, and the first hundred are named, whatever the size of the batches", async () => {
    const workspace = await snapshotted();
    const late = Array.from({ length: 3_000 }, (_, index) => answer(workspace, `late-${index}`, 3));
    for (const fact of late.slice(0, 150)) await recordFacts({ table, workspace, deadline: soon() }, [fact]);
    for (let start = 150; start < late.length; start += 475) {
      await recordFacts({ table, workspace, deadline: soon() }, late.slice(start, start + 475));
    }
    await restate(workspace);
    const { restatedBecause, seen } = (await snapshot(workspace, "nps", 3)) ?? {};
    expect(restatedBecause).toMatchObject({ facts: 3_000, causes: ["recorded"] });
    expect(restatedBecause?.ids).toEqual(late.slice(0, 100).map(({ fact }) => fact.id));
    expect(seen?.log.length).toBeLessThanOrEqual(100);
    expect(await readLateLog(table, workspace.id, "2025-03-03")).toEqual([]);
  });
});

describe("a change that is about no fact", () => {
  it("says that the settings were changed", async () => {
    const workspace = await snapshotted();
    await recordFacts({ table, workspace, deadline: soon() }, [purchase(workspace, "p", 2)]);
    await restate(workspace);
    const changed = await changeSettings(table, await currentWorkspace(table, workspace.id), {
      inactivityDays: 5,
    });
    await recountEntity(
      { table, workspace: changed ?? workspace, deadline: soon() },
      { entity: customer, id: "c" },
    );
    expect(await restate(workspace)).toEqual(["2025-03-07"]);
    expect((await snapshot(workspace, "customers", 7))?.restatedBecause).toMatchObject({
      facts: 0,
      ids: [],
      causes: ["settings"],
    });
  });
});

describe("the log of late facts", () => {
  it("is not written for days without a snapshot", async () => {
    const workspace = await makeWorkspace(table, "backfill");
    const facts = Array.from({ length: 20 }, (_, index) => answer(workspace, `b${index}`, index + 1));
    await recordFacts({ table, workspace, deadline: soon() }, facts);
    const { Items = [] } = await table.client.send(
      new ScanCommand({
        TableName: table.name,
        FilterExpression: "begins_with(pk, :late)",
        ExpressionAttributeValues: { ":late": "W#backfill#late#" },
        Limit: 1_000,
      }),
    );
    expect(Items).toEqual([]);
  });

  it("costs at most 3 write units for a late answer", async () => {
    const workspace = await snapshotted();
    const metered = table.metered();
    const cost = async (id: string, day: number) => {
      metered.reset();
      await recordFacts({ table: metered, workspace, deadline: soon() }, [answer(workspace, id, day)]);
      return metered.used.writeUnits;
    };
    await cost("warm", 12);
    const elsewhere = await cost("elsewhere", 12);
    await cost("warm-late", 5);
    expect((await cost("late", 5)) - elsewhere).toBeLessThanOrEqual(3);
  });
});
