import type { DayRange } from "../../../domain/calendar/intervals.ts";
import { type Chart, renderChart } from "../../../report/chart.ts";
import type { ChartPoint } from "../../../report/chart-line.ts";
import { html, type Markup } from "../../../report/html.ts";
import { lightTheme, lineDashes, maxLines } from "../../../report/theme.ts";
import type { WidgetBlueprint } from "../template/dashboard-blueprint.ts";
import type { MetricPoint } from "./points.ts";
import { type GraphMetric, graphMetricOf, isMeasuredHere, type SeriesPoint, seriesOf } from "./series.ts";

/** A graph of a dashboard: its lines over a range of time, and where alarms ring. */

/** Instants, milliseconds since 1970-01-01T00:00:00Z. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

interface Line {
  readonly metric: GraphMetric;
  readonly points: readonly SeriesPoint[];
}

const dayMilliseconds = 86_400_000;
const [fine, coarse] = [2, 0].map(
  (maximumFractionDigits) => new Intl.NumberFormat("en", { maximumFractionDigits }),
);

function numberText(value: number): string {
  return (Math.abs(value) < 1_000 ? fine : coarse)?.format(value) ?? "";
}

/** Draws a widget of the type `metric`, without its title. */
export function renderGraph(
  { properties }: WidgetBlueprint,
  points: readonly MetricPoint[],
  range: TimeRange,
): Markup {
  const metrics = (properties.metrics ?? [])
    .flatMap((entry) => graphMetricOf(entry) ?? [])
    .slice(0, maxLines);
  const lines = metrics
    .map((metric) => ({ metric, points: seriesOf(metric, points).filter(({ at }) => at <= range.to) }))
    .map((line) => ({ ...line, points: line.points.filter(({ at }) => at >= range.from) }));
  const unit = properties.yAxis?.left?.label;
  const chart = chartOf(properties.title ?? "", lines, range, properties);
  return html`<p class="quiet">${unit}</p>
<ul class="legend">${lines.map((line, index) => renderLegend(line, index))}</ul>
${renderChart(chart, { theme: lightTheme })}`;
}

function renderLegend({ metric, points }: Line, index: number): Markup {
  const last = points.at(-1);
  const said =
    last !== undefined
      ? numberText(last.value)
      : isMeasuredHere(metric)
        ? "no value in this time"
        : "only AWS measures it";
  return html`<li><svg width="22" height="8" aria-hidden="true"><path d="M0 4h22" stroke="${lightTheme.lines[index]}" stroke-width="2" stroke-dasharray="${lineDashes[index]}"/></svg> ${metric.label}: ${last ? html`<strong>${said}</strong>` : said}</li>`;
}

function chartOf(
  title: string,
  lines: readonly Line[],
  range: TimeRange,
  { annotations, yAxis }: WidgetBlueprint["properties"],
): Chart {
  const goals = (annotations?.horizontal ?? []).map(({ value, label }) => {
    return { target: value, label: `${label} (${numberText(value)})` };
  });
  const startsAtZero = yAxis?.left?.min === 0;
  const values = lines.map(({ metric, points }) => {
    const last = points.at(-1);
    return `${metric.label}: ${last === undefined ? "no value" : numberText(last.value)}`;
  });
  return {
    title,
    description: `${title}: ${[...values, ...goals.map(({ label }) => label)].join("; ")}.`,
    range: daysOf(range),
    dayLocale: "en-GB",
    lines: lines.map(({ metric, points }) => ({
      points: [...(startsAtZero ? [zeroAt(range.from)] : []), ...withGaps(metric, points)],
    })),
    isAmount: startsAtZero,
    goals,
    marks: [],
    annotations: [],
    tickLabel: (value) => numberText(value),
  };
}

/** Whole days: the last one is the day after, so that what is of today lies inside. */
function daysOf({ from, to }: TimeRange): DayRange {
  const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  return { from: dayOf(from), to: dayOf(to + dayMilliseconds) };
}

/** The points of a line with a gap where a period has no value. */
function withGaps({ period }: GraphMetric, points: readonly SeriesPoint[]): ChartPoint[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const isAfterGap = before !== undefined && point.at - before.at > 1_500 * period;
    return isAfterGap
      ? [pointAt(point.at - 1, null), pointAt(point.at, point.value)]
      : [pointAt(point.at, point.value)];
  });
}

/** No value, but one that the axis has to reach. */
function zeroAt(instant: number): ChartPoint {
  return { ...pointAt(instant, null), low: 0, high: 0 };
}

function pointAt(instant: number, value: number | null): ChartPoint {
  const day = new Date(instant).toISOString().slice(0, 10);
  return {
    at: instant / dayMilliseconds,
    ...{ value, low: null, high: null, isOpen: false, isLowSample: false },
    ...{ days: { from: day, to: day }, text: "" },
  };
}
