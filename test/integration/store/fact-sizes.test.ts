import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { readFacts } from "../../../lib/store/records/facts.ts";
import { factBytesOf } from "../../../lib/store/settings/fact-sizes.ts";
import { createWorkspace, readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import { ReadBudget } from "../../../lib/store/table/budget.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { response } from "../../fixtures/facts.ts";

/** How large the facts of a workspace are, as it notes. */

let table: TestTable;
let made = 0;
let id = "";

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.stop());
beforeEach(async () => {
  made += 1;
  id = `w${made}`;
  await createWorkspace(table, id);
});

async function workspace(): Promise<Workspace> {
  const found = await readWorkspace(table, id);
  if (!found) throw new Error("the workspace is missing");
  return found;
}

async function record(name: string, comment: string): Promise<void> {
  const current = await workspace();
  const fact = { id: name, survey: "nps", score: 9, comment, occurredAt: "2026-10-01T10:00:00Z" } as const;
  await recordFacts({ table, workspace: current, deadline: deadlineIn(20_000) }, [response(current, fact)]);
}

describe("the largest fact of a workspace", () => {
  it("is noted before it is stored, as the next power of two, and never smaller again", async () => {
    expect((await workspace()).factBytes).toBe(2_048);
    await record("short", "fine");
    expect((await workspace()).factBytes).toBe(2_048);
    await record("long", "x".repeat(4_000));
    expect((await workspace()).factBytes).toBe(8_192);
    await record("short-too", "fine");
    expect((await workspace()).factBytes).toBe(8_192);
  });

  it("is the greatest of those that are recorded at the same time", async () => {
    const lengths = Array.from({ length: 12 }, (_, index) => 100 + index * 400);
    await Promise.all(lengths.map((length, index) => record(`f-${index}`, "x".repeat(length))));
    expect((await workspace()).factBytes).toBe(8_192);
  });

  it("is never less than what a stored fact costs to read", async () => {
    // Characters that take most room in each form.
    for (const [index, text] of ["😀", "ü", '"', "\\", "x"].entries()) {
      const name = `f-${index}`;
      await record(name, text.repeat(2_000));
      const budget = new ReadBudget(500);
      await readFacts({ ...table, budget }, id, [name], deadlineIn(20_000));
      const { factBytes = 0 } = await workspace();
      expect(budget.spent * 4_096).toBeLessThanOrEqual(Math.ceil(factBytes / 4_096) * 4_096);
    }
  });
});

describe("the bytes of an item", () => {
  it("leave room for what is added to a fact that is taken out of the counts", () => {
    expect(factBytesOf({ id: "a" })).toBeGreaterThan(1_024);
  });
});
