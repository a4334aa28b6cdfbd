import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, type Day, eachDay } from "../../../lib/domain/calendar/days.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import {
  advance,
  daysToSnapshot,
  lastClosedDay,
  maxPlannedDays,
} from "../../../lib/store/snapshots/snapshot-plan.ts";
import { takeDay, takeDays } from "../../../lib/store/snapshots/snapshots.ts";
import { snapshotDayKey, workspaceKey } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { response } from "../../fixtures/facts.ts";
import { currentWorkspace, makeWorkspace } from "../../fixtures/workspaces.ts";

/** Which days the hourly run asks for, and what a workspace says of those that it has. */

let table: TestTable;
const soon = () => deadlineIn(60_000);

beforeAll(async () => {
  table = await startTestTable();
});

afterAll(() => table.stop());

/** A workspace that was made so many days before the last closed day. */
async function madeBefore(
  id: string,
  days: number,
): Promise<{ workspace: Workspace; first: Day; last: Day }> {
  const { timeZone } = await makeWorkspace(table, id);
  const last = lastClosedDay(Date.now(), timeZone);
  const first = addDays(last, -days);
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: workspaceKey(id),
      UpdateExpression: "SET createdAt = :made",
      ExpressionAttributeValues: { ":made": `${first}T00:00:00.000Z` },
    }),
  );
  return { workspace: await currentWorkspace(table, id), first, last };
}

/** Says of days that they have their snapshots. */
async function mark(workspace: Workspace, days: readonly Day[]): Promise<void> {
  for (const day of days) {
    const Item = snapshotDayKey(workspace.id, day);
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
}

describe("the days that have no snapshot", () => {
  it("are asked for however long ago the hourly run stood still", async () => {
    const { workspace, first, last } = await madeBefore("long-ago", 100);
    await mark(workspace, eachDay(addDays(first, 3), last));
    expect(await daysToSnapshot(table, workspace, Date.now())).toEqual(eachDay(first, addDays(first, 2)));
  });

  it("are asked for in bounded parts, the oldest first, until all have one", async () => {
    const { workspace, first } = await madeBefore("years", maxPlannedDays + 500);
    const days = await daysToSnapshot(table, workspace, Date.now());
    expect([days.length, days[0], days.at(-1)]).toEqual([
      maxPlannedDays,
      first,
      addDays(first, maxPlannedDays - 1),
    ]);
  });

  it("end what a workspace says to have, in whatever order the others were taken", async () => {
    const { workspace, first, last } = await madeBefore("any-order", 120);
    await mark(workspace, eachDay(addDays(first, 1), last));
    await advance(table, workspace, [last]);
    expect((await currentWorkspace(table, workspace.id)).snapshotsThrough).toBeUndefined();
    await takeDay(table, workspace, first, soon());
    expect(await currentWorkspace(table, workspace.id)).toMatchObject({
      snapshotsFrom: first,
      snapshotsTo: last,
      snapshotsThrough: last,
    });
    expect(await daysToSnapshot(table, workspace, Date.now())).toEqual([]);
  });
});

describe("the days of a first import", () => {
  it("all have their snapshots after the run that asks for them, and nothing is left to do", async () => {
    const workspace = await makeWorkspace(table, "import");
    const days = eachDay("2024-02-01", "2024-04-10");
    const answers = days.map((day, index) =>
      response(workspace, { id: `a${index}`, survey: "nps", score: 9, occurredAt: `${day}T12:00:00Z` }),
    );
    await recordFacts({ table, workspace, deadline: soon() }, answers);
    expect(await daysToSnapshot(table, workspace, Date.now())).toEqual(days);
    for await (const { date } of takeDays(table, workspace, days, soon())) expect(days).toContain(date);
    const now = await currentWorkspace(table, workspace.id);
    expect(now).toMatchObject({ snapshotsFrom: days[0], snapshotsTo: days.at(-1) });
    expect(await daysToSnapshot(table, now, Date.now())).toEqual([]);
  });
});
