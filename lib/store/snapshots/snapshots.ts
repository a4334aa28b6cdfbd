import type { Day } from "../../domain/calendar/days.ts";
import type { Measurement } from "../../domain/metrics/metric.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import type { StaleMark } from "../counters/counters.ts";
import { readFactMarks } from "../counters/fact-marks.ts";
import { packDays } from "../counters/pack-days.ts";
import { clearMarks } from "../counters/stale-marks.ts";
import type { Files } from "../files/bucket.ts";
import { DayFacts } from "../files/day-facts.ts";
import { writeDayFiles } from "../files/day-files.ts";
import { WrittenMonths } from "../files/month-copies.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import type { Table } from "../table/client.ts";
import { StoreError } from "../table/errors.ts";
import { backOff, type Deadline } from "../table/retries.ts";
import { markTaken } from "./closed-day.ts";
import { type DayReading, type MetricReading, readDay, readDays } from "./day-reading.ts";
import { deleteLateEntries } from "./late-log.ts";
import { divideLog, entriesOn, reasonOf } from "./restatement-reason.ts";
import { acknowledge, writeRevision } from "./revisions.ts";
import { readSnapshots } from "./snapshot-items.ts";
import { advance, daysAtOnce, lastClosedDay } from "./snapshot-plan.ts";
import type { Snapshot } from "./stored-snapshot.ts";

/**
 * Snapshots: what each metric said of a closed day. Taking one twice, late or at the same time as another changes
 * nothing; only a day whose counters have changed gets a new revision. A run that ends at any point leaves a state
 * from which the next one goes on: what each snapshot has seen is written with it, in one step.
 */

/** The result of taking a day's snapshots. */
export interface TakenDay {
  readonly date: Day;
  /** Metrics snapshotted for the first time, changed by a new revision, and found as they were. */
  readonly taken: number;
  readonly restated: number;
  readonly unchanged: number;
  /** The day's measurement of each metric, by id. */
  readonly measurements: ReadonlyMap<string, Measurement>;
  /** What webhooks are to be told of it, to be handed over. */
  readonly entries: readonly OutboxEntry[];
}

type Outcome = "taken" | "restated" | "unchanged";

/** The context of a run. */
interface Run {
  readonly table: Table;
  readonly workspace: Workspace;
  readonly deadline: Deadline;
  /** Where the files of closed days go; absent where none are kept. */
  readonly files: Files | undefined;
  /** The months of which it has written files. */
  readonly months: WrittenMonths;
}

/** A day as it was read before it is settled. */
interface Ahead {
  readonly reading: DayReading | undefined;
  /** The marks of days whose facts changed, and the facts, which are read after the marks. */
  readonly marks: readonly StaleMark[];
  readonly facts: DayFacts;
}

/**
 * Takes the snapshots of closed days, one day after the other, each when it is asked for. A day that is taken stays so, whatever
 * becomes of the next ones.
 * @param dates in order
 * @param files where the files of the days are written as well; none are where it is absent
 * @throws RangeError when a day is not over
 * @throws StoreError `unavailable` when the deadline passes, or other writers keep being faster until then
 */
