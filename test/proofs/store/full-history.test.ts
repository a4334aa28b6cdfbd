import { afterAll, beforeAll, expect, it } from "vitest";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { eraseCustomer } from "../../../lib/store/ledger/erasure.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { reconcile } from "../../../lib/store/reconciliation/reconciliation.ts";
import { chunksOf } from "../../../lib/store/table/chunks.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event } from "../../fixtures/facts.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

let table: TestTable;
let workspace: Workspace;
const soon = () => deadlineIn(60_000);

beforeAll(async () => {
  table = await startTestTable();
  workspace = await makeWorkspace(table, "full");
});

afterAll(() => table.stop());

/** One of many interactions, each at a touchpoint with a name of its own: what takes the most room in a history. */
function interaction(index: number, customerId = "crowd") {
  const occurredAt = new Date(Date.parse("2025-03-04T00:00:00Z") + index).toISOString();
  return event(workspace, {
    ...{ id: `i-${index}-${customerId}`, type: "interaction.made", customerId, occurredAt },
    touchpoint: `${index}-`.padEnd(100, "x"),
  });
}

it("a customer's history takes facts until it is full; then they are refused, and nothing else is", async () => {
  // Of another person under the same id, who was erased: it is stored, and in no history that has room for it.
  const erased = interaction(9_000);
  await recordFacts({ table, workspace, deadline: soon() }, [erased]);
  await eraseCustomer({ table, workspace, deadline: soon() }, "crowd");
  const facts = Array.from({ length: 1_450 }, (_, index) => interaction(index));
  const outcomes: string[] = [];
  for (const batch of chunksOf(facts, 500)) {
    outcomes.push(...(await recordFacts({ table, workspace, deadline: soon() }, batch)).outcomes);
  }
  const recorded = outcomes.indexOf("refused");
  expect(recorded).toBeGreaterThan(1_000);
  expect(outcomes.slice(0, recorded).every((outcome) => outcome === "recorded")).toBe(true);
  expect(outcomes.slice(recorded).every((outcome) => outcome === "refused")).toBe(true);

  const more = [interaction(7_000), interaction(7_000, "other"), interaction(0), erased];
  const later = await recordFacts({ table, workspace, deadline: soon() }, more);
  expect(later.outcomes).toEqual(["refused", "recorded", "duplicate", "duplicate"]);
  const range = { from: "2025-03-04", to: "2025-03-04" };
  expect(await reconcile(table, workspace, range, false, soon())).toMatchObject({
    facts: recorded + 2,
    differences: [],
    histories: [],
  });
});
