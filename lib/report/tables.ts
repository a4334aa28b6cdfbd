import type { Language } from "../domain/language/language.ts";
import { formatCount, formatDays, formatInterval, formatValue, noValueText } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { formatOf, isPart } from "./metric-chart.ts";
import { cardOf, type MetricReport, type Report, type ReportLine, wholeOf } from "./model.ts";
import { maxLines } from "./theme.ts";
import { isChange, verdictOn } from "./verdict.ts";

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

/** By what groups can be sorted. */
export const groupSorts = ["n", "value", "change"] as const;

/** How groups are sorted. */
export interface GroupSort {
  readonly by: (typeof groupSorts)[number];
  readonly order: "asc" | "desc";
}

const byData: GroupSort = { by: "n", order: "desc" };

/** Groups without a value, or without a change, come last whatever the order. */
function sorted(lines: readonly ReportLine[], { by, order }: GroupSort): readonly ReportLine[] {
  const figure = ({ total, comparison }: ReportLine) => {
    const own = by === "change" ? (comparison?.change ?? null) : total[by];
    return own === null ? undefined : Number(own);
  };
  const sign = order === "asc" ? 1 : -1;
  return lines.toSorted((a, b) => {
    const [one, other] = [figure(a), figure(b)];
    if (one === undefined || other === undefined)
      return Number(one === undefined) - Number(other === undefined);
    return sign * (one - other);
  });
}

/** The lines that are listed, in their order. Those that changed are never cut off before others: the worst group is often a small one. */
function firstOf(lines: readonly ReportLine[]): readonly ReportLine[] {
  const hasChanged = ({ comparison }: ReportLine) => isChange(comparison?.verdict);
  const first = [...lines.filter(hasChanged), ...lines.filter((line) => !hasChanged(line))];
  const listed = new Set(first.slice(0, maxGroups));
  return lines.filter((line) => listed.has(line));
}

/** The groups of a metric over the whole period, with what changed, and all of them together. */
export function renderGroups(shown: MetricReport, language: Language, sort = byData): Markup {
  const rows = firstOf(sorted(shown.lines, sort)).map((line) => renderGroup(shown, line, language));
  const together = shown.whole && renderGroup(shown, shown.whole, language);
  const rest = shown.lines.length - maxGroups;
  return html`${scrollable(
    language.text("table.groups", { name: cardOf(shown, language).name }),
    html`<table class="stacked" role="table"><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${language.text("table.group")}</th><th scope="col" role="columnheader" class="number">${language.text("table.value")}</th><th scope="col" role="columnheader" class="number">${language.text("table.change")}</th><th scope="col" role="columnheader">${language.text("table.verdict")}</th><th scope="col" role="columnheader" class="number optional">${language.text("table.interval")}</th><th scope="col" role="columnheader" class="number optional">n</th></tr></thead><tbody role="rowgroup">
${rows}</tbody>${together && html`<tfoot role="rowgroup">${together}</tfoot>`}</table>`,
  )}${rest > 0 && html`<p class="quiet">${language.text("table.groupsLeftOut", { count: rest })}</p>`}`;
}

function renderGroup(
  shown: MetricReport,
  { group, total, comparison }: ReportLine,
  language: Language,
): Markup {
  const format = formatOf(shown, language);
  const { kind, sign, change, text } = verdictOn(shown, comparison, language);
  const name = group === undefined ? language.text("table.together") : html`<bdi>${group}</bdi>`;
  return html`<tr role="row"><th scope="row" role="rowheader">${name}</th><td role="cell" class="number">${formatValue(total.value, format)}</td><td role="cell" class="number change">${change ?? noValueText}</td><td role="cell" class="verdict ${kind}">${sign} ${text}</td><td role="cell" class="number optional">${formatInterval(total.low, total.high, format)}</td><td role="cell" class="number optional">${formatCount(total.n, language)}${total.lowSample && ` (${language.text("lowSample")})`}</td></tr>
`;
}

/** The components of the value of the whole period, under the names that the API gives them. */
export function renderComponents(shown: MetricReport): Markup | undefined {
  const whole = wholeOf(shown);
  if (!whole) return undefined;
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
