import { curveStepAfter, line } from "d3-shape";
import { linearScale } from "./axes.ts";
import { renderLegend, rowsOfLegend } from "./chart-legend.ts";
import { html, type Markup } from "./html.ts";
import { lineDashes, maxLines, type Theme } from "./theme.ts";

/** Survival as SVG: which share is there still, by months since joining, a step where somebody is lost. */

/** A curve. */
export interface SurvivalLine {
  /** Absent where there is only one. */
  readonly label?: string;
  /** In the order of their months, in per cent. The first one is 100 at 0. Faint ones come last. */
  readonly points: readonly SurvivalPoint[];
}

interface SurvivalPoint {
  readonly month: number;
  readonly value: number;
  readonly isFaint?: boolean;
}

/** The chart's curves and texts. */
export interface SurvivalChart {
  /** The text for readers who cannot see it. */
  readonly description: string;
  /** At most as many as there are colours are drawn. */
  readonly lines: readonly SurvivalLine[];
  /** What stands at a share, and at a month. */
  percentLabel(value: number): string;
  monthLabel(month: number): string;
}

const width = 480;
const plotHeight = 180;
const margin = { top: 12, right: 14, bottom: 24, left: 58 };
const percents = [0, 25, 50, 75, 100];

/** Draws the curves. */
export function renderSurvivalChart(chart: SurvivalChart, theme: Theme): Markup {
  const lines = chart.lines.slice(0, maxLines);
  const drawn = lines.map(({ label }) => ({ ...(label === undefined ? {} : { label }), points: [] }));
  const top = margin.top + rowsOfLegend(drawn) * 16;
  const bottom = top + plotHeight;
  const height = bottom + margin.bottom;
  const months = lines.flatMap(({ points }) => points).reduce((most, { month }) => Math.max(most, month), 1);
  const x = linearScale([0, months], [margin.left, width - margin.right - 6]);
  const y = linearScale([0, 100], [bottom, top]);
  const right = width - margin.right;
  const rows = percents.map((value) => {
    const place = round(y.place(value));
    return html`<path class="grid" d="M${margin.left} ${place}H${right}" stroke="${theme.grid}"/><text x="${margin.left - 6}" y="${place + 4}" text-anchor="end">${chart.percentLabel(value)}</text>`;
  });
  const columns = monthTicks(months).map((month) => {
    const place = round(x.place(month));
    return html`<path class="axis" d="M${place} ${bottom}v4" stroke="${theme.quiet}"/><text x="${place}" y="${bottom + 17}" text-anchor="middle">${chart.monthLabel(month)}</text>`;
  });
  const shapeOf = line<SurvivalPoint>()
    .digits(1)
    .curve(curveStepAfter)
    .x(({ month }) => x.place(month))
    .y(({ value }) => y.place(value));
  const curves = lines.map(({ points }, index) => {
    const clear = points.filter(({ isFaint }) => !isFaint);
    const faint = points.slice(Math.max(0, clear.length - 1));
    const draw = (some: readonly SurvivalPoint[], opacity?: number) =>
      some.length > 1 &&
      html`<path class="line${index}" d="${shapeOf([...some])}" fill="none" stroke="${theme.lines[index]}" stroke-width="2" stroke-dasharray="${lineDashes[index]}"${opacity !== undefined && html` stroke-opacity="${opacity}"`}/>`;
    return [draw(clear), draw(faint, 0.3)];
  });
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${chart.description}" font-family="system-ui, sans-serif" font-size="12" fill="${theme.quiet}">${[
    renderLegend(drawn, theme, margin.left, top - margin.top + 12),
    rows,
    html`<path class="axis" d="M${margin.left} ${bottom}H${right}" stroke="${theme.quiet}"/>`,
    columns,
    curves,
  ]}</svg>`;
}

/** Months with a label: about six of them, at the same distance. */
function monthTicks(months: number): number[] {
  const step = [1, 2, 3, 6, 12, 24].find((one) => months / one <= 6) ?? 24;
  return Array.from({ length: Math.floor(months / step) + 1 }, (_, index) => index * step);
}

function round(place: number): number {
  return Math.round(place * 10) / 10;
}
