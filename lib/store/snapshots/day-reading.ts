import type { Day } from "../../calendar/days.ts";
import { totalSegment } from "../../metrics/counting.ts";
import type { AnyMetric, Measurement } from "../../metrics/metric.ts";
import { periodOf } from "../../metrics/period.ts";
import { metrics } from "../../metrics/registry.ts";
import { metricSettings, type StatedSettings, type Workspace } from "../../workspace/settings.ts";
import { type MetricCounters, readCountersOfAll, type StaleMark } from "../counters/counters.ts";
import { causeCountsOf, familiesOf, type LateEntry } from "../counters/late.ts";
import type { UnpackedItem } from "../counters/pack-days.ts";
import type { Table } from "../table/client.ts";
import type { Deadline } from "../table/retries.ts";
import { readLateLog } from "./late-log.ts";
import type { Seen } from "./restatement.ts";
import { readSnapshots } from "./snapshot-items.ts";
import type { Snapshot } from "./stored-snapshot.ts";

/** Reading everything that the snapshots of a day depend on. */

/** What a metric says of a day, beside what it said before. */
export interface MetricReading {
  readonly metric: AnyMetric;
  readonly before: Snapshot | undefined;
  readonly counts: Readonly<Record<string, bigint>>;
  readonly measurement: Measurement;
  /** By which it was measured. */
  readonly settings: StatedSettings;
  readonly stale: readonly StaleMark[];
  readonly loose: readonly UnpackedItem[];
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
    const readings = await readMetrics(table, workspace, date, deadline);
    const after = await readLateLog(table, workspace.id, date);
    const known = new Set(log.map(({ key }) => key));
    if (attempt === maxReadings || after.every(({ key }) => known.has(key))) return { readings, log };
    log = after;
  }
}

async function readMetrics(
  table: Table,
  workspace: Workspace,
  date: Day,
  deadline: Deadline,
): Promise<MetricReading[]> {
  const range = { from: date, to: date };
  const ids = metrics.map(({ id }) => id);
  // What was said before is read first: whoever writes in between makes this run's own write fail.
  const before = await readSnapshots(table, workspace.id, ids, date, deadline);
  const scope = { segment: totalSegment, range };
  const read = await readCountersOfAll(table, workspace.id, metrics, scope, deadline);
  return [...read].map(([metric, counters]) =>
    readingOf(workspace, metric, date, before.get(metric.id), counters),
  );
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
    loose: counters.loose.filter(({ day }) => day === date),
    seen: { causes, families: [...families.keys()].sort() },
  };
}
