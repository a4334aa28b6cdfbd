import { countDays } from "../domain/calendar/days.ts";
import { filterTexts } from "../domain/facts/characteristics.ts";
import { areaNameIn } from "../domain/language/language.ts";
import { type Area, areas } from "../domain/metrics/metric.ts";
import { isTested } from "../domain/metrics/verdict.ts";
import { renderAnnotations } from "./annotations.ts";
import { renderCard } from "./card.ts";
import { placeOf } from "./folding.ts";
import { formatCount, formatDay, formatDays, formatInterval, formatValue, noValueText } from "./format.ts";
import { html, Markup } from "./html.ts";
import { formatOf } from "./metric-chart.ts";
import { cardOf, hasData, type MetricReport, type Report, wholeOf } from "./model.ts";
import { reportPolicyText, styleSheet } from "./style.ts";
import { explainSurvival, renderCurves, type SurvivalShown } from "./survival.ts";
import { scrollable } from "./tables.ts";
import { verdictOn } from "./verdict.ts";

/** The report as one page that needs nothing else: no script, no picture, no font from anywhere. */

/**
 * The whole page.
 * @param survival after how long customers leave, where that was asked for
 */
export function renderReport(report: Report, survival?: SurvivalShown): string {
  const { range, language, today, madeAt: at, workspace, timeZone } = report;
  const title = language.text("report.title", { days: formatDays(range.from, range.to, language) });
  return html`<!doctype html>
<html lang="${language.tag}">
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
${range.to >= today && html`<p class="quiet">${language.text("report.provisional")}</p>`}
</header>
<main>
${renderOverview(report)}
${renderAnnotations(report)}
${areas.map((area) => renderArea(area, report))}${survival && renderSurvival(survival, report)}</main>
<footer>
<p class="quiet">${language.text("report.legend")}</p>
<p class="quiet">${language.text("report.made", { at, workspace, timeZone })}</p>
</footer>
</body>
</html>
`.text;
}

function renderSurvival(survival: SurvivalShown, { language }: Report): Markup {
  const isEmpty = survival.items.length === 0;
  return html`<section aria-labelledby="survival"><h2 id="survival">${language.text("survival.title")}</h2>
<p>${explainSurvival(language)}</p>
${isEmpty ? html`<p>${language.text("cohorts.none")}</p>` : renderCurves(survival, language)}</section>
`;
}

function describe(report: Report): string {
  const { range, interval, groupBy, filters, timeZone, language } = report;
  const days = countDays(range.from, range.to);
  const parts = [
    `${language.text("days", { days })} (${timeZone})`,
    language.text("by", { interval }),
    ...comparisonTexts(report),
    ...(groupBy === undefined
      ? []
      : [language.text("report.grouped", { dimension: groupBy.join(language.text("comma")) })]),
    ...filterTexts(filters).map(([name, value]) => language.text("report.only", { name, value })),
  ];
  return parts.join(language.text("comma"));
}

function comparisonTexts({ compare, language }: Report): string[] {
  if (compare === undefined) return [];
  if (compare === "previous") return [language.text("report.comparedPrevious")];
  if (compare === "year") return [language.text("report.comparedYear")];
  return [language.text("report.comparedSince", { since: formatDay(compare.since, language) })];
}

function renderOverview(report: Report): Markup | undefined {
  const { language } = report;
  const known = report.metrics.filter(hasData);
  if (known.length === 0) return html`<p>${language.text("report.noData")}</p>`;
  return html`<section aria-labelledby="overview"><h2 id="overview">${language.text("report.atAGlance")}</h2>
${scrollable(
  language.text("table.all"),
  html`<table class="verdicts stacked" role="table"><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${language.text("table.metric")}</th><th scope="col" role="columnheader" class="number">${language.text("table.value")}</th><th scope="col" role="columnheader" class="number">${language.text("table.change")}</th><th scope="col" role="columnheader">${language.text("table.verdict")}</th><th scope="col" role="columnheader" class="number optional">${language.text("table.interval")}</th><th scope="col" role="columnheader" class="number optional">n</th></tr></thead><tbody role="rowgroup">
${known.map((shown) => renderRow(shown, report))}</tbody></table>`,
)}${renderTogether(report)}</section>`;
}

/** The sentence that says how many comparisons were judged together; none for fewer than two. */
function renderTogether({ metrics, language }: Report): Markup | undefined {
  const comparisons = metrics.flatMap((shown) => wholeOf(shown)?.comparison ?? []);
  const tested = comparisons.filter(isTested).length;
  return tested < 2
    ? undefined
    : html`<p class="quiet">${language.text("remark.judgedTogether", { tested })}</p>`;
}

function renderRow(shown: MetricReport, report: Report): Markup {
  const { language } = report;
  const format = formatOf(shown, language);
  const { name } = cardOf(shown, language);
  const whole = wholeOf(shown);
  return html`${(whole ? [whole] : []).map(({ total, comparison }) => {
    const { kind, sign, change, text } = verdictOn(shown, comparison, language);
    return html`<tr role="row"><th scope="row" role="rowheader"><a href="#${placeOf(shown, report)}">${name}</a></th><td role="cell" class="number">${formatValue(total.value, format)}</td><td role="cell" class="number change">${change ?? noValueText}</td><td role="cell" class="verdict ${kind}">${sign} ${text}${total.lowSample && `${language.text("comma")}${language.text("lowSample")}`}</td><td role="cell" class="number optional">${formatInterval(total.low, total.high, format)}</td><td role="cell" class="number optional">${formatCount(total.n, language)}</td></tr>
`;
  })}`;
}

/** An area: a card for each metric that has data, and a line for those that have none. */
function renderArea(area: Area, report: Report): Markup | undefined {
  const { language } = report;
  const own = report.metrics.filter(({ metric }) => metric.area === area);
  if (own.length === 0) return undefined;
  const isShown = (shown: MetricReport) =>
    hasData(shown) || (report.comments?.bySurvey.get(shown.metric.id) ?? []).length > 0;
  const cards = own.filter(isShown).map((shown) => renderCard(shown, report));
  const names = own.filter((shown) => !isShown(shown)).map((shown) => cardOf(shown, language).name);
  return html`<section aria-labelledby="area-${area}"><h2 id="area-${area}">${areaNameIn(language, area)}</h2>
${
  cards.length > 0 &&
  html`<div class="cards">
${cards}</div>`
}
${names.length > 0 && html`<p class="quiet">${language.text("report.empty", { names: names.join(language.text("comma")) })}</p>`}</section>
`;
}
