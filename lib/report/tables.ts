import type { Language } from "../language/language.ts";
import { formatCount, formatDays, formatInterval, formatValue, noValueText } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { formatOf, isPart } from "./metric-chart.ts";
import { cardOf, type MetricReport, type Report, type ReportLine } from "./model.ts";
import { maxLines } from "./theme.ts";
import { verdictOn } from "./verdict.ts";

/** Tables of values: what a chart shows, for whoever cannot see it or wants the figures. */

/** At most so many groups are listed; the rest is counted. */
const maxGroups = 25;

/** The values of a chart, interval by interval. */
export function renderValues(shown: MetricReport, report: Pick<Report, "interval" | "language">): Markup {
  const { language } = report;
  const format = formatOf(shown, language);
  const lines = shown.lines.slice(0, maxLines);
  const isGrouped = lines.some(({ group }) => group !== undefined);
  const rows = lines.flatMap(({ group, points }) =>
    points.map(
      (entry) => html`<tr>${isGrouped && html`<th scope="row"><bdi>${group}</bdi></th>`}
<td>${formatDays(entry.from, entry.to, language)}</td><td class="number">${formatValue(entry.value, format)}</td><td class="number">${formatInterval(entry.low, entry.high, format)}</td><td class="number">${formatCount(entry.n, language)}</td><td>${remarksOn(entry, report)}</td></tr>
`,
    ),
  );
  return scrollable(
    language.text("table.values", { name: cardOf(shown, language).name }),
    html`<table><thead><tr>${isGrouped && html`<th scope="col">${language.text("table.group")}</th>`}<th scope="col">${language.text("table.period")}</th><th scope="col" class="number">${language.text("table.value")}</th><th scope="col" class="number">${language.text("table.interval")}</th><th scope="col" class="number">n</th><th scope="col">${language.text("table.notes")}</th></tr></thead><tbody>
${rows}</tbody></table>`,
  );
}

function remarksOn(
  entry: ReportLine["points"][number],
  { interval, language }: Pick<Report, "interval" | "language">,
): string {
  return [
    entry.provisional && language.text("provisional"),
    entry.lowSample && language.text("lowSample"),
    isPart(entry, interval) && language.text("part", { interval }),
  ]
    .filter((remark) => remark !== false)
    .join(language.text("comma"));
}

/** The groups of a metric over the whole period, with what changed. */
export function renderGroups(shown: MetricReport, language: Language): Markup {
  const format = formatOf(shown, language);
  const rows = shown.lines.slice(0, maxGroups).map(({ group, total, comparison }) => {
    const { kind, sign, change, text } = verdictOn(shown, comparison, language);
    return html`<tr><th scope="row"><bdi>${group}</bdi></th><td class="number">${formatValue(total.value, format)}</td><td class="number">${change ?? noValueText}</td><td class="${kind}">${sign} ${text}</td><td class="number">${formatInterval(total.low, total.high, format)}</td><td class="number">${formatCount(total.n, language)}${total.lowSample && ` (${language.text("lowSample")})`}</td></tr>
`;
  });
  const rest = shown.lines.length - maxGroups;
  return html`${scrollable(
    language.text("table.groups", { name: cardOf(shown, language).name }),
    html`<table><thead><tr><th scope="col">${language.text("table.group")}</th><th scope="col" class="number">${language.text("table.value")}</th><th scope="col" class="number">${language.text("table.change")}</th><th scope="col">${language.text("table.verdict")}</th><th scope="col" class="number">${language.text("table.interval")}</th><th scope="col" class="number">n</th></tr></thead><tbody>
${rows}</tbody></table>`,
  )}${rest > 0 && html`<p class="quiet">${language.text("table.groupsLeftOut", { count: rest })}</p>`}`;
}

/** The components of the value of the whole period, under the names that the API gives them. */
export function renderComponents({ lines }: MetricReport): Markup | undefined {
  const [whole, ...others] = lines;
  if (!whole || others.length > 0 || whole.group !== undefined) return undefined;
  const entries = Object.entries(whole.total.components).map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value ?? noValueText}</dd></div>
`,
  );
  return html`<dl class="components" lang="en">
${entries}</dl>`;
}

/** A table that can be scrolled sideways where it is too wide: by keyboard as well. */
export function scrollable(label: string, table: Markup): Markup {
  return html`<div class="scrollable" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}
