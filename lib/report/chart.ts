import { area, line } from "d3-shape";
import { type Day, dayNumber } from "../domain/calendar/days.ts";
import type { DayRange } from "../domain/calendar/intervals.ts";
import { dayTicks, linearScale, type Scale, valueAxis } from "./axes.ts";
import { renderLegend, rowsOfLegend } from "./chart-legend.ts";
import type { ChartLine, ChartPoint } from "./chart-line.ts";
import {
  type ChartUsual,
  renderUsual,
  renderUsualLegend,
  usualExtent,
  usualLegendHeight,
} from "./chart-usual.ts";
import { html, type Markup } from "./html.ts";
import { lineDashes, type Theme } from "./theme.ts";

/** Charts as SVG: lines with their 95 % bands, a goal, and the days that were corrected. */

/** A chart's points, axes and description. */
export interface Chart {
  readonly title: string;
  /** The text for readers who cannot see it. */
  readonly description: string;
  readonly range: DayRange;
  /** The locale in which days are written. */
  readonly dayLocale: string;
  /** At most as many as there are colours. */
  readonly lines: readonly ChartLine[];
  readonly isAmount: boolean;
  readonly goals: readonly { readonly target: number; readonly label: string }[];
  /** What is usual, with what its lines are called; absent where nobody asked for it. */
  readonly usual?: ChartUsual;
  /** Days to mark at the time axis. */
  readonly marks: readonly Day[];
  /** Annotations, by the numbers under which they are explained. */
  readonly annotations: readonly { readonly days: DayRange; readonly number: number }[];
  /** @param step the distance of two ticks */
  tickLabel(value: number, step: number): string;
}

/** How it is drawn. */
export interface ChartStyle {
  readonly theme: Theme;
  /** Whether it must make sense away from its page: with title and background. */
  readonly isStandalone?: boolean;
  /** Whether the values of each point can be seen by pointing at it. */
  readonly hasValues?: boolean;
}

const width = 480;
const plotHeight = 180;
const margin = { top: 12, right: 14, bottom: 24, left: 58 };
const titleHeight = 24;
/** With more points or lines a dot on each, or a band around each, would hide the lines. */
const maxDots = 32;
const maxBands = 3;

interface Plot {
  readonly chart: Chart;
  readonly theme: Theme;
  readonly x: Scale;
  readonly y: Scale;
  readonly ticks: readonly number[];
  readonly step: number;
  readonly top: number;
  readonly bottom: number;
}

