import { afterAll, beforeAll, expect, it } from "vitest";
import { addDays } from "../../../lib/calendar/days.ts";
import { setExcluded } from "../../../lib/store/ledger/exclusion.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { isEvent } from "../../../lib/store/records/responses.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** Taking out a fact on which much depends: a transaction has room for 100 actions, the log of each closed day included. */

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table?.stop());

it.each([48, 70])(
  "the first of %d purchases on as many closed days is taken out and put back",
  async (days) => {
    const made = await makeWorkspace(table, `shop-${days}`);
    const from = "2024-01-01";
    // Each of the days has its snapshot.
    const workspace = { ...made, snapshotsFrom: from, snapshotsTo: addDays(from, 400) };
    const context = { table, workspace, deadline: deadlineIn(120_000) };
    const purchases = Array.from({ length: days }, (_, index) =>
      event(workspace, {
        ...{ type: "purchase.made", id: `p-${index}`, customerId: "anna", orderId: `o-${index}` },
        ...{ occurredAt: `${addDays(from, index)}T12:00:00Z`, money: { amount: "10.00", currency: "USD" } },
      }),
    );
    await recordFacts(context, purchases);
    for (const excluded of [true, false]) {
      const changed = await setExcluded(context, "p-0", isEvent, { excluded, reason: "a test", keyId: "k" });
      expect(changed).toMatchObject({ outcome: "changed", fact: { excluded } });
    }
  },
);