export async function* takeDays(
  table: Table,
  workspace: Workspace,
  dates: readonly Day[],
  deadline: Deadline,
  files?: Files,
): AsyncGenerator<TakenDay> {
  const run = { table, workspace, deadline, files, months: new WrittenMonths() };
  for (const part of daysAtOnce(dates)) {
    for (const date of part) requireOver(workspace, date);
    const marks = await factMarksOf(run, part);
    const read = part.length > 1 ? await readDays(table, workspace, part, deadline) : undefined;
    // Made once everything was read that says that a day has changed.
    const facts = new DayFacts(run, part);
    const taken: Day[] = [];
    try {
      for (const date of part) {
        if (deadline.remaining() <= 0) throw new StoreError("unavailable", "no time left to take all days");
        const day = await takeRead(run, date, { reading: read?.get(date), marks, facts });
        taken.push(date);
        yield day;
      }
    } finally {
      await advance(table, workspace, taken);
      if (files) await run.months.copy(files);
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
  files?: Files,
): Promise<TakenDay> {
  for await (const taken of takeDays(table, workspace, [date], deadline, files)) return taken;
  throw new Error("one day is taken at a time");
}

async function factMarksOf({ table, workspace }: Run, dates: readonly Day[]): Promise<StaleMark[]> {
  const [from, to] = [dates[0], dates.at(-1)];
  if (from === undefined || to === undefined) return [];
  return readFactMarks(table, workspace.id, { from, to });
}

function requireOver({ timeZone }: Workspace, date: Day): void {
  if (date > lastClosedDay(Date.now(), timeZone)) throw new RangeError(`${date} is not over yet`);
}

async function takeRead(run: Run, date: Day, ahead: Ahead): Promise<TakenDay> {
  const { table, workspace, deadline } = run;
  const outcomes = new Map<string, Outcome>();
  let { facts } = ahead;
  let reading = ahead.reading;
  if (reading === undefined) {
    reading = await readDay(table, workspace, date, deadline);
    facts = new DayFacts(run, [date]);
  }
  let settled = await settle(table, workspace, date, reading, outcomes);
  for (let attempt = 1; settled === undefined; attempt += 1) {
    // Another run wrote this day in between: look again at what there is to do.
    await backOff(attempt, deadline, undefined);
    reading = await readDay(table, workspace, date, deadline);
    facts = new DayFacts(run, [date]);
    settled = await settle(table, workspace, date, reading, outcomes);
  }
  if (run.files) await keepFiles({ ...run, files: run.files }, date, facts, settled);
  const marks = ahead.marks.filter(({ day }) => day === date);
  await tidyUp(table, workspace, date, reading, marks);
  const restated = new Set([...outcomes].filter(([, outcome]) => outcome === "restated").map(([id]) => id));
  const entries = await markTaken(table, workspace, { date, snapshots: settled, restated }, deadline);
  const count = (outcome: Outcome) => [...outcomes.values()].filter((one) => one === outcome).length;
  return {
    date,
    taken: count("taken"),
    restated: count("restated"),
    unchanged: count("unchanged"),
    measurements: new Map(reading.readings.map(({ metric, measurement }) => [metric.id, measurement])),
    entries,
  };
}

/** Writes the day's files, before the marks are taken off that ask for them. */
async function keepFiles(
  run: Run & { readonly files: Files },
  date: Day,
  facts: DayFacts,
  snapshots: readonly Snapshot[],
): Promise<void> {
  const { table, workspace, deadline } = run;
  const ids = snapshots.map(({ metric }) => metric);
  const readAgain = async () => (await readSnapshots(table, workspace.id, ids, date, deadline)).values();
  const readFirst = async () => ({ facts: await facts.on(date), snapshots });
  await writeDayFiles(run, date, readFirst, readAgain, run.months);
}

/** Brings every metric's snapshot to what was read. Returns them, or `undefined` where another run was faster with any. */
async function settle(
  table: Table,
  workspace: Workspace,
  date: Day,
  { readings, log }: DayReading,
  outcomes: Map<string, Outcome>,
): Promise<Snapshot[] | undefined> {
  const { needed, surplus } = divideLog(log);
  await deleteLateEntries(table, workspace.id, date, surplus);
  const settled = await Promise.all(
    readings.map(async (reading) => {
      const done = await settleMetric(table, workspace, date, reading, needed);
      const earlier = outcomes.get(reading.metric.id);
      if (done && (earlier === undefined || earlier === "unchanged")) {
        outcomes.set(reading.metric.id, done.outcome);
      }
      return done?.snapshot;
    }),
  );
  const snapshots = settled.filter((snapshot) => snapshot !== undefined);
  return snapshots.length === settled.length ? snapshots : undefined;
}

async function settleMetric(
  table: Table,
  workspace: Workspace,
  date: Day,
  reading: MetricReading,
  log: DayReading["log"],
): Promise<{ readonly outcome: Outcome; readonly snapshot: Snapshot } | undefined> {
  const { before, counts, metric, measurement, settings } = reading;
  const { causes, families } = reading.seen;
  const seen = { causes, families, log: entriesOn(families, log).map(({ key }) => key) };
  const changes = changesBetween(before?.counts ?? {}, counts);
  const place = { workspace: workspace.id, metric, date, before, seen };
  if (before && Object.keys(changes).length === 0) {
    return (await acknowledge(table, place)) ? { outcome: "unchanged", snapshot: before } : undefined;
  }
  const restatedBecause = before && { ...reasonOf(before.seen, seen, log), counters: changes };
  const snapshot = await writeRevision(table, place, { counts, measurement, settings, restatedBecause });
  return snapshot && { outcome: before ? "restated" : "taken", snapshot };
}

/** Once every snapshot has seen what was read: tidies up behind it. */
async function tidyUp(
  table: Table,
  workspace: Workspace,
  date: Day,
  reading: DayReading,
  marks: readonly StaleMark[],
): Promise<void> {
  await deleteLateEntries(table, workspace.id, date, divideLog(reading.log).needed);
  await clearMarks(table, [...reading.readings.flatMap(({ stale }) => stale), ...marks]);
  await packDays(
    table,
    reading.readings.flatMap(({ unpacked }) => unpacked),
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
