import { DeleteCommand, type TransactWriteCommandInput, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { type Reconciliation, reconcile } from "../../../lib/store/reconciliation/reconciliation.ts";
import { stepOn } from "../../../lib/store/reconciliation/steps.ts";
import { beginJob } from "../../../lib/store/reconciliation/stored-job.ts";
import { summaryOf } from "../../../lib/store/reconciliation/summary.ts";
import { readSnapshot } from "../../../lib/store/snapshots/snapshot-items.ts";
import { takeDay } from "../../../lib/store/snapshots/snapshots.ts";
import { counterKey, entityKey, type Key, yearsKey } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { history, shuffled } from "../../fixtures/histories.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";
import { seededRandom } from "../../unit/domain/metrics/statistics/random.ts";

let table: TestTable;
let workspace: Workspace;
let made = 0;
const soon = () => deadlineIn(60_000);
const range = { from: "2024-12-01", to: "2025-02-28" };

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

/** A workspace with a history over the turn of a year, recorded out of order and partly twice. */
beforeEach(async () => {
  made += 1;
  workspace = await makeWorkspace(table, `w${made}`, { trackedDimensions: ["channel"], inactivityDays: 9 });
  const facts = history(workspace, { seed: made, facts: 80, from: "2024-12-05", days: 70, customers: 12 });
  const order = shuffled(seededRandom(made), [...facts, ...facts.slice(0, 20)]);
  for (let start = 0; start < order.length; start += 50) {
    await recordFacts({ table, workspace, deadline: soon() }, order.slice(start, start + 50));
  }
});

const check = (repair = false, days = range): Promise<Reconciliation> =>
  reconcile(table, workspace, days, repair, soon());

/** Changes an attribute of an item behind the product's back. */
async function tamper(key: Key, attribute: string, by: number): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { ...key },
      UpdateExpression: "ADD #a :by",
      ExpressionAttributeNames: { "#a": attribute },
      ExpressionAttributeValues: { ":by": by },
    }),
  );
}

const nothing = { differences: [], histories: [], unsettled: 0, repaired: 0, restatedDays: [] };

