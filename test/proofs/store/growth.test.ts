import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { reconcile } from "../../../lib/store/reconciliation/reconciliation.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { type MeteredTable, startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** What work on one entity costs as its history grows: write units as the engine's `ConsumedCapacity` tells them. */

let engine: TestTable;
let table: MeteredTable;
const soon = () => deadlineIn(120_000);
const firstDay = "2017-01-01";

beforeAll(async () => {
  engine = await startTestTable();
  table = engine.metered();
});

afterAll(() => engine.stop());

const purchase = (workspace: Workspace, id: string, day: number) =>
  event(workspace, {
    ...{ id, type: "purchase.made", orderId: id, customerId: "guest" },
    ...{ occurredAt: `${addDays(firstDay, day)}T12:00:00Z`, money: { amount: "5.00", currency: "USD" } },
  });

/** A customer who has bought on so many days, but not on the one in the middle. */
async function guestOf(id: string, days: number): Promise<{ workspace: Workspace; middle: number }> {
  const workspace = await makeWorkspace(table, id);
  const middle = Math.floor(days / 2);
  const facts = Array.from({ length: days }, (_, day) => purchase(workspace, `p-${day}`, day));
  facts.splice(middle, 1);
  for (let start = 0; start < facts.length; start += 500) {
    await recordFacts({ table, workspace, deadline: soon() }, facts.slice(start, start + 500));
  }
  return { workspace, middle };
}

async function costOf(workspace: Workspace, facts: Parameters<typeof recordFacts>[1]) {
  table.reset();
  const { outcomes } = await recordFacts({ table, workspace, deadline: soon() }, facts);
  expect(new Set(outcomes)).toEqual(new Set(["recorded"]));
  return { ...table.used };
}

describe("one purchase in the middle of a long history", () => {
  it("costs in proportion to the history, not to its square", async () => {
    const [short, long] = [await guestOf("short", 500), await guestOf("long", 1_500)];
    const few = await costOf(short.workspace, [purchase(short.workspace, "late", short.middle)]);
    const many = await costOf(long.workspace, [purchase(long.workspace, "late", long.middle)]);
    expect(many.writeUnits).toBeLessThanOrEqual(3.1 * few.writeUnits);
    expect(many.readUnits).toBeLessThanOrEqual(3.1 * few.readUnits);
    expect(many.requests).toBeLessThanOrEqual(3.1 * few.requests);
    const range = { from: addDays(firstDay, long.middle - 5), to: addDays(firstDay, long.middle + 60) };
    const found = await reconcile(engine, long.workspace, range, false, soon());
    expect(found).toMatchObject({ differences: [], histories: [], unsettled: 0 });
  });

  it("costs little more with others at its side: the history is counted once for all of them", async () => {
    const { workspace, middle } = await guestOf("many", 600);
    const alone = await costOf(workspace, [purchase(workspace, "late", middle)]);
    const others = Array.from({ length: 200 }, (_, index) => purchase(workspace, `late-${index}`, index));
    const together = await costOf(workspace, others);
    const calm = await makeWorkspace(table, "calm");
    const usual = await costOf(
      calm,
      others.map((_, index) => purchase(calm, `u-${index}`, index)),
    );
    expect(together.writeUnits).toBeLessThanOrEqual(3 * alone.writeUnits + usual.writeUnits);
  });

  it("ends in time when there is not enough, and the next request goes on where it ended", async () => {
    const { workspace, middle } = await guestOf("interrupted", 900);
    const late = [purchase(workspace, "late", middle)];
    let tries = 0;
    for (let isDone = false; !isDone; tries += 1) {
      let left = 6;
      const deadline = { remaining: () => (left-- > 0 ? 60_000 : 0) };
      isDone = await recordFacts({ table, workspace, deadline }, late).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ code: "unavailable" });
          return false;
        },
      );
    }
    expect(tries).toBeGreaterThan(1);
    const range = { from: addDays(firstDay, middle - 5), to: addDays(firstDay, middle + 60) };
    const found = await reconcile(engine, workspace, range, false, soon());
    expect(found).toMatchObject({ differences: [], histories: [], unsettled: 0 });
  });
});
