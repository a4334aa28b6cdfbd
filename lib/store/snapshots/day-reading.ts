import type { Day } from "../../domain/calendar/days.ts";
import { totalSegment } from "../../domain/metrics/counting.ts";
import type { AnyMetric, Measurement } from "../../domain/metrics/metric.ts";
import { periodOf } from "../../domain/metrics/period.ts";
import { metrics } from "../../domain/metrics/registry.ts";
import { metricSettings, type StatedSettings, type Workspace } from "../../domain/workspace/settings.ts";
import { causeCountsOf, familiesOf, type LateEntry } from "../counters/change-causes.ts";
import { type MetricCounters, readCountersOfAll, type StaleMark } from "../counters/counters.ts";
import type { UnpackedItem } from "../counters/pack-days.ts";
import type { Table } from "../table/client.ts";
import type { Deadline } from "../table/retries.ts";
import { readLateLog, readLateLogs } from "./late-log.ts";
import type { Seen } from "./restatement-reason.ts";
import { listSnapshots, readSnapshots } from "./snapshot-items.ts";
import type { Snapshot } from "./stored-snapshot.ts";

/** Reading everything that the snapshots of a day depend on. */

/** A metric's measurement of a day, beside its snapshot. */
export interface MetricReading {
  readonly metric: AnyMetric;
  readonly before: Snapshot | undefined;
  readonly counts: Readonly<Record<string, bigint>>;
  readonly measurement: Measurement;
  /** By which it was measured. */
  readonly settings: StatedSettings;
  readonly stale: readonly StaleMark[];
  readonly unpacked: readonly UnpackedItem[];
  readonly seen: Omit<Seen, "log">;
}

/** A day's counters with the log of the facts that changed it late. */
export interface DayReading {
  readonly readings: readonly MetricReading[];
  readonly log: readonly LateEntry[];
}

/** How often a day is read again because late facts arrived in between. */
const maxReadings = 5;

/**
 * Reads a day. Where facts keep arriving between the reading of the log and of the counters, it is read again a few
 * times: after that the counters may hold a fact that the log, as it was read, does not name yet.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readDay(
  table: Table,
  workspace: Workspace,
  date: Day,
  deadline: Deadline,
): Promise<DayReading> {
  let log = await readLateLog(table, workspace.id, date);
  for (let attempt = 1; ; attempt += 1) {
    const read = await readMetrics(table, workspace, [date], deadline);
    const readings = read.get(date) ?? [];
    const after = await readLateLog(table, workspace.id, date);
    if (attempt === maxReadings || isSameLog(log, after)) return { readings, log };
    log = after;
  }
}

/**
 * Reads several days at once, for a fraction of what it takes to read them one by one.
 * @param dates in order, near to each other: what lies between them is read as well
 * @returns what was read, by day, without days that late facts arrived on meanwhile
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readDays(
  table: Table,
  workspace: Workspace,
  dates: readonly Day[],
  deadline: Deadline,
): Promise<ReadonlyMap<Day, DayReading>> {
  const before = await readLateLogs(table, workspace.id, dates);
  const read = await readMetrics(table, workspace, dates, deadline);
  const after = await readLateLogs(table, workspace.id, dates);
  const settled = dates.filter((date) => isSameLog(before.get(date) ?? [], after.get(date) ?? []));
  return new Map(
    settled.map((date) => [date, { readings: read.get(date) ?? [], log: before.get(date) ?? [] }]),
  );
}

/** Whether nothing has been added to a log. */
function isSameLog(before: readonly LateEntry[], after: readonly LateEntry[]): boolean {
  const known = new Set(before.map(({ key }) => key));
  return after.every(({ key }) => known.has(key));
}

async function readMetrics(
  table: Table,
  workspace: Workspace,
  dates: readonly Day[],
  deadline: Deadline,
): Promise<ReadonlyMap<Day, MetricReading[]>> {
  const [from = "", to = ""] = [dates[0], dates.at(-1)];
  // The snapshots are read first: a run that writes in between makes this run's own write fail.
  const before = await readSnapshotsOn(table, workspace.id, dates, deadline);
  const scope = { segment: totalSegment, range: { from, to } };
  const read = await readCountersOfAll(table, workspace.id, metrics, scope);
  return new Map(
    dates.map((date) => [
      date,
      [...read].map(([metric, counters]) => {
        return readingOf(workspace, metric, date, before.get(date)?.get(metric.id), counters);
      }),
    ]),
  );
}

/** From so many days on it takes less to read all days of a metric that lie between than each item by its key. */
const minQueriedDays = 4;

/** The newest snapshots of all metrics, by day and metric. */
async function readSnapshotsOn(
  table: Table,
  workspace: string,
  dates: readonly Day[],
  deadline: Deadline,
): Promise<ReadonlyMap<Day, ReadonlyMap<string, Snapshot>>> {
  const ids = metrics.map(({ id }) => id);
  const [from, to] = [dates[0], dates.at(-1)];
  if (from === undefined || to === undefined || dates.length < minQueriedDays) {
    const read = dates.map(async (date) => {
      return [date, await readSnapshots(table, workspace, ids, date, deadline)] as const;
    });
    return new Map(await Promise.all(read));
  }
  const found = new Map<Day, Map<string, Snapshot>>(dates.map((date) => [date, new Map()]));
  const listed = ids.map((id) => {
    return listSnapshots(table, workspace, id, { from, to }, Number.POSITIVE_INFINITY);
  });
  for (const snapshot of (await Promise.all(listed)).flat()) {
    found.get(snapshot.date)?.set(snapshot.metric, snapshot);
  }
  return found;
}

function readingOf(
  workspace: Workspace,
  metric: AnyMetric,
  date: Day,
  before: Snapshot | undefined,
  counters: MetricCounters,
): MetricReading {
  const period = periodOf(counters.timelineOf, { from: date, to: date, calendar: "day" });
  const settings = metricSettings(workspace, metric.id);
  const families = familiesOf(metric);
  const causes = causeCountsOf(metric, [...families.keys()], (family, counter) =>
    counters.timelineOf(families.get(family) ?? "").sumBetween(counter, date, date),
  );
  return {
    metric,
    before,
    counts: counters.countsOn(date),
    measurement: metric.compute(period, settings),
    settings,
    stale: counters.stale.filter(({ day }) => day === date),
    unpacked: counters.unpacked.filter(({ day }) => day === date),
    seen: { causes, families: [...families.keys()].sort() },
  };
}