describe("a reconciliation", () => {
  it("finds no difference after facts in any order, also on parts of the days", async () => {
    expect(await check()).toMatchObject({ ...nothing, facts: 80 });
    expect(await check(false, { from: "2024-12-28", to: "2025-01-03" })).toMatchObject(nothing);
    expect(await check(false, { from: "2025-03-01", to: "2026-12-31" })).toMatchObject(nothing);
  });

  it("finds a counter that was changed, one that is too many, and one that is gone; and puts them right", async () => {
    await recordFacts({ table, workspace, deadline: soon() }, [
      event(workspace, {
        id: "lone",
        type: "purchase.made",
        orderId: "lone",
        money: { amount: "5.00", currency: "GBP" },
        occurredAt: "2025-02-20T10:00:00Z",
      }),
    ]);
    const before = await check();
    expect(before).toMatchObject(nothing);
    await tamper(counterKey(workspace.id, "nps", "channel=web", "2025-01-07", 0), "0-10:3", 5);
    await tamper(counterKey(workspace.id, "customers", "all", "2024-12-31", 3), "lost", -2);
    await table.client.send(
      new DeleteCommand({
        TableName: table.name,
        Key: { ...counterKey(workspace.id, "sales", "all", "2025-02-20", 0) },
      }),
    );
    const found = await check();
    const differences = found.differences.map(({ when, family, segment, counter, counted, recounted }) => [
      `${when} ${family} ${segment} ${counter}`,
      recounted - counted,
    ]);
    expect(differences).toEqual([
      ["2024-12-31 customers all lost", 2n],
      ["2025-01-07 nps channel=web 0-10:3", -5n],
      ["2025-02-20 sales all customerOrders:GBP", 1n],
      ["2025-02-20 sales all customerRevenue:GBP", 500n],
      ["2025-02-20 sales all orders:GBP", 1n],
      ["2025-02-20 sales all revenue:GBP", 500n],
      ["2025-02-20 sales all revenueCubes:GBP", 125_000_000n],
      ["2025-02-20 sales all revenueSquares:GBP", 250_000n],
    ]);
    expect(found).toMatchObject({ histories: [], repaired: 0, unsettled: 0 });
    expect(await check(true)).toMatchObject({ repaired: 8, restatedDays: ["2024-12-31", "2025-02-20"] });
    expect(await check()).toMatchObject(nothing);
  });

  it("finds a total of a year that was changed, and puts it right", async () => {
    await tamper(yearsKey(workspace.id, "customers", "all", 2), "2024:new", 4);
    expect((await check()).differences).toMatchObject([
      { when: "2024", family: "customers", segment: "all", counter: "new" },
    ]);
    expect(await check(false, { from: "2025-01-01", to: "2025-01-31" })).toMatchObject(nothing);
    expect(await check(true, { from: "2024-12-30", to: "2024-12-31" })).toMatchObject({ repaired: 1 });
    expect(await check()).toMatchObject(nothing);
  });

  it("finds a customer's history that was changed, and puts it right without touching the counters", async () => {
    const buy = (id: string, day: string) =>
      event(workspace, {
        id,
        type: "purchase.made",
        customerId: "known",
        orderId: id,
        money: { amount: "5.00", currency: "USD" },
        occurredAt: `${day}T10:00:00Z`,
      });
    await recordFacts({ table, workspace, deadline: soon() }, [
      buy("b1", "2025-01-05"),
      buy("b2", "2025-01-20"),
    ]);
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...entityKey(workspace.id, "customer", "known") },
        UpdateExpression: "SET steps = :none, origin = :nobody",
        ExpressionAttributeValues: { ":none": {}, ":nobody": null },
      }),
    );
    const found = await check();
    expect(found).toMatchObject({ differences: [], unsettled: 0 });
    expect(found.histories.map(({ stored, days }) => [stored.id, days])).toEqual([
      ["known", ["2025-01-05", "2025-01-20"]],
    ]);
    expect(await check(true)).toMatchObject({ differences: [], repaired: 1 });
    expect(await check()).toMatchObject(nothing);
    await recordFacts({ table, workspace, deadline: soon() }, [buy("b3", "2025-01-08")]);
    expect(await check()).toMatchObject(nothing);
  });

  it("finds a customer's origin that was changed", async () => {
    const id = "c1";
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...entityKey(workspace.id, "customer", id) },
        UpdateExpression: "SET origin.#segments = :segments",
        ExpressionAttributeNames: { "#segments": "segments" },
        ExpressionAttributeValues: { ":segments": { channel: "elsewhere" } },
      }),
    );
    expect((await check()).histories).toMatchObject([{ stored: { id }, days: [] }]);
    expect(await check(true)).toMatchObject({ repaired: 1 });
    expect(await check()).toMatchObject(nothing);
  });

  it("puts right what was counted with a wrong history", async () => {
    const lapsed = { to: "2025-02-28", from: "2024-12-01" };
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...entityKey(workspace.id, "customer", "c2") },
        UpdateExpression: "SET steps = :none, origin = :nobody",
        ExpressionAttributeValues: { ":none": {}, ":nobody": null },
      }),
    );
    const joined = { id: "again", type: "customer.joined", customerId: "c2" };
    const fact = event(workspace, { ...joined, occurredAt: "2025-01-02T10:00:00Z" });
    await recordFacts({ table, workspace, deadline: soon() }, [fact]);
    const found = await check(false, lapsed);
    expect(found.histories.map(({ stored }) => stored.id)).toEqual(["c2"]);
    expect(found.differences.length).toBeGreaterThan(0);
    expect((await check(true)).repaired).toBe(found.differences.length + 1);
    expect(await check()).toMatchObject(nothing);
  });

  it("writes a new revision for a day that it put right", async () => {
    await takeDay(table, workspace, "2025-01-10", soon());
    workspace = await currentWorkspace(table, workspace.id);
    const before = await readSnapshot(table, workspace.id, "esat", "2025-01-10");
    await tamper(counterKey(workspace.id, "nps", "all", "2025-01-10", 1), "esat:9", 3);
    await takeDay(table, workspace, "2025-01-10", soon());
    expect(await check(true)).toMatchObject({ repaired: 1, restatedDays: ["2025-01-10"] });
    const after = await readSnapshot(table, workspace.id, "esat", "2025-01-10");
    expect(after).toMatchObject({
      revision: 3,
      counts: before?.counts,
      restatedBecause: { facts: 0, ids: [], causes: ["repaired"], counters: { "esat:9": -3n } },
    });
  });

  it("loses no fact and finds no false difference while facts arrive", async () => {
    await tamper(counterKey(workspace.id, "sales", "all", "2025-01-15", 0), "orders:USD", 7);
    let isOver = false;
    const writing = (async () => {
      for (let index = 0; !isOver; index += 1) {
        const facts = history(workspace, {
          seed: 900 + index,
          facts: 5,
          from: "2025-01-10",
          days: 12,
          customers: 25,
          prefix: `more${index}-`,
        });
        await recordFacts({ table, workspace, deadline: soon() }, facts);
      }
    })();
    const found = [await check(), await check(true)];
    isOver = true;
    await writing;
    for (const { differences, histories } of found) {
      expect(differences.filter(({ counter }) => counter !== "orders:USD")).toEqual([]);
      expect(histories).toEqual([]);
    }
    expect(await check(true)).toMatchObject({ histories: [], unsettled: 0 });
    expect(await check()).toMatchObject(nothing);
  });

  it("that has no time left says so, instead of reporting a part", async () => {
    const late = reconcile(table, workspace, range, false, deadlineIn(0));
    await expect(late).rejects.toMatchObject({ code: "too-slow" });
  });

  it("whose time is up after a repair says what it has put right, and goes on in steps that say so, too", async () => {
    const day = "2025-01-15";
    const spoil = async () => {
      await tamper(counterKey(workspace.id, "sales", "all", day, 0), "orders:USD", 7);
      const key = { ...entityKey(workspace.id, "customer", "c3") };
      await table.client.send(
        new UpdateCommand({
          ...{ TableName: table.name, Key: key, UpdateExpression: "REMOVE steps.p" },
        }),
      );
    };
    const metered = table.metered();
    /** Over as soon as anything is written. */
    const deadline = { remaining: () => (metered.used.writeUnits > 0 ? 0 : 60_000) };
    await spoil();
    const cut = reconcile(metered, workspace, range, true, deadline);
    const wrong = [{ stored: { id: "c3" } }];
    await expect(cut).rejects.toMatchObject({ done: { facts: 0, histories: wrong, repaired: 1 } });
    expect(await check()).toMatchObject({ histories: [], differences: [{ counter: "orders:USD" }] });

    await spoil();
    metered.reset();
    const begun = await beginJob(table, workspace, range, true);
    const first = begun && (await stepOn({ table: metered, workspace, deadline }, { ...begun, days: 366 }));
    expect(first).toMatchObject({ next: range.from, isDone: false, found: { facts: 0, repaired: 1 } });
    const second = first && (await stepOn({ table, workspace, deadline: soon() }, first));
    expect(second).toMatchObject({
      next: "2025-03-01",
      found: { facts: 80, historiesTotal: 1, differencesTotal: 1, repaired: 2 },
    });
  });

  it("that is cut off beside repairs that are under way says of each of them that it was made", async () => {
    const [cut, other] = ["cut", "other"].map((id) => entityKey(workspace.id, "customer", id));
    const facts = ["cut", "other"].map((customerId) => {
      const own = { id: `of-${customerId}`, orderId: customerId, customerId };
      const money = { amount: "5.00", currency: "USD" };
      return event(workspace, { ...own, type: "purchase.made", money, occurredAt: "2025-01-20T10:00:00Z" });
    });
    await recordFacts({ table, workspace, deadline: soon() }, facts);
    for (const key of [cut, other]) {
      const change = { TableName: table.name, Key: { ...key }, UpdateExpression: "REMOVE steps.p" };
      await table.client.send(new UpdateCommand(change));
    }
    const throttled = table.metered();
    const written = Promise.withResolvers<void>();
    let isOver = false;
    throttled.client.middlewareStack.add(
      (next) => async (request) => {
        const { TransactItems: items } = request.input as TransactWriteCommandInput;
        if (items?.some(({ Put }) => Put?.Item?.["pk"] === cut?.pk)) {
          isOver = true;
          // The other one is on its way by now.
          await written.promise;
          throw Object.assign(new Error("too much"), { name: "ThrottlingException" });
        }
        const answer = await next(request);
        if (items) written.resolve();
        return answer;
      },
      { step: "initialize" },
    );
    const deadline = { remaining: () => (isOver ? 0 : 60_000) };
    await expect(reconcile(throttled, workspace, range, true, deadline)).rejects.toMatchObject({
      done: { histories: [{ stored: { id: "other" } }], repaired: 1 },
    });
    expect(await check(true)).toMatchObject({ histories: [{ stored: { id: "cut" } }] });
  });

  it("that is cut off after it counted entities by new settings names them, and so does its next step", async () => {
    const metered = table.metered();
    const count = async (inactivityDays: number) => {
      workspace = { ...workspace, inactivityDays };
      return (await check()).outdated.length;
    };
    const all = await count(20);
    expect(await reconcile(metered, workspace, range, true, soon())).toMatchObject({ repaired: all });
    const half = metered.used.writeUnits / 2;
    expect(await count(30)).toBe(all);
    metered.reset();
    const deadline = { remaining: () => (metered.used.writeUnits > half ? 0 : 60_000) };
    const begun = await beginJob(table, workspace, range, true);
    const first = begun && (await stepOn({ table: metered, workspace, deadline }, { ...begun, days: 366 }));
    const { repaired = 0, outdatedTotal, outdated = [] } = first?.found ?? {};
    expect([repaired > 0, repaired < all]).toEqual([true, true]);
    expect([outdatedTotal, outdated.length]).toEqual([repaired, repaired]);
    const second = first && (await stepOn({ table, workspace, deadline: soon() }, first));
    expect(second).toMatchObject({ next: "2025-03-01", found: { repaired: all } });
    expect(second?.found.outdated).toEqual(expect.arrayContaining([...outdated]));
  });

  it("whose time is up between the totals of years says which it has put right", async () => {
    for (const year of [2024, 2025]) {
      await tamper(yearsKey(workspace.id, "customers", "all", 2), `${year}:new`, 4);
    }
    const days = { from: "2024-01-01", to: "2025-12-31" };
    const { differencesTotal } = summaryOf(await check(false, days));
    expect(differencesTotal).toBe(2);
    const begun = await beginJob(table, workspace, days, true);
    const metered = table.metered();
    const deadline = { remaining: () => (metered.used.writeUnits > 0 ? 0 : 60_000) };
    const job = begun && { ...begun, next: "2026-01-01" };
    const first = job && (await stepOn({ table: metered, workspace, deadline }, job));
    expect(first).toMatchObject({ isDone: false, found: { differencesTotal: 1, repaired: 1 } });
    const second = first && (await stepOn({ table, workspace, deadline: soon() }, first));
    expect(second).toMatchObject({ isDone: true, found: { differencesTotal: 2, repaired: 2, unsettled: 0 } });
  });

  it("repairs once when it is asked for by several at the same time", async () => {
    await tamper(counterKey(workspace.id, "sales", "all", "2025-01-15", 0), "orders:USD", 7);
    const done = await Promise.all([check(true), check(true), check(true)]);
    expect(done.reduce((sum, { repaired }) => sum + repaired, 0)).toBe(1);
    expect(await check()).toMatchObject(nothing);
  });
});
