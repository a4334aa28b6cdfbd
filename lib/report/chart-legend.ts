import type { ChartLine } from "./chart-line.ts";
import { html, type Markup } from "./html.ts";
import { lineDashes, type Theme } from "./theme.ts";

/** Which line is which: above the lines of a chart that has more than one. */

const perRow = 3;
const columnWidth = 136;
const maxCharacters = 16;

/** How many rows the legend takes. */
export function rowsOfLegend(lines: readonly ChartLine[]): number {
  return lines.some(({ label }) => label !== undefined) ? Math.ceil(lines.length / perRow) : 0;
}

/** Draws the legend from a place on. */
export function renderLegend(lines: readonly ChartLine[], theme: Theme, left: number, top: number): Markup[] {
  if (rowsOfLegend(lines) === 0) return [];
  return lines.map(({ label = "" }, index) => {
    const x = left + (index % perRow) * columnWidth;
    const y = top - 16 * (rowsOfLegend(lines) - Math.floor(index / perRow)) + 4;
    return html`<path class="line${index}" d="M${x} ${y - 4}h22" fill="none" stroke="${theme.lines[index]}" stroke-width="2" stroke-dasharray="${lineDashes[index]}"/><text x="${x + 27}" y="${y}">${shortened(label)}</text>`;
  });
}

/** A label that fits into its column, cut between characters as a reader sees them. */
function shortened(label: string): string {
  const characters = [...new Intl.Segmenter().segment(label)].map(({ segment }) => segment);
  return characters.length <= maxCharacters ? label : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}
