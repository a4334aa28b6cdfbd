import { QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageSpeed } from "../../../lib/domain/metrics/page-speed.ts";
import { findMetric } from "../../../lib/domain/metrics/registry.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { packDays } from "../../../lib/store/counters/pack-days.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { reconcile } from "../../../lib/store/reconciliation/reconciliation.ts";
import { readSnapshot } from "../../../lib/store/snapshots/snapshot-items.ts";
import { takeDay } from "../../../lib/store/snapshots/snapshots.ts";
import { counterPartition } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";
import { afterRequests } from "../../fixtures/failing.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

let table: TestTable;
let workspace: Workspace;
const soon = () => deadlineIn(20_000);
const date = "2025-03-04";
const range = { from: date, to: date };

beforeAll(async () => {
  table = await startTestTable();
  workspace = await makeWorkspace(table, "packed");
  // Every score once: eleven cells.
  await answer(...Array.from({ length: 11 }, (_, score) => score));
});

afterAll(() => table.stop());

let sent = 0;

async function answer(...scores: number[]): Promise<void> {
  const answers = scores.map((score) => {
    sent += 1;
    const occurredAt = `${date}T12:00:00Z`;
    return response(workspace, { id: `a${sent}`, survey: "nps", score, occurredAt });
  });
  await recordFacts({ table, workspace, deadline: soon() }, answers);
}

const isCell = (name: string) => name.includes(":");

const snapshot = () => readSnapshot(table, workspace.id, "nps", date);

async function items(): Promise<Record<string, unknown>[]> {
  const { Items } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": counterPartition(workspace.id, "nps", "all") },
      ConsistentRead: true,
    }),
  );
  return Items ?? [];
}

async function counts(): Promise<Record<string, bigint>> {
  const nps = findMetric("nps");
  if (!nps) throw new Error("no metric");
  const read = await readMetricCounters(table, workspace.id, nps, { segment: "all", range });
  return Object.fromEntries(Object.entries(read.countsOn(date)).filter(([name]) => isCell(name)));
}

describe("the cells of a day that is closed", () => {
  it("are packed with its snapshot, and every sum stays as it was", async () => {
    const before = await counts();
    expect(Object.keys(before)).toHaveLength(11);
    await takeDay(table, workspace, date, soon());
    const [item, ...others] = await items();
    expect(others).toEqual([]);
    expect(Object.keys(item ?? {}).filter(isCell)).toEqual([]);
    expect(item?.["p"]).toBeInstanceOf(Uint8Array);
    expect(await counts()).toEqual(before);
    expect(await snapshot()).toMatchObject({ revision: 1, n: 11 });
    expect(await takeDay(table, workspace, date, soon())).toMatchObject({ restated: 0 });
  });

  it("take late facts beside the pack, which is packed again where that is worth it", async () => {
    await answer(9, 9, 0);
    expect(await counts()).toMatchObject({ "0-10:9": 3n, "0-10:0": 2n, "0-10:5": 1n });
    await takeDay(table, workspace, date, soon());
    expect(await snapshot()).toMatchObject({ revision: 2, n: 14 });
    expect((await items()).flatMap((item) => Object.keys(item).filter(isCell)).sort()).toEqual([
      "0-10:0",
      "0-10:9",
    ]);
    await answer(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    await takeDay(table, workspace, date, soon());
    expect((await items()).flatMap((item) => Object.keys(item).filter(isCell))).toEqual([]);
    expect(await counts()).toMatchObject({ "0-10:9": 4n, "0-10:0": 3n, "0-10:5": 2n });
    expect(await snapshot()).toMatchObject({ revision: 3, n: 25 });
  });

  it("stay complete when two runs pack them at once and a fact comes before the slower one is through", async () => {
    const busy = await makeWorkspace(table, "packed-twice");
    // Each of these times is a cell of its own: more than one request can pack.
    const times = Array.from({ length: 300 }, (_, index) => Math.round(50 * 1.035 ** index));
    const load = (milliseconds: number) =>
      event(busy, { type: "page.loaded", milliseconds, occurredAt: `${date}T12:00:00Z` });
    await recordFacts({ table, workspace: busy, deadline: soon() }, times.map(load));
    const scope = { segment: "all", range };
    const read = () => readMetricCounters(table, busy.id, pageSpeed, scope);
    const [faster, slower] = [await read(), await read()];
    const before = faster.countsOn(date);
    await packDays(table, faster.unpacked);
    const late = { ...load(50), fact: { ...load(50).fact, id: "late" } };
    const overtaken = afterRequests(table, async ({ commandName }) => {
      if (commandName?.startsWith("Update"))
        await recordFacts({ table, workspace: busy, deadline: soon() }, [late]);
    });
    await packDays(overtaken, slower.unpacked);
    await recordFacts({ table, workspace: busy, deadline: soon() }, [late]);
    const after = (await read()).countsOn(date);
    expect(Object.keys(after).filter(isCell)).toHaveLength(Object.keys(before).filter(isCell).length);
    expect(Object.keys(before).filter(isCell).length).toBeGreaterThan(200);
    expect(after).toMatchObject({ loads: 301n, milliseconds: (before["milliseconds"] ?? 0n) + 50n });
  });

  it("are what a reconciliation finds in the facts, and are put right where they are not", async () => {
    const check = (repair: boolean) => reconcile(table, workspace, range, repair, soon());
    expect(await check(false)).toMatchObject({ differences: [], unsettled: 0 });
    const [item] = await items();
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: item?.["pk"], sk: item?.["sk"] },
        UpdateExpression: "ADD #cell :five",
        ExpressionAttributeNames: { "#cell": "0-10:7" },
        ExpressionAttributeValues: { ":five": 5 },
      }),
    );
    expect((await check(true)).differences).toMatchObject([
      { counter: "0-10:7", counted: 7n, recounted: 2n },
    ]);
    expect(await check(false)).toMatchObject({ differences: [], unsettled: 0 });
    expect(await counts()).toMatchObject({ "0-10:7": 2n });
  });
});
