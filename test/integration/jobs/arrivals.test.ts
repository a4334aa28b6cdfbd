import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayOf } from "../../../lib/domain/calendar/zones.ts";
import { lookAtArrivals } from "../../../lib/jobs/arrivals.ts";
import { ensureWorkspace } from "../../../lib/store/settings/bootstrap.ts";
import { type FactKind, factKey, factTimelineKey } from "../../../lib/store/table/keys.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";

/** Whether facts still come, on the real engine: facts are put there as if they had come weeks ago, as no request can. */

const hour = 3_600_000;
const minute = 60_000;
const week = 7 * 24 * hour;
/** A Tuesday, at a time of the day when people answer. */
const now = Date.parse("2026-11-24T15:15:00Z");

let table: TestTable;
let count = 0;

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table?.stop());

interface Stored {
  readonly occurredAt: number;
  readonly recordedAt?: number;
}

/** A workspace that has these facts. */
async function workspaceWith(facts: readonly Stored[], kind: FactKind = "responses", timeZone = "UTC") {
  count += 1;
  const workspace = { id: `w${count}`, timeZone };
  const items = facts.map(({ occurredAt, recordedAt = occurredAt + 1_000 }, index) => {
    const id = `${workspace.id}-${index}`;
    const instant = new Date(occurredAt).toISOString();
    const day = dayOf(occurredAt, timeZone);
    return {
      ...factKey(workspace.id, id),
      ...factTimelineKey(workspace.id, kind, day, instant, id),
      ...{ id, day, occurredAt, recordedAt, contentHash: "", body: { type: "response" } },
    };
  });
  const puts = items.map((Item) => ({ PutRequest: { Item } }));
  const batches = Array.from({ length: Math.ceil(puts.length / 25) }, (_, index) =>
    table.client.send(
      new BatchWriteCommand({ RequestItems: { [table.name]: puts.slice(index * 25, (index + 1) * 25) } }),
    ),
  );
  await Promise.all(batches);
  return workspace;
}

/** Facts of a day's time each so many minutes in the weeks before, and this week up to so many hours ago. */
function stream(every: number, hoursAgo: number, weeks: readonly number[] = [1, 2, 3, 4]): Stored[] {
  const times = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.ceil((to - from) / (every * minute))) }, (_, index) => ({
      occurredAt: from + index * every * minute,
    }));
  return [
    ...weeks.flatMap((ago) => times(now - ago * week - 12 * hour, now - ago * week)),
    ...times(now - 12 * hour, now - hoursAgo * hour),
  ];
}

async function stopped(facts: readonly Stored[]) {
  return lookAtArrivals(table, await workspaceWith(facts), now);
}

const arriving = [{ kind: "responses", stoppedAt: undefined }];

describe("facts that come all day", () => {
  it("are told to have stopped after an hour of silence, with the time of the last one", async () => {
    const facts = stream(4, 1.2);
    const last = Math.max(...facts.map(({ occurredAt }) => occurredAt));
    expect(await stopped(facts)).toEqual([{ kind: "responses", stoppedAt: last }]);
  });

  it("are told to come while one has come in the last hour", async () => {
    expect(await stopped(stream(4, 0.5))).toEqual(arriving);
  });

  it("are told to come when one has come in the last hour that happened long before", async () => {
    const late = { occurredAt: now - 90 * minute, recordedAt: now - minute };
    expect(await stopped([...stream(4, 1.6), late])).toEqual(arriving);
  });

  it("are not missed at an hour at which they never come", async () => {
    const nightly = stream(4, 3).filter(
      ({ occurredAt }) => occurredAt % (24 * hour) < 12 * hour + 15 * minute,
    );
    expect(await stopped(nightly)).toEqual([]);
  });

  it("are told to have stopped until they come again, also at hours at which they never come", async () => {
    const untilTwo = ({ occurredAt }: Stored) => occurredAt % (24 * hour) < 14 * hour;
    const facts = stream(4, 5).filter(untilTwo);
    expect(await stopped(facts)).toMatchObject([{ kind: "responses", stoppedAt: expect.any(Number) }]);
  });

  it("are told to have stopped though one of the weeks before had none, and not when two had none", async () => {
    expect(await stopped(stream(4, 2, [1, 2, 4]))).toMatchObject([{ stoppedAt: expect.any(Number) }]);
    expect(await stopped(stream(4, 2, [2, 4]))).toEqual([]);
  });

  it("are told to have stopped where hundreds come in an hour: parts of it are sampled", async () => {
    // Of the weeks before, the hours of the silence are looked at.
    const isLookedAt = ({ occurredAt }: Stored) =>
      (now - occurredAt) % week < 2.2 * hour && occurredAt < now - week;
    const many = stream(4, 2).flatMap((fact) =>
      Array.from({ length: isLookedAt(fact) ? 25 : 1 }, (_, index) => ({
        occurredAt: fact.occurredAt + index * 1_000,
      })),
    );
    const used = table.metered();
    const workspace = await workspaceWith(many);
    expect(await lookAtArrivals(used, workspace, now)).toMatchObject([{ stoppedAt: expect.any(Number) }]);
    expect(used.used.readUnits).toBeLessThanOrEqual(250);
  });
});

describe("it cannot be told of facts", () => {
  it.each([
    ["that are few", stream(60, 3)],
    ["that came in one batch in each of the weeks", stream(12 * 60, 3).flatMap((one) => Array(50).fill(one))],
    [
      "that were imported later: nobody knew of them then",
      stream(4, 2).map((one) => ({ ...one, recordedAt: now - 3 * hour })),
    ],
    ["of which the last came more than four weeks ago", stream(4, 12, [5, 6, 7, 8])],
    ["of which there are none", []],
  ])("%s", async (_, facts) => {
    expect(await stopped(facts)).toEqual([]);
  });

  it("and that takes hardly any reading in a workspace without facts", async () => {
    const used = table.metered();
    await ensureWorkspace(used, "empty");
    used.reset();
    await lookAtArrivals(used, { id: "empty", timeZone: "UTC" }, now);
    expect(used.used.readUnits).toBeLessThanOrEqual(16);
  });
});

it("responses and events are told apart", async () => {
  const workspace = await workspaceWith(stream(4, 0.5), "events");
  expect(await lookAtArrivals(table, workspace, now)).toEqual([{ kind: "events", stoppedAt: undefined }]);
});

it("the weeks before are looked at by the clocks of the workspace, also where these were changed since", async () => {
  // Europe's clocks went back on 25 October. Facts come from half past nine on, and one early bird's before.
  const minutesOf = (day: string) =>
    Array.from({ length: 40 }, (_, index) => ({
      occurredAt: Date.parse(`${day}T09:30:00+02:00`) + index * 4 * minute,
    }));
  const before = ["2026-10-19", "2026-10-12", "2026-10-05", "2026-09-28"].flatMap(minutesOf);
  const early = { occurredAt: Date.parse("2026-10-26T08:30:00+01:00") };
  const workspace = await workspaceWith([...before, early], "responses", "Europe/Berlin");
  const look = (at: string) => lookAtArrivals(table, workspace, Date.parse(at));
  // By UTC it is an hour later in the weeks before, when many came.
  expect(await look("2026-10-26T09:45:00+01:00")).toEqual([]);
  expect(await look("2026-10-26T12:45:00+01:00")).toMatchObject([{ stoppedAt: early.occurredAt }]);
});
