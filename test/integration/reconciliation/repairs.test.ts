import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { customer } from "../../../lib/domain/entities/customer.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { readCounterItems } from "../../../lib/store/counters/counter-items.ts";
import { placeKey } from "../../../lib/store/counters/place.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import type { CounterDifference } from "../../../lib/store/reconciliation/recounting.ts";
import { repairCounters, repairHistory } from "../../../lib/store/reconciliation/repairs.ts";
import { readEntity } from "../../../lib/store/records/entities.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

let table: TestTable;
let workspace: Workspace;
const soon = () => deadlineIn(20_000);
const place = { family: "sales", segment: "all", when: "2025-03-04" };
const range = { from: place.when, to: place.when };

beforeAll(async () => {
  table = await startTestTable();
  workspace = await makeWorkspace(table, "shop");
});

afterAll(() => table.stop());

const context = () => ({ table, workspace, deadline: soon() });

function buy(id: string) {
  const money = { amount: "1.00", currency: "USD" };
  const fields = { customerId: "c", orderId: id, money, occurredAt: `${place.when}T10:00:00Z` };
  return event(workspace, { id, type: "purchase.made", ...fields });
}

async function stored() {
  const found = await readCounterItems(table, workspace.id, [place], range, new Set(), soon());
  const counters = found.get(placeKey(place));
  if (!counters) throw new Error("there are no counters");
  return counters;
}

async function repaired(...asked: Parameters<typeof repairCounters>) {
  const gone: CounterDifference[] = [];
  for await (const part of repairCounters(...asked)) gone.push(...part);
  return gone;
}
const orders = async () => (await stored()).counts.get("orders:USD");

describe("a repair", () => {
  it("of a counter is not done when a fact has arrived since it was read, nor a second time", async () => {
    await recordFacts({ table, workspace, deadline: soon() }, [buy("p1")]);
    const seen = await stored();
    await recordFacts({ table, workspace, deadline: soon() }, [buy("p2")]);
    const difference = { ...place, counter: "orders:USD", counted: 1n, recounted: 4n };
    expect(await repaired(context(), place, seen, [difference])).toEqual([]);
    expect(await orders()).toBe(2n);
    const fresh = await stored();
    expect(await repaired(context(), place, fresh, [difference])).toEqual([difference]);
    expect(await repaired(context(), place, fresh, [difference])).toEqual([]);
    expect(await orders()).toBe(5n);
  });

  it("of counters that were not there is not done when there are some by now", async () => {
    const elsewhere = { ...place, when: "2025-03-05" };
    const difference = { ...elsewhere, counter: "orders:USD", counted: 0n, recounted: 1n };
    expect(await repaired(context(), elsewhere, undefined, [difference])).toEqual([difference]);
    expect(await repaired(context(), elsewhere, undefined, [difference])).toEqual([]);
  });

  it("of more counters of one place than one update takes is done all the same, a part at a time", async () => {
    const crowded = { ...place, when: "2025-03-06" };
    const differences = Array.from({ length: 700 }, (_, index) => ({
      ...crowded,
      ...{ counter: `made-up:${index}`, counted: 0n, recounted: BigInt(index + 1) },
    }));
    const day = { from: crowded.when, to: crowded.when };
    const partition = { family: crowded.family, segment: crowded.segment };
    const read = async () => {
      const found = await readCounterItems(table, workspace.id, [partition], day, new Set(), soon());
      return found.get(placeKey(crowded));
    };
    expect(await repaired(context(), crowded, undefined, differences)).toEqual(differences);
    const counted = (await read())?.counts;
    expect(differences.filter(({ counter, recounted }) => counted?.get(counter) !== recounted)).toEqual([]);
  });

  it("of a history is not done when the customer has changed since it was read", async () => {
    const read = () => readEntity({ table, workspace, deadline: soon() }, { entity: customer, id: "c" });
    const before = await read();
    await recordFacts({ table, workspace, deadline: soon() }, [buy("p3")]);
    const wrong = { stored: before, expected: before.history, days: [], tellingDays: [] };
    expect(await repairHistory(context(), wrong)).toBe(false);
    expect((await read()).history.steps["purchased"]).toMatchObject([{ times: 3 }]);
  });
});
