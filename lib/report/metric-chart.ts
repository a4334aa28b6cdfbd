import { daysOf } from "../annotations/annotation.ts";
import { calendarOf } from "../calendar/intervals.ts";
import type { SeriesEntry } from "../metrics/series.ts";
import { middleOf } from "./axes.ts";
import type { Chart } from "./chart.ts";
import type { ChartPoint } from "./chart-line.ts";
import { formatDays, formatInterval, formatTick, formatValue, type ValueFormat } from "./format.ts";
import { isPeriodInvariant } from "./length.ts";
import type { MetricReport, Report, ReportInterval } from "./model.ts";
import { maxLines } from "./theme.ts";

/** From what a report says of a metric to its chart. */

/** How a metric's values are written. */
export function formatOf({ metric, currency }: Pick<MetricReport, "metric" | "currency">): ValueFormat {
  return { unit: metric.unit, currency };
}

/** The chart of a metric over a report's period. */
export function chartOf(
  shown: MetricReport,
  {
    range,
    interval,
    annotations = [],
  }: Pick<Report, "range" | "interval"> & Partial<Pick<Report, "annotations">>,
): Chart {
  const { metric, goals } = shown;
  const format = formatOf(shown);
  return {
    title: `${metric.name}, ${formatDays(range.from, range.to)}`,
    description: describe(shown, range, interval),
    range,
    lines: shown.lines.slice(0, maxLines).map(({ group, points }) => ({
      ...(group === undefined ? {} : { label: group }),
      points: points.map((entry) => pointOf(entry, interval)),
    })),
    isAmount: metric.unit === "count" || metric.unit === "money" || metric.unit === "seconds",
    goals: goals.flatMap(({ target }) => {
      const place = isPeriodInvariant(metric) ? toNumber(target) : null;
      return place === null ? [] : [{ target: place, label: `Goal ${formatValue(target, format)}` }];
    }),
    marks: shown.restatements.map(({ date }) => date),
    annotations: annotations.map(({ definition }, index) => ({
      days: daysOf(definition),
      number: index + 1,
    })),
    tickLabel: (value, step) => formatTick(value, step, format),
  };
}

/** Whether an entry covers less than its whole calendar interval, because the period begins or ends inside. */
export function isPart({ from, to }: Pick<SeriesEntry, "from" | "to">, interval: ReportInterval): boolean {
  if (interval === "total" || interval === "day") return false;
  const calendar = calendarOf({ from, to });
  // A month can be a quarter's length only by being one: any larger calendar interval holds whole smaller ones.
  return calendar !== interval;
}

function pointOf(entry: SeriesEntry, interval: ReportInterval): ChartPoint {
  return {
    at: middleOf(entry),
    value: toNumber(entry.value),
    low: toNumber(entry.low),
    high: toNumber(entry.high),
    isOpen: entry.provisional || isPart(entry, interval),
    isLowSample: entry.lowSample,
  };
}

/** Money is a decimal string: a chart needs no more digits than a double has. */
function toNumber(value: number | string | null): number | null {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}

const intervalNames: Readonly<Record<ReportInterval, string>> = {
  day: "by day",
  week: "by week",
  month: "by month",
  quarter: "by quarter",
  year: "by year",
  total: "as one value",
};

function describe(shown: MetricReport, range: Report["range"], interval: ReportInterval): string {
  const format = formatOf(shown);
  const lines = shown.lines.slice(0, maxLines).map(({ group, points, total }) => {
    const known = points.filter(({ value }) => value !== null);
    const [first, last] = [known[0], known.at(-1)];
    const course =
      first === undefined || last === undefined
        ? "no values"
        : `from ${formatValue(first.value, format)} to ${formatValue(last.value, format)}`;
    const { low, high, value } = total;
    const bounds = low === null ? "" : `, 95 % interval ${formatInterval(low, high, format)}`;
    return `${group === undefined ? "" : `${group}: `}${course}; in all ${formatValue(value, format)}${bounds}`;
  });
  return `${shown.metric.name} ${intervalNames[interval]}, ${formatDays(range.from, range.to)}: ${lines.join(". ")}.`;
}
