import { countDays } from "../calendar/days.ts";
import { filterTexts } from "../facts/characteristics.ts";
import { type Area, areaNames, areas } from "../metrics/metric.ts";
import { isTested } from "../metrics/verdict.ts";
import { remarkOnTogether } from "../queries/judged-together.ts";
import { renderAnnotations } from "./annotations.ts";
import { renderCard } from "./card.ts";
import { formatCount, formatDay, formatDays, formatInterval, formatValue, noValueText } from "./format.ts";
import { html, Markup } from "./html.ts";
import { formatOf } from "./metric-chart.ts";
import { cardOf, hasData, type MetricReport, type Report } from "./model.ts";
import { reportPolicyText, styleSheet } from "./style.ts";
import { scrollable } from "./tables.ts";
import { verdictOn } from "./verdict.ts";

/** The report as one page that needs nothing else: no script, no picture, no font from anywhere. */

/** The whole page. */
export function renderReport(report: Report): string {
  const title = `Customer experience, ${formatDays(report.range.from, report.range.to)}`;
  const sections = areas.map((area) => renderArea(area, report));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${reportPolicyText}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Markup(styleSheet)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${describe(report)}</p>
${report.range.to >= report.today && html`<p class="quiet">Today is in the period: all values are provisional.</p>`}
</header>
<main>
${renderOverview(report)}
${renderAnnotations(report)}
${sections}</main>
<footer>
<p class="quiet">Bands in charts, and “to” in texts, are 95 % intervals. “Significant” is a two-sided test at 5 %: one in twenty of such differences would appear by chance alone. Hollow points may still change or cover a part of their interval. Numbered lines: what happened, as listed above. ▲ at the time axis: a day that was corrected after it had been reported.</p>
<p class="quiet">Made ${report.madeAt} for the workspace ${report.workspace}; days are those of ${report.timeZone}.</p>
</footer>
</body>
</html>
`.text;
}

function describe({ range, interval, compare, groupBy, filters, timeZone }: Report): string {
  const days = countDays(range.from, range.to);
  const parts = [
    `${formatCount(days)} ${days === 1 ? "day" : "days"} (${timeZone})`,
    interval === "total" ? "as one value" : `by ${interval}`,
    ...(compare === undefined ? [] : [comparisonText(compare)]),
    ...(groupBy === undefined ? [] : [`grouped by ${groupBy.join(" and ")}`]),
    ...filterTexts(filters).map(([name, value]) => `only ${name} = ${value}`),
  ];
  return `${parts.join(", ")}.`;
}

function comparisonText(compare: NonNullable<Report["compare"]>): string {
  if (compare === "previous") return "compared with as long before";
  if (compare === "year") return "compared with a year earlier";
  return `compared with ${formatDay(compare.since)}`;
}

function renderOverview(report: Report): Markup | undefined {
  const known = report.metrics.filter(hasData);
  if (known.length === 0) return html`<p>There is no data in this period yet.</p>`;
  if (report.groupBy !== undefined) return undefined;
  return html`<section aria-labelledby="overview"><h2 id="overview">At a glance</h2>
${scrollable(
  "All metrics",
  html`<table><thead><tr><th scope="col">Metric</th><th scope="col" class="number">Value</th><th scope="col" class="number">Change</th><th scope="col">Real or noise?</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">n</th></tr></thead><tbody>
${known.map(renderRow)}</tbody></table>`,
)}${renderTogether(report)}</section>`;
}

/** What the verdicts of a page have in common. */
function renderTogether({ metrics }: Report): Markup | undefined {
  const comparisons = metrics.flatMap(({ lines }) => lines.flatMap(({ comparison }) => comparison ?? []));
  const tested = comparisons.filter(isTested).length;
  return tested < 2 ? undefined : html`<p class="quiet">${remarkOnTogether(tested)}</p>`;
}

function renderRow(shown: MetricReport): Markup {
  const format = formatOf(shown);
  const { lines } = shown;
  const { id, name } = cardOf(shown);
  return html`${lines.slice(0, 1).map(({ total, comparison }) => {
    const { kind, sign, change, text } = verdictOn(shown, comparison);
    return html`<tr><th scope="row"><a href="#${id}">${name}</a></th><td class="number">${formatValue(total.value, format)}</td><td class="number">${change ?? noValueText}</td><td class="${kind}">${sign} ${text}${total.lowSample && ", low sample"}</td><td class="number">${formatInterval(total.low, total.high, format)}</td><td class="number">${formatCount(total.n)}</td></tr>
`;
  })}`;
}

function renderArea(area: Area, report: Report): Markup | undefined {
  const own = report.metrics.filter(({ metric }) => metric.area === area);
  if (own.length === 0) return undefined;
  return html`<section aria-labelledby="area-${area}"><h2 id="area-${area}">${areaNames[area]}</h2>
<div class="cards">
${own.map((shown) => renderCard(shown, report))}</div></section>
`;
}
