import { earlierDay } from "../calendar/days.ts";
import type { Interval } from "../calendar/intervals.ts";
import type { AnyMetric, Measurement, MetricSettings } from "../metrics/metric.ts";
import { periodOf } from "../metrics/period.ts";
import { isLowSample } from "../metrics/series.ts";
import type { Table } from "../store/table/client.ts";
import type { Deadline } from "../store/table/retries.ts";
import type { Workspace } from "../workspace/settings.ts";
import { computeFrom, readSegmented } from "./segments.ts";

/** What a metric says of one interval, in one segment. */

/** What is measured. */
export interface MeasureScope {
  readonly interval: Interval;
  /** Dimension → the value that facts must have. */
  readonly filters: Readonly<Record<string, string>>;
  readonly settings: MetricSettings;
}

/** A measurement with where it is from. */
export interface Measured extends Omit<Measurement, "sample"> {
  readonly lowSample: boolean;
  /** Whether the rolling counters answered, or the stored facts were counted again. */
  readonly source: "counters" | "facts";
  /** What a reader must know of the value and of its segment, in sentences. */
  readonly remarks: readonly string[];
}

/**
 * Measures a metric as `GET /v1/metrics/{id}` does.
 * @param today days after it are not read: what time alone will bring about is counted ahead
 * @throws StoreError `too-many-facts` when a recount would have to look at too many facts
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function measure(
  table: Table,
  workspace: Workspace,
  metric: AnyMetric,
  { interval, filters, settings }: MeasureScope,
  today: string,
  deadline: Deadline,
): Promise<Measured> {
  const range = { from: interval.from, to: earlierDay(interval.to, today) };
  const scope = { filters, range };
  const { groups, source, remarks } = await readSegmented(table, workspace, metric, scope, deadline);
  const [group] = groups;
  if (!group) throw new Error("what is not grouped is one group");
  const { sample, ...measurement } = computeFrom(group, () =>
    metric.compute(periodOf(group.counters.timelineOf, interval), settings),
  );
  return {
    ...measurement,
    lowSample: isLowSample(metric, measurement),
    source,
    remarks: [...remarks, ...(measurement.remarks ?? [])],
  };
}
