import { line } from "d3-shape";
import type { Scale } from "./axes.ts";
import { html, type Markup } from "./html.ts";
import type { Theme } from "./theme.ts";

/** What is usual, beside the lines of a chart: its level and its limits, as in a process-behaviour chart. */

/** The level and the limits at a place in time. */
export interface UsualPoint {
  /** As a number of days. */
  readonly at: number;
  readonly center: number;
  readonly low: number;
  readonly high: number;
}

/** The lines of what is usual, and what they are called. */
export interface ChartUsual {
  readonly points: readonly UsualPoint[];
  readonly centerLabel: string;
  readonly limitsLabel: string;
}

/** How high the row of the legend is. */
export const usualLegendHeight = 16;

const columnWidth = 205;
const limitDashes = "4 3";

/** Draws the lines: thin, so that they stand behind what is measured. */
export function renderUsual(
  { points }: ChartUsual,
  { theme, x, y }: { readonly theme: Theme; readonly x: Scale; readonly y: Scale },
): Markup[] {
  const path = (of: (point: UsualPoint) => number) =>
    line<UsualPoint>()
      .digits(1)
      .x(({ at }) => x.place(at))
      .y((point) => y.place(of(point)))([...points]);
  return [
    html`<path class="center" d="${path(({ center }) => center)}" fill="none" stroke="${theme.quiet}"/>`,
    html`<path class="limit" d="${path(({ low }) => low)}" fill="none" stroke="${theme.quiet}" stroke-dasharray="${limitDashes}"/>`,
    html`<path class="limit" d="${path(({ high }) => high)}" fill="none" stroke="${theme.quiet}" stroke-dasharray="${limitDashes}"/>`,
  ];
}

/** The row of the legend that says which line is which. */
export function renderUsualLegend(
  { centerLabel, limitsLabel }: ChartUsual,
  theme: Theme,
  left: number,
  baseline: number,
): Markup {
  const right = left + columnWidth;
  return html`<path class="center" d="M${left} ${baseline - 4}h22" stroke="${theme.quiet}"/><text x="${left + 27}" y="${baseline}">${centerLabel}</text><path class="limit" d="M${right} ${baseline - 4}h22" stroke="${theme.quiet}" stroke-dasharray="${limitDashes}"/><text x="${right + 27}" y="${baseline}">${limitsLabel}</text>`;
}