/** Draws a chart. Colours are attributes, so that it looks the same wherever it is pasted; classes let a page change them. */
export function renderChart(
  chart: Chart,
  { theme, isStandalone = false, hasValues = false }: ChartStyle,
): Markup {
  const plot = planPlot(chart, theme, (isStandalone ? titleHeight : 0) + margin.top);
  const height = plot.bottom + margin.bottom;
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${chart.description}" font-family="system-ui, sans-serif" font-size="12" fill="${theme.quiet}">${[
    isStandalone && renderTitle(chart, theme, height),
    renderLegend(chart.lines, theme, margin.left, plot.top - legendHeight(chart) - margin.top + 12),
    chart.usual && renderUsualLegend(chart.usual, theme, margin.left, plot.top - margin.top + 4),
    renderAxes(plot),
    chart.usual && renderUsual(chart.usual, plot),
    chart.annotations.map((annotation) => renderAnnotation(plot, annotation)),
    chart.goals.map((goal) => renderGoal(plot, goal)),
    chart.lines.length <= maxBands && chart.lines.map((drawn, index) => renderBand(plot, drawn, index)),
    chart.lines.map((drawn, index) => renderLine(plot, drawn, index)),
    renderMarks(plot),
    hasValues && renderPoints(plot),
  ]}</svg>`;
}

function planPlot(chart: Chart, theme: Theme, above: number): Plot {
  const points = chart.lines.flatMap((drawn) => drawn.points);
  const sure = points.filter(({ isLowSample }) => !isLowSample);
  const bounds = (sure.length > 0 ? sure : points).flatMap(({ low, high }) => [low, high]);
  const targets = chart.goals.map(({ target }) => target);
  const measured = [...points.map(({ value }) => value), ...bounds, ...targets].filter(
    (value) => value !== null,
  );
  const values = [...measured, ...(chart.usual ? usualExtent(chart.usual, measured) : [])];
  const { domain, ticks, step } = valueAxis({ values, isAmount: chart.isAmount });
  const top = above + rowsOfLegend(chart.lines) * 16 + legendHeight(chart);
  const bottom = top + plotHeight;
  const days = [dayNumber(chart.range.from), dayNumber(chart.range.to)] as const;
  return {
    ...{ chart, theme, ticks, step, top, bottom },
    x: linearScale(days, [margin.left + 6, width - margin.right - 6]),
    y: linearScale(domain, [bottom, top]),
  };
}

function legendHeight({ usual }: Chart): number {
  return usual ? usualLegendHeight : 0;
}

function renderTitle(chart: Chart, theme: Theme, height: number): Markup {
  return html`<rect width="${width}" height="${height}" fill="${theme.surface}"/><text x="${margin.left}" y="20" font-size="14" font-weight="600" fill="${theme.text}">${chart.title}</text>`;
}

function renderAxes({ chart, theme, x, y, ticks, step, bottom }: Plot): Markup {
  const right = width - margin.right;
  const rows = ticks.map((value) => {
    const place = round(y.place(value));
    return html`<path class="grid" d="M${margin.left} ${place}H${right}" stroke="${theme.grid}"/><text x="${margin.left - 6}" y="${place + 4}" text-anchor="end">${chart.tickLabel(value, step)}</text>`;
  });
  const columns = dayTicks(chart.range, chart.dayLocale).map(({ at, label }) => {
    const place = round(x.place(at));
    return html`<path class="axis" d="M${place} ${bottom}v4" stroke="${theme.quiet}"/><text x="${Math.min(place, width - 28)}" y="${bottom + 17}" text-anchor="middle">${label}</text>`;
  });
  return html`${rows}<path class="axis" d="M${margin.left} ${bottom}H${right}" stroke="${theme.quiet}"/>${columns}`;
}

function renderAnnotation(
  { chart, theme, x, top, bottom }: Plot,
  { days, number }: Chart["annotations"][number],
): Markup {
  const place = (day: Day) => {
    const within = day < chart.range.from ? chart.range.from : day > chart.range.to ? chart.range.to : day;
    return round(x.place(dayNumber(within)));
  };
  const [from, to] = [place(days.from), place(days.to)];
  return html`<path class="annotation" d="M${from} ${top}V${bottom}${to > from && `M${to} ${top}V${bottom}`}" stroke="${theme.mark}" stroke-dasharray="1 3"/><text class="annotation-number" x="${from + 2}" y="${top + 10}" font-size="10" fill="${theme.mark}">${number}</text>`;
}

function renderGoal({ theme, y, top }: Plot, { target, label }: Chart["goals"][number]): Markup {
  const place = round(y.place(target));
  // Above its line, unless the picture ends there.
  const labelPlace = round(place - top < 12 ? place + 13 : place - 5);
  return html`<path class="goal" d="M${margin.left} ${place}H${width - margin.right}" stroke="${theme.goal}" stroke-width="1.5" stroke-dasharray="5 4"/><text class="goal-label" x="${width - margin.right}" y="${labelPlace}" text-anchor="end" fill="${theme.goal}">${label}</text>`;
}

function renderBand({ theme, x, y, top, bottom }: Plot, { points }: ChartLine, index: number): Markup {
  const within = (value: number) => Math.min(bottom, Math.max(top, y.place(value)));
  const shape = area<ChartPoint>()
    .digits(1)
    .defined(({ value, low, high }) => value !== null && low !== null && high !== null)
    .x(({ at }) => x.place(at))
    .y0(({ low }) => within(low ?? 0))
    .y1(({ high }) => within(high ?? 0))([...points]);
  // A lone point has no width: its interval is a bar.
  const bars = points.flatMap((point, position) =>
    isAlone(points, position) && point.low !== null && point.high !== null
      ? [
          html`<path class="bar${index}" d="M${round(x.place(point.at))} ${round(within(point.low))}V${round(within(point.high))}" stroke="${theme.lines[index]}" stroke-opacity="0.35" stroke-width="6"/>`,
        ]
      : [],
  );
  return html`<path class="band${index}" d="${shape}" fill="${theme.lines[index]}" fill-opacity="0.16"/>${bars}`;
}

function renderLine({ chart, theme, x, y }: Plot, { points }: ChartLine, index: number): Markup {
  const shape = line<ChartPoint>()
    .digits(1)
    .defined(({ value }) => value !== null)
    .x(({ at }) => x.place(at))
    .y(({ value }) => y.place(value ?? 0))([...points]);
  const hasDots = points.length * chart.lines.length <= maxDots;
  const color = theme.lines[index];
  const dots = points.flatMap((point, position) => {
    if (point.value === null || !(hasDots || isAlone(points, position))) return [];
    const [cx, cy] = [round(x.place(point.at)), round(y.place(point.value))];
    return point.isOpen
      ? [
          html`<circle class="open${index}" cx="${cx}" cy="${cy}" r="3.2" fill="${theme.surface}" stroke="${color}" stroke-width="1.5"/>`,
        ]
      : [html`<circle class="dot${index}" cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`];
  });
  return html`<path class="line${index}" d="${shape}" fill="none" stroke="${color}" stroke-width="2" stroke-linejoin="round" stroke-dasharray="${lineDashes[index]}"/>${dots}`;
}

function renderMarks({ chart, theme, x, bottom }: Plot): Markup[] {
  return chart.marks.map((day) => {
    const place = round(x.place(dayNumber(day)));
    return html`<path class="mark" d="M${place} ${bottom - 7}l4 7h-8z" fill="${theme.mark}"/>`;
  });
}

/** A column for each point, with what all lines say there: browsers show it by themselves, and the script of the pages quicker. */
function renderPoints({ chart, x, top, bottom }: Plot): Markup[] {
  const [first] = chart.lines;
  const points = first?.points ?? [];
  return points.map(({ at, days }, index) => {
    const [before, after] = [points[index - 1]?.at ?? at - 1, points[index + 1]?.at ?? at + 1];
    const [left, right] = [(before + at) / 2, (at + after) / 2].map((place) => {
      return round(Math.min(width - margin.right, Math.max(margin.left, x.place(place))));
    });
    const texts = chart.lines.flatMap(({ label, points: own }) => {
      const text = own.find((point) => point.days.from === days.from)?.text;
      return text === undefined ? [] : [label === undefined ? text : `${label}: ${text}`];
    });
    return html`<rect class="point" x="${left}" y="${top}" width="${round((right ?? 0) - (left ?? 0))}" height="${bottom - top}" fill="transparent" data-from="${days.from}" data-to="${days.to}"><title>${texts.join("; ")}</title></rect>`;
  });
}

/** Whether a point has no neighbour to which a line goes. */
function isAlone(points: readonly ChartPoint[], position: number): boolean {
  const hasValue = (point: ChartPoint | undefined) => point !== undefined && point.value !== null;
  return hasValue(points[position]) && !hasValue(points[position - 1]) && !hasValue(points[position + 1]);
}

function round(place: number): number {
  return Math.round(place * 10) / 10;
}
