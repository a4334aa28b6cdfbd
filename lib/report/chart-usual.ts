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

/** Limits may be so far out of what else is drawn, in its height: then that takes a fifth of the chart at least. */
const roomBeyond = 2;

/**
 * The values that the vertical axis has to hold for the lines: all of the level, and limits as far as there is room. Those of a day of few cases, or after
 * one of a hundred times as much as usual, can be so far out that nothing else would be seen.
 * @param measured what else is drawn
 */
export function usualExtent({ points }: ChartUsual, measured: readonly number[]): number[] {
  const centers = points.map(({ center }) => center);
  const limits = points.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
  const known = [...measured, ...centers].filter(Number.isFinite);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = roomBeyond * (most - least);
  if (!(room > 0)) return [...centers, ...limits];
  return [...centers, ...limits.filter((limit) => limit >= least - room && limit <= most + room)];
}

/** Draws the lines: thin, so that they stand behind what is measured. What the axis does not hold is left out. */
export function renderUsual(
  { points }: ChartUsual,
  { theme, x, y }: { readonly theme: Theme; readonly x: Scale; readonly y: Scale },
): Markup[] {
  const [start, end] = y.domain;
  const path = (of: (point: UsualPoint) => number) =>
    line<UsualPoint>()
      .defined((point) => of(point) >= start && of(point) <= end)
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
