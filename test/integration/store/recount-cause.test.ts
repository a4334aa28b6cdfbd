import { afterAll, beforeAll, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import { customer } from "../../../lib/domain/entities/customer.ts";
import { customers } from "../../../lib/domain/metrics/customers.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { causeCountsOf, familiesOf } from "../../../lib/store/counters/change-causes.ts";
import { readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { setExcluded } from "../../../lib/store/ledger/exclusion.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { recountEntity } from "../../../lib/store/ledger/recount.ts";
import { readEntity } from "../../../lib/store/records/entities.ts";
import { isEvent } from "../../../lib/store/records/responses.ts";
import { changeSettings } from "../../../lib/store/settings/workspaces.ts";
import type { Table } from "../../../lib/store/table/client.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { Ended, endingAfter } from "../../fixtures/failing.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

/** Why closed days changed, where a long history was counted in steps and whoever began it did not come to its end. */

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table?.stop());

const firstDay = "2024-01-01";
const lastDay = addDays(firstDay, 500);
const subject = { entity: customer, id: "c" };
const soon = () => deadlineIn(60_000);

/** Bought every ten days, sixty times. */
function purchases(workspace: Workspace) {
  return Array.from({ length: 60 }, (_, index) =>
    event(workspace, {
      ...{ id: `p-${index}`, type: "purchase.made", customerId: "c", orderId: `${index}` },
      ...{ occurredAt: `${addDays(firstDay, 10 * index)}T12:00:00Z` },
      ...{
        money: { amount: "5.00", currency: "USD" },
        dimensions: { channel: index === 0 ? "web" : "shop" },
      },
    }),
  );
}

/** How often each cause has changed the customers' counters of all days. */
async function causes({ id }: Workspace): Promise<object> {
  const scope = { segment: "all", range: { from: firstDay, to: lastDay } };
  const read = await readMetricCounters(table, id, customers, scope);
  const sums = new Map<string, bigint>();
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    const counts = read.timelineOf("new").on(day);
    for (const [name, sum] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0n) + sum);
  }
  return causeCountsOf(customers, [...familiesOf(customers).keys()], (_, counter) => sums.get(counter) ?? 0n);
}

/** A workspace with the customer, whose settings may have changed since. */
async function prepared(id: string, inactivityDays: number, then = inactivityDays): Promise<Workspace> {
  const workspace = await makeWorkspace(table, id, { inactivityDays, trackedDimensions: ["channel"] });
  await recordFacts({ table, workspace, deadline: soon() }, purchases(workspace));
  if (then !== inactivityDays) await changeSettings(table, workspace, { inactivityDays: then });
  return currentWorkspace(table, id);
}

const begun = {
  settings: {
    prepare: (id: string) => prepared(id, 400, 2),
    run: (context: { table: Table; workspace: Workspace }) =>
      recountEntity({ ...context, deadline: soon() }, subject),
  },
  excluded: {
    prepare: (id: string) => prepared(id, 2),
    run: (context: { table: Table; workspace: Workspace }) =>
      setExcluded({ ...context, deadline: soon() }, "p-0", isEvent, {
        ...{ excluded: true, reason: "a test", keyId: "k" },
      }),
  },
} as const;

it.each(["settings", "excluded"] as const)(
  "is %s to the end, also where the next write finishes what was begun",
  async (cause) => {
    const { prepare, run } = begun[cause];
    const [whole, cut] = [await prepare(`${cause}-whole`), await prepare(`${cause}-cut`)];
    await run({ table, workspace: whole });
    let requests = 0;
    // Until the first step is written, and no more.
    for (let isBegun = false; !isBegun; requests += 1) {
      const ending = endingAfter(table, requests);
      await expect(run({ table: ending.table, workspace: cut })).rejects.toThrow(Ended);
      isBegun =
        (await readEntity({ table, workspace: cut, deadline: soon() }, subject)).recount !== undefined;
    }
    for (const workspace of [whole, cut]) {
      const visit = { id: "i", type: "interaction.made", customerId: "c", touchpoint: "app" };
      const fact = event(workspace, { ...visit, occurredAt: `${addDays(firstDay, 3)}T12:00:00Z` });
      await recordFacts({ table, workspace, deadline: soon() }, [fact]);
    }
    expect(await causes(cut)).toEqual(await causes(whole));
    expect(await causes(whole)).toHaveProperty(cause);
  },
);
