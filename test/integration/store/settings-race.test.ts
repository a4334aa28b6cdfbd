import { afterAll, beforeAll, expect, it } from "vitest";
import { cart } from "../../../lib/domain/entities/cart.ts";
import { cartAbandonment } from "../../../lib/domain/metrics/cart-abandonment.ts";
import { readMetricCounters } from "../../../lib/store/counters/counters.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { recountEntities } from "../../../lib/store/ledger/recount.ts";
import { changeSettings } from "../../../lib/store/settings/workspaces.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { afterRequests } from "../../fixtures/failing.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

let table: TestTable;
const soon = () => deadlineIn(20_000);
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.stop());

it("a setting that is taken back while entities are counted with it leaves them counted as it is at last", async () => {
  const workspace = await makeWorkspace(table, "undone");
  const ids = ["one", "two", "three"];
  const started = ids.map((cartId) =>
    event(workspace, { type: "cart.started", cartId, occurredAt: "2025-03-04T12:00:00Z" }),
  );
  await recordFacts({ table, workspace, deadline: soon() }, started);
  await changeSettings(table, workspace, { cartHours: 48 });
  let isUndone = false;
  // Another run, of the setting as it was, finds every cart counted so while this one has just begun.
  const slow = afterRequests(table, async ({ commandName, input }) => {
    if (isUndone || !commandName?.startsWith("BatchGet") || !JSON.stringify(input).includes("#E#cart#"))
      return;
    isUndone = true;
    await changeSettings(table, await currentWorkspace(table, workspace.id), { cartHours: 24 });
    await recountEntities(table, workspace.id, cart, ids, soon());
  });
  await recountEntities(slow, workspace.id, cart, ids, soon());
  expect(isUndone).toBe(true);
  const scope = { segment: "all", range: { from: "2025-03-04", to: "2025-03-07" } };
  const read = await readMetricCounters(table, workspace.id, cartAbandonment, scope);
  expect({ next: read.countsOn("2025-03-05"), later: read.countsOn("2025-03-06") }).toEqual({
    next: { decided: 3n },
    later: {},
  });
});
