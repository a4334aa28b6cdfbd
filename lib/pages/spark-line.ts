import { area, line } from "d3-shape";
import { html, type Markup } from "../report/html.ts";
import type { ReportLine } from "../report/model.ts";

/** A chart of the size of a word, with its band. */

const [width, height, margin] = [112, 28, 2];

/** @param name what a reader who cannot see it is told */
export function renderSparkLine({ points }: Pick<ReportLine, "points">, name: string): Markup | undefined {
  const places = points.map(({ value, low, high, lowSample }) => ({
    value: numberOf(value),
    // A band of a low sample would flatten the line.
    low: lowSample ? null : numberOf(low),
    high: lowSample ? null : numberOf(high),
  }));
  const known = places.flatMap(({ value, low, high }) => [value, low, high]).filter((one) => one !== null);
  if (known.length === 0) return undefined;
  const [least, greatest] = [Math.min(...known), Math.max(...known)];
  const x = (index: number) => margin + (index * (width - 2 * margin)) / Math.max(1, places.length - 1);
  const y = (value: number) =>
    greatest === least
      ? height / 2
      : height - margin - ((value - least) * (height - 2 * margin)) / (greatest - least);
  type Place = (typeof places)[number];
  const path = line<Place>()
    .digits(1)
    .defined(({ value }) => value !== null)
    .x((_, index) => x(index))
    .y(({ value }) => y(value ?? 0))(places);
  const band = area<Place>()
    .digits(1)
    .defined(({ low, high }) => low !== null && high !== null)
    .x((_, index) => x(index))
    .y0(({ low }) => y(low ?? 0))
    .y1(({ high }) => y(high ?? 0))(places);
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" role="img" aria-label="${name}">${band !== null && html`<path class="band" d="${band}"/>`}<path d="${path}"/></svg>`;
}

function numberOf(value: number | string | null): number | null {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}
