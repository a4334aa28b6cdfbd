import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../calendar/days.ts";
import type { Measurement } from "../../metrics/metric.ts";
import type { Workspace } from "../../workspace/settings.ts";
import { packDays } from "../counters/pack-days.ts";
import { clearMarks } from "../counters/stale-marks.ts";
import type { Table } from "../table/client.ts";
import { StoreError } from "../table/errors.ts";
import { snapshotDayKey } from "../table/keys.ts";
import { backOff, type Deadline } from "../table/retries.ts";
import { type DayReading, type MetricReading, readDay, readDays } from "./day-reading.ts";
import { deleteLateEntries } from "./late-log.ts";
import { divideLog, entriesOn, reasonOf } from "./restatement.ts";
import { acknowledge, writeRevision } from "./revisions.ts";
import { advance, daysAtOnce, lastClosedDay } from "./snapshot-plan.ts";

/**
 * Snapshots: what each metric said of a closed day. Taking one twice, late or at the same time as another changes
 * nothing; only a day whose counters have changed gets a new revision. A run that ends at any point leaves a state
 * from which the next one goes on: what each snapshot has seen is written with it, in one step.
 */

/** What became of a day's snapshots. */
export interface TakenDay {
  readonly date: Day;
  /** Metrics snapshotted for the first time, changed by a new revision, and found as they were. */
  readonly taken: number;
  readonly restated: number;
  readonly unchanged: number;
  /** What each metric said, by id. */
  readonly measurements: ReadonlyMap<string, Measurement>;
}

type Outcome = "taken" | "restated" | "unchanged";

/**
 * Takes the snapshots of closed days, one day after the other, each when it is asked for. A day that is taken stays so, whatever
 * becomes of the next ones.
 * @param dates in order
 * @throws RangeError when a day is not over
 * @throws StoreError `unavailable` when the deadline passes, or other writers keep being faster until then
 */
export async function* takeDays(
  table: Table,
  workspace: Workspace,
  dates: readonly Day[],
  deadline: Deadline,
): AsyncGenerator<TakenDay> {
  for (const part of daysAtOnce(dates)) {
    for (const date of part) requireOver(workspace, date);
    const read = part.length > 1 ? await readDays(table, workspace, part, deadline) : undefined;
    const taken: Day[] = [];
    try {
      for (const date of part) {
        if (deadline.remaining() <= 0) throw new StoreError("unavailable", "no time left to take all days");
        const day = await takeRead(table, workspace, date, read?.get(date), deadline);
        taken.push(date);
        yield day;
      }
    } finally {
      await advance(table, workspace, taken);
    }
  }
}

/**
 * Takes the snapshots of a closed day: every metric, in the workspace's currency.
 * @throws RangeError when the day is not over
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function takeDay(
  table: Table,
  workspace: Workspace,
  date: Day,
  deadline: Deadline,
): Promise<TakenDay> {
  requireOver(workspace, date);
  const taken = await takeRead(table, workspace, date, undefined, deadline);
  await advance(table, workspace, [date]);
  return taken;
}

function requireOver({ timeZone }: Workspace, date: Day): void {
  if (date > lastClosedDay(Date.now(), timeZone)) throw new RangeError(`${date} is not over yet`);
}

/** @param read the day as it was read; it is read now, and again where another run was faster */
async function takeRead(
  table: Table,
  workspace: Workspace,
  date: Day,
  read: DayReading | undefined,
  deadline: Deadline,
): Promise<TakenDay> {
  const outcomes = new Map<string, Outcome>();
  let reading = read ?? (await readDay(table, workspace, date, deadline));
  for (let attempt = 1; ; attempt += 1) {
    if (await settle(table, workspace, date, reading, outcomes)) break;
    // Another run wrote this day in between: look again at what there is to do.
    await backOff(attempt, deadline, undefined);
    reading = await readDay(table, workspace, date, deadline);
  }
  await close(table, workspace, date, reading);
  const count = (outcome: Outcome) => [...outcomes.values()].filter((one) => one === outcome).length;
  return {
    date,
    taken: count("taken"),
    restated: count("restated"),
    unchanged: count("unchanged"),
    measurements: new Map(reading.readings.map(({ metric, measurement }) => [metric.id, measurement])),
  };
}

/** Brings every metric's snapshot to what was read. Returns whether no other run was faster with any of them. */
async function settle(
  table: Table,
  workspace: Workspace,
  date: Day,
  { readings, log }: DayReading,
  outcomes: Map<string, Outcome>,
): Promise<boolean> {
  const { needed, surplus } = divideLog(log);
  await deleteLateEntries(table, workspace.id, date, surplus);
  const settled = await Promise.all(
    readings.map(async (reading) => {
      const outcome = await settleMetric(table, workspace, date, reading, needed);
      const earlier = outcomes.get(reading.metric.id);
      if (outcome && (earlier === undefined || earlier === "unchanged")) {
        outcomes.set(reading.metric.id, outcome);
      }
      return outcome !== undefined;
    }),
  );
  return settled.every(Boolean);
}

async function settleMetric(
  table: Table,
  workspace: Workspace,
  date: Day,
  reading: MetricReading,
  log: DayReading["log"],
): Promise<Outcome | undefined> {
  const { before, counts, metric, measurement, settings } = reading;
  const { causes, families } = reading.seen;
  const seen = { causes, families, log: entriesOn(families, log).map(({ key }) => key) };
  const changes = changesBetween(before?.counts ?? {}, counts);
  const place = { workspace: workspace.id, metric, date, before, seen };
  if (before && Object.keys(changes).length === 0) {
    return (await acknowledge(table, place)) ? "unchanged" : undefined;
  }
  const restatedBecause = before && { ...reasonOf(before.seen, seen, log), counters: changes };
  const isWritten = await writeRevision(table, place, { counts, measurement, settings, restatedBecause });
  if (!isWritten) return undefined;
  return before ? "restated" : "taken";
}

/** Once every snapshot has seen what was read: tidies up behind it, and marks the day as one that has its snapshot. */
async function close(table: Table, workspace: Workspace, date: Day, reading: DayReading): Promise<void> {
  await deleteLateEntries(table, workspace.id, date, divideLog(reading.log).needed);
  await clearMarks(
    table,
    reading.readings.flatMap(({ stale }) => stale),
  );
  await packDays(
    table,
    reading.readings.flatMap(({ loose }) => loose),
  );
  await table.client.send(
    new PutCommand({
      TableName: table.name,
      Item: { ...snapshotDayKey(workspace.id, date), takenAt: new Date().toISOString() },
    }),
  );
}

function changesBetween(
  before: Readonly<Record<string, bigint>>,
  after: Readonly<Record<string, bigint>>,
): Record<string, bigint> {
  const counters = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...counters]
      .map((counter) => [counter, (after[counter] ?? 0n) - (before[counter] ?? 0n)] as const)
      .filter(([, change]) => change !== 0n),
  );
}
