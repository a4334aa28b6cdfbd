import { afterAll, beforeAll, expect, it } from "vitest";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import {
  findApiKey,
  generateApiKey,
  noteUse,
  revokeApiKey,
  storeApiKey,
} from "../../../lib/store/settings/api-keys.ts";
import { takeDay } from "../../../lib/store/snapshots/snapshots.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { response } from "../../fixtures/facts.ts";
import { colliding } from "../../fixtures/failing.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** Single writes that meet a transaction, which DynamoDB refuses and neither local engine ever does. */

let table: TestTable;
const soon = () => deadlineIn(60_000);
const day = "2024-05-02";

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

function answers(workspace: Workspace, from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) =>
    response(workspace, {
      ...{ id: `r${from + index}`, survey: "nps", score: (from + index) % 11 },
      ...{ comment: "as it is", occurredAt: `${day}T12:00:00Z` },
    }),
  );
}

it("a day is snapshotted, restated and packed although every first write of it meets a fact that arrives", async () => {
  const workspace = await makeWorkspace(table, "met");
  await recordFacts({ table, workspace, deadline: soon() }, answers(workspace, 0, 30));
  const { table: met, refused } = colliding(table);
  const first = await takeDay(met, workspace, day, soon());
  expect(first).toMatchObject({ restated: 0, unchanged: 0 });
  expect(first.taken).toBeGreaterThan(30);
  expect(refused()).toBeGreaterThan(30);

  await recordFacts({ table, workspace, deadline: soon() }, answers(workspace, 30, 40));
  const { table: again, refused: refusedAgain } = colliding(table);
  const second = await takeDay(again, workspace, day, soon());
  expect(second.restated).toBeGreaterThan(0);
  expect(second.measurements.get("nps")?.n).toBe(40);
  expect(refusedAgain()).toBeGreaterThan(0);

  // What a collision left, the next run does: nothing of it shows in what is said.
  const third = await takeDay(table, workspace, day, soon());
  expect(third).toMatchObject({ taken: 0, restated: 0 });
  expect(third.measurements.get("nps")?.n).toBe(40);
});

it("a key that is being revoked while it is used is refused, or let through, without an error", async () => {
  const key = generateApiKey();
  await storeApiKey(table, key, { workspace: "keys", name: "used", scopes: ["read"] });
  const found = await findApiKey(table, key, Date.now());
  if (!found) throw new Error("the key is missing");
  const { table: met, refused } = colliding(table);
  await noteUse(met, key, found, Date.now());
  expect(refused()).toBe(1);
});

it("of two keys that are revoked with each other at the same time one stays", async () => {
  const grant = { workspace: "pair", name: "admin", scopes: ["admin"] } as const;
  for (let round = 0; round < 10; round += 1) {
    const pair = [generateApiKey(), generateApiKey()];
    const [one, other] = await Promise.all(pair.map((key) => storeApiKey(table, key, grant)));
    if (!one || !other) throw new Error("a key is missing");
    const outcomes = await Promise.all([
      revokeApiKey(table, "pair", one.id, other.id),
      revokeApiKey(table, "pair", other.id, one.id),
    ]);
    expect(outcomes.toSorted()).toEqual(["overtaken", "revoked"]);
    const left = await Promise.all(pair.map((key) => findApiKey(table, key, Date.now())));
    expect(left.filter((key) => key !== undefined)).toHaveLength(1);
  }
});
