import { afterAll, beforeAll, expect, it } from "vitest";
import { dayOf } from "../../../lib/domain/calendar/zones.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { changeSettings } from "../../../lib/store/settings/workspaces.ts";
import { daysToSnapshot } from "../../../lib/store/snapshots/snapshot-plan.ts";
import { takeDay } from "../../../lib/store/snapshots/snapshots.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { response } from "../../fixtures/facts.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

let table: TestTable;
const soon = () => deadlineIn(20_000);
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.stop());

it("a day that is over in one time zone and goes on in the next is taken again when it is over there", async () => {
  // There is no later and no earlier zone: what is today in one is over in the other.
  const [east, west] = ["Pacific/Kiritimati", "Etc/GMT+12"];
  const now = Date.now();
  const day = dayOf(now, west);
  const before = await makeWorkspace(table, "moved", { timeZone: east });
  await takeDay(table, before, day, soon());
  await changeSettings(table, await currentWorkspace(table, "moved"), { timeZone: west });
  const after = await currentWorkspace(table, "moved");
  await recordFacts({ table, workspace: after, deadline: soon() }, [
    response(after, { survey: "nps", score: 9 }),
  ]);
  const dayAfterNext = now + 2 * 86_400_000;
  expect(await daysToSnapshot(table, after, dayAfterNext)).toContain(day);
});
