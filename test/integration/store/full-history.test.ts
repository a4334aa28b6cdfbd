import { afterAll, beforeAll, expect, it } from "vitest";
import { chunksOf } from "../../../lib/store/chunks.ts";
import { recordFacts } from "../../../lib/store/ledger.ts";
import { reconcile } from "../../../lib/store/reconciliation.ts";
import { deadlineIn } from "../../../lib/store/retries.ts";
import type { Workspace } from "../../../lib/workspace/settings.ts";
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

function left(id: number, customerId = "crowd") {
  const occurredAt = new Date(Date.parse("2025-03-04T00:00:00Z") + id).toISOString();
  return event(workspace, { id: `left-${id}-${customerId}`, type: "customer.left", customerId, occurredAt });
}

it("a customer's history takes facts until it is full; then they are refused, and nothing else is", async () => {
  const facts = Array.from({ length: 6_300 }, (_, index) => left(index));
  const outcomes: string[] = [];
  for (const batch of chunksOf(facts, 500)) {
    outcomes.push(...(await recordFacts(table, workspace, batch, soon())).outcomes);
  }
  const recorded = outcomes.indexOf("refused");
  expect(recorded).toBeGreaterThan(6_000);
  expect(outcomes.slice(0, recorded).every((outcome) => outcome === "recorded")).toBe(true);
  expect(outcomes.slice(recorded).every((outcome) => outcome === "refused")).toBe(true);

  const later = await recordFacts(table, workspace, [left(7_000), left(7_000, "other"), left(0)], soon());
  expect(later.outcomes).toEqual(["refused", "recorded", "duplicate"]);
  const range = { from: "2025-03-04", to: "2025-03-04" };
  expect(await reconcile(table, workspace, range, false, soon())).toMatchObject({
    facts: recorded + 1,
    differences: [],
    histories: [],
  });
}, 180_000);
