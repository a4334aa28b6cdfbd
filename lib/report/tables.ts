import { formatCount, formatDays, formatInterval, formatValue, noValueText } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { formatOf, isPart } from "./metric-chart.ts";
import type { MetricReport, ReportInterval, ReportLine } from "./model.ts";
import { maxLines } from "./theme.ts";
import { verdictOn } from "./verdict.ts";

/** Tables of values: what a chart shows, for whoever cannot see it or wants the figures. */

/** At most so many groups are listed; the rest is counted. */
const maxGroups = 25;

/** The values of a chart, interval by interval. */
export function renderValues(shown: MetricReport, interval: ReportInterval): Markup {
  const format = formatOf(shown);
  const lines = shown.lines.slice(0, maxLines);
  const isGrouped = lines.some(({ group }) => group !== undefined);
  const rows = lines.flatMap(({ group, points }) =>
    points.map(
      (entry) => html`<tr>${isGrouped && html`<th scope="row"><bdi>${group}</bdi></th>`}
<td>${formatDays(entry.from, entry.to)}</td><td class="number">${formatValue(entry.value, format)}</td><td class="number">${formatInterval(entry.low, entry.high, format)}</td><td class="number">${formatCount(entry.n)}</td><td>${remarksOn(entry, interval)}</td></tr>
`,
    ),
  );
  return scrollable(
    `Values of ${shown.metric.name}`,
    html`<table><thead><tr>${isGrouped && html`<th scope="col">Group</th>`}<th scope="col">Period</th><th scope="col" class="number">Value</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">n</th><th scope="col">Notes</th></tr></thead><tbody>
${rows}</tbody></table>`,
  );
}

function remarksOn(entry: ReportLine["points"][number], interval: ReportInterval): string {
  return [
    entry.provisional && "provisional",
    entry.lowSample && "low sample",
    isPart(entry, interval) && `part of a ${interval}`,
  ]
    .filter((remark) => remark !== false)
    .join(", ");
}

/** The groups of a metric over the whole period, with what changed. */
export function renderGroups(shown: MetricReport): Markup {
  const format = formatOf(shown);
  const rows = shown.lines.slice(0, maxGroups).map(({ group, total, comparison }) => {
    const { kind, sign, change, text } = verdictOn(shown, comparison);
    return html`<tr><th scope="row"><bdi>${group}</bdi></th><td class="number">${formatValue(total.value, format)}</td><td class="number">${change ?? noValueText}</td><td class="${kind}">${sign} ${text}</td><td class="number">${formatInterval(total.low, total.high, format)}</td><td class="number">${formatCount(total.n)}${total.lowSample && " (low sample)"}</td></tr>
`;
  });
  const rest = shown.lines.length - maxGroups;
  return html`${scrollable(
    `Groups of ${shown.metric.name}`,
    html`<table><thead><tr><th scope="col">Group</th><th scope="col" class="number">Value</th><th scope="col" class="number">Change</th><th scope="col">Real or noise?</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">n</th></tr></thead><tbody>
${rows}</tbody></table>`,
  )}${rest > 0 && html`<p class="quiet">${formatCount(rest)} smaller groups are left out.</p>`}`;
}

/** The components of the value of the whole period. */
export function renderComponents({ lines }: MetricReport): Markup | undefined {
  const [whole, ...others] = lines;
  if (!whole || others.length > 0 || whole.group !== undefined) return undefined;
  const entries = Object.entries(whole.total.components).map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value ?? noValueText}</dd></div>
`,
  );
  return html`<dl class="components">
${entries}</dl>`;
}

/** A table that can be scrolled sideways where it is too wide: by keyboard as well. */
export function scrollable(label: string, table: Markup): Markup {
  return html`<div class="scrollable" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}
