import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays, type Day, eachDay } from "../../../lib/domain/calendar/days.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { eraseCustomer } from "../../../lib/store/ledger/erasure.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { reconcile } from "../../../lib/store/reconciliation/reconciliation.ts";
import { changeSettings } from "../../../lib/store/settings/workspaces.ts";
import type { Table } from "../../../lib/store/table/client.ts";
import { counterKey, entityKey } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { history } from "../../fixtures/histories.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

/** Workspaces with more entities of a kind than one reconciliation looks at as a whole. */

let table: TestTable;
let workspace: Workspace;
let made = 0;
const soon = () => deadlineIn(120_000);
const context = () => ({ table, workspace, deadline: soon() });

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

const first = "2024-12-20";

function carts(prefix: string, count: number, day: Day) {
  return Array.from({ length: count }, (_, index) =>
    event(workspace, {
      ...{ id: `${prefix}${index}`, type: "cart.started", cartId: `${prefix}${index}` },
      occurredAt: `${day}T${String(index % 24).padStart(2, "0")}:30:00Z`,
    }),
  );
}

beforeEach(async () => {
  made += 1;
  workspace = await makeWorkspace(table, `w${made}`, { trackedDimensions: ["channel"], inactivityDays: 9 });
  const facts = history(workspace, { seed: made, facts: 60, from: first, days: 14, customers: 12 });
  await recordFacts(context(), facts);
  await recordFacts(context(), carts("k", 30, addDays(first, 10)));
});

/** Reconciles a day as if one entity of a kind were many. */
const check = (day: Day, repair = false, through: Table = table) =>
  reconcile(through, workspace, { from: day, to: day }, repair, soon(), { wholeKind: 1 });

const nothing = { differences: [], histories: [], unsettled: 0, repaired: 0 };

async function tamper(family: string, day: Day, counter: string): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { ...counterKey(workspace.id, family, "all", day, 0) },
      UpdateExpression: "ADD #counter :one",
      ExpressionAttributeNames: { "#counter": counter },
      ExpressionAttributeValues: { ":one": 1 },
    }),
  );
}

/** The days of all facts, and those on which carts and customers fall due after them. */
const days = eachDay(first, addDays(first, 26));

describe("a reconciliation of one day among many entities", () => {
  it("finds no difference where there is none, on whatever day, also where persons were erased", async () => {
    await eraseCustomer(context(), "c3");
    for (const day of days) expect(await check(day), day).toMatchObject(nothing);
    expect(await check(first)).toMatchObject({ partial: expect.arrayContaining(["cart", "customer"]) });
  });

  it("finds what was changed on a day on which carts and customers fall due without a fact, and puts it right", async () => {
    const lapse = days.findLast((day) => day > addDays(first, 14) && day <= addDays(first, 22)) ?? "";
    await tamper("customers", lapse, "lost");
    await tamper("cart-abandonment", addDays(first, 11), "decided");
    expect((await check(lapse)).differences).toMatchObject([{ counter: "lost" }]);
    for (const day of [lapse, addDays(first, 11)]) {
      expect(await check(day, true)).toMatchObject({ repaired: 1, unsettled: 0 });
      expect(await check(day)).toMatchObject(nothing);
    }
  });

  it("finds a history that is not what the facts of the day say, and puts it right", async () => {
    const day = addDays(first, 10);
    const cart = { ...entityKey(workspace.id, "cart", "k7") };
    await table.client.send(
      new UpdateCommand({ TableName: table.name, Key: cart, UpdateExpression: "REMOVE steps.s" }),
    );
    expect((await check(day)).histories).toMatchObject([{ stored: { id: "k7" }, days: [day] }]);
    expect((await check(day, true)).repaired).toBe(1);
    expect(await check(day)).toMatchObject(nothing);
  });

  it("says nothing of what entities count whose recount has not ended", async () => {
    const day = addDays(first, 20);
    const changed = await changeSettings(table, workspace, { inactivityDays: 20 });
    workspace = changed ?? workspace;
    await tamper("customers", day, "lost");
    expect(await check(day)).toMatchObject({ differences: [] });
  });

  it("takes as much time whatever there is on other days", async () => {
    const metered = table.metered();
    const cost = async () => {
      metered.reset();
      expect(await check(first, false, metered)).toMatchObject(nothing);
      return metered.used.readUnits;
    };
    const before = await cost();
    await recordFacts(context(), carts("elsewhere", 300, addDays(first, 25)));
    workspace = await currentWorkspace(table, workspace.id);
    // The page on which the index says that there are more than one.
    expect((await cost()) - before).toBeLessThan(10);
  });
});
