import { daysOf } from "../domain/annotations/annotation.ts";
import { addDays } from "../domain/calendar/days.ts";
import { calendarOf } from "../domain/calendar/intervals.ts";
import type { Language } from "../domain/language/language.ts";
import type { SeriesEntry } from "../domain/metrics/series.ts";
import { middleOf } from "./axes.ts";
import type { Chart } from "./chart.ts";
import type { ChartPoint } from "./chart-line.ts";
import {
  formatCount,
  formatDays,
  formatInterval,
  formatTick,
  formatValue,
  type ValueFormat,
} from "./format.ts";
import { isPeriodInvariant } from "./length.ts";
import type { MetricReport, Report, ReportInterval, ReportLimits } from "./model.ts";
import { maxLines } from "./theme.ts";

/** From what a report says of a metric to its chart. */

/** How a metric's values are written: all of them in one unit of time, and all of them with cents or none. */
export function formatOf(
  { metric, currency, lines = [], whole }: ShownMetric,
  language: Language,
): ValueFormat {
  const all = whole ? [whole] : lines;
  const totals = all.flatMap(({ total }) => (total.value === null ? [] : [Math.abs(Number(total.value))]));
  const isScaled = metric.unit === "seconds" || metric.unit === "money";
  const scale = isScaled && totals.length > 0 ? Math.max(...totals) : undefined;
  return { unit: metric.unit, currency, language, scale };
}

/** A metric as far as its values are written by it. */
type ShownMetric = Pick<MetricReport, "metric" | "currency"> & Partial<Pick<MetricReport, "lines" | "whole">>;

/** The chart of a metric over a report's period. */
export function chartOf(
  shown: MetricReport,
  {
    range,
    interval,
    language,
    annotations = [],
  }: Pick<Report, "range" | "interval" | "language"> & Partial<Pick<Report, "annotations">>,
): Chart {
  const { metric, goals, convention } = shown;
  const format = formatOf(shown, language);
  const name = language.metricName(metric, convention);
  const days = formatDays(range.from, range.to, language);
  return {
    title: `${name}${language.text("comma")}${days}`,
    description: `${name} ${language.text("by", { interval })}${language.text("comma")}${days}: ${describe(shown, format)}.`,
    range,
    dayLocale: language.dayLocale,
    lines: shown.lines.slice(0, maxLines).map(({ group, points }) => ({
      ...(group === undefined ? {} : { label: group }),
      points: points.map((entry) => pointOf(entry, interval, format)),
    })),
    isAmount: metric.unit === "count" || metric.unit === "money" || metric.unit === "seconds",
    goals: goals.flatMap(({ target }) => {
      const place = isPeriodInvariant(metric) ? toNumber(target) : null;
      return place === null
        ? []
        : [{ target: place, label: language.text("chart.goal", { target: formatValue(target, format) }) }];
    }),
    ...usualOf(shown, interval, language),
    marks: shown.restatements.map(({ date }) => date),
    annotations: annotations.map(({ definition }, index) => ({
      days: daysOf(definition),
      number: index + 1,
    })),
    tickLabel: (value, step) => formatTick(value, step, format),
  };
}

/** What is usual, at the places of the points that an alert judges. */
function usualOf(
  { limits = [] }: MetricReport,
  interval: ReportInterval,
  language: Language,
): Pick<Chart, "usual"> {
  if (limits.length === 0) return {};
  const points = limits.map(({ day, center, low, high }) => {
    const to = interval === "week" ? addDays(day, 6) : day;
    return { at: middleOf({ from: day, to }), center, low, high };
  });
  const labels = { centerLabel: language.text("chart.usual"), limitsLabel: language.text("chart.limits") };
  return { usual: { points, ...labels } };
}

/** Whether an entry covers less than its whole calendar interval, because the period begins or ends inside. */
export function isPart({ from, to }: Pick<SeriesEntry, "from" | "to">, interval: ReportInterval): boolean {
  if (interval === "total" || interval === "day") return false;
  const calendar = calendarOf({ from, to });
  // A month can be a quarter's length only by being one: any larger calendar interval holds whole smaller ones.
  return calendar !== interval;
}

function pointOf(entry: SeriesEntry, interval: ReportInterval, format: ValueFormat): ChartPoint {
  const { from, to } = entry;
  return {
    at: middleOf(entry),
    value: toNumber(entry.value),
    low: toNumber(entry.low),
    high: toNumber(entry.high),
    isOpen: entry.provisional || isPart(entry, interval),
    isLowSample: entry.lowSample,
    days: { from, to },
    text: pointText(entry, format),
  };
}

function pointText({ from, to, value, low, high, n }: SeriesEntry, format: ValueFormat): string {
  const { language } = format;
  const bounds = low === null ? "" : ` (${formatInterval(low, high, format)})`;
  const size = language.text("card.size", { n: formatCount(n, language) });
  return `${formatDays(from, to, language)}: ${formatValue(value, format)}${bounds}${language.text("comma")}${size}`;
}

/** Money is a decimal string: a chart needs no more digits than a double has. */
function toNumber(value: number | string | null): number | null {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}

function describe(shown: MetricReport, format: ValueFormat): string {
  const { language } = format;
  const comma = language.text("comma");
  const usual = shown.limits?.at(-1);
  const lines = shown.lines.slice(0, maxLines).map(({ group, points, total }) => {
    const known = points.filter(({ value }) => value !== null);
    const [first, last] = [known[0], known.at(-1)];
    const { low, high, value } = total;
    const parts = [
      first === undefined || last === undefined
        ? language.text("chart.noValues")
        : language.text("chart.course", {
            first: formatValue(first.value, format),
            last: formatValue(last.value, format),
          }),
      language.text("chart.inAll", { value: formatValue(value, format) }),
      ...(low === null
        ? []
        : [language.text("chart.bounds", { interval: formatInterval(low, high, format) })]),
      ...(usual ? [usualText(usual, format)] : []),
    ];
    return `${group === undefined ? "" : `${group}: `}${parts.join(comma)}`;
  });
  return lines.join(". ");
}

function usualText({ center, low, high }: ReportLimits, format: ValueFormat): string {
  const values = { center: formatValue(center, format), interval: formatInterval(low, high, format) };
  return format.language.text("chart.usualRange", values);
}
