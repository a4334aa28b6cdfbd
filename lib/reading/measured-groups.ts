import type { Day } from "../calendar/days.ts";
import type { AnyMetric, MetricSettings } from "../metrics/metric.ts";
import { type ComparisonEntry, type SeriesEntry, seriesOf } from "../metrics/series.ts";
import type { SeriesPlan } from "../metrics/windows.ts";
import type { CounterGroup } from "../store/segments.ts";
import type { Workspace } from "../workspace/settings.ts";

/** The series of one group; `group` is absent where nothing was grouped. */
export interface MeasuredGroup {
  readonly group?: string;
  readonly series: readonly SeriesEntry[];
  readonly comparison: readonly ComparisonEntry[];
}

/** Computes the series of each group, those with the most data first; groups without any data are left out. */
export function measureGroups(
  metric: AnyMetric,
  groups: readonly CounterGroup[],
  plan: Pick<SeriesPlan, "intervals" | "previous">,
  settings: MetricSettings,
  { snapshotsThrough }: Workspace,
  today: Day,
): MeasuredGroup[] {
  const measured = groups.map(({ group, counters }) => {
    const staleDays = new Set(counters.stale.map(({ day }) => day));
    const progress = { today, snapshotsThrough, staleDays };
    const { series, comparison } = seriesOf(metric, counters.timelineOf, plan, settings, progress);
    return {
      isGroup: group !== undefined,
      size: [...series, ...comparison].reduce((sum, { n }) => sum + Math.abs(n), 0),
      measured: { ...(group === undefined ? {} : { group }), series, comparison },
    };
  });
  return measured
    .filter(({ isGroup, size }) => !isGroup || size > 0)
    .sort((a, b) => b.size - a.size)
    .map((entry) => entry.measured);
}
