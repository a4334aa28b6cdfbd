import type { Language } from "../domain/language/language.ts";
import { type BenchmarkReading, benchmarksOf } from "../domain/metrics/benchmark.ts";
import { betterIn } from "../domain/metrics/range.ts";
import { renderChart } from "./chart.ts";
import { renderComments } from "./comments.ts";
import { renderFormula, renderInterval, renderNotes } from "./definition.ts";
import { isFolded } from "./folding.ts";
import {
  formatChangeInterval,
  formatCount,
  formatDays,
  formatInterval,
  formatValue,
  type ValueFormat,
} from "./format.ts";
import { renderGoals } from "./goals.ts";
import { html, type Markup } from "./html.ts";
import { isPeriodInvariant } from "./length.ts";
import { chartOf, formatOf } from "./metric-chart.ts";
import { cardOf, hasData, type MetricReport, type Report, type ReportLine, wholeOf } from "./model.ts";
import { sayRemark, sayTranslated } from "./remarks.ts";
import { renderRestatements } from "./restatements.ts";
import { type GroupSort, renderComponents, renderGroups, renderValues } from "./tables.ts";
import { lightTheme } from "./theme.ts";
import { verdictOn } from "./verdict.ts";

/** The card of one metric. */

/** The parts of a card that only pages have. */
export interface CardPage {
  /** A link to all comments behind it. */
  readonly allComments: Markup;
  /** How the groups are sorted, and links to other ways. */
  readonly groupSort: GroupSort;
  readonly groupSorts: Markup;
}

/**
 * A metric's card.
 * @param page of the product that it stands in; absent in a report, which stands alone
 */
export function renderCard(shown: MetricReport, report: Report, page?: CardPage): Markup {
  const { metric } = shown;
  const { language } = report;
  const { id, name } = cardOf(shown, language);
  const heading = html`<h3 id="${id}-name">${name}</h3>`;
  const content = html`<p class="quiet">${language.metricDescription(metric)}</p>
${hasData(shown) ? renderBody(shown, report, page) : html`<p class="quiet">${withoutData(shown, language)}</p>`}
${!shown.isApart && renderComments(metric.id, report, page?.allComments)}`;
  const whole = wholeOf(shown);
  return html`<article class="card" id="${id}" aria-labelledby="${id}-name">
${
  page === undefined && whole && isFolded(shown, report)
    ? html`<details class="folded"><summary>${heading} ${renderShort(shown, whole, language)}</summary>
<div id="${id}-more">${content}</div></details>`
    : html`${heading}
${content}`
}
</article>
`;
}

/** Why there is nothing to show. */
function withoutData({ remarks }: MetricReport, language: Language): string {
  const leftOut = remarks.find(({ id }) => id === "remark.groupsLeftOut");
  return leftOut ? sayRemark(leftOut, language) : language.text("card.noData");
}

function renderBody(shown: MetricReport, report: Report, page: CardPage | undefined): Markup {
  const { language } = report;
  const isGrouped = report.groupBy !== undefined;
  const whole = wholeOf(shown);
  const download = renderDownload(shown, report);
  return html`${whole && renderHeadline(shown, whole, report)}
${renderGoals(shown, language)}
<figure>${renderChart(chartOf(shown, report), { theme: lightTheme, hasValues: page !== undefined })}</figure>
${renderLengthRemark(shown, report)}
${isGrouped && [page?.groupSorts, renderGroupedBy(shown, report), renderGroups(shown, language, page?.groupSort)]}
${renderRestatements(shown, language)}
<details><summary>${language.text("card.values")}</summary>${renderValues(shown, report)}${page === undefined && download}</details>
<details><summary>${language.text("card.definition")}</summary>${renderDefinition(shown, report)}</details>
${page && download}`;
}

/** Whose dimension it is: a channel of a ticket is not the one in which its customer was won. */
function renderGroupedBy({ metric }: MetricReport, { groupBy = [], language }: Report): Markup {
  const [of = "events"] = [metric, ...metric.uses].flatMap(({ countsFrom = [] }) => countsFrom);
  const dimension = groupBy.join(language.text("comma"));
  return html`<p class="quiet">${language.text("table.groupedBy", { dimension, of })}</p>`;
}

/** The value and its verdict, in a line. */
function renderShort(shown: MetricReport, { total, comparison }: ReportLine, language: Language): Markup {
  const { kind, sign, change, text } = verdictOn(shown, comparison, language);
  const value = formatValue(total.value, formatOf(shown, language));
  const comma = language.text("comma");
  return html`<span><strong>${value}</strong>${comma}<span class="${kind}">${sign} ${change !== undefined && `${change}${comma}`}${text}</span></span>`;
}

function renderHeadline(shown: MetricReport, { total, comparison }: ReportLine, report: Report): Markup {
  const { language } = report;
  const format = formatOf(shown, language);
  const { kind, sign, change, text } = verdictOn(shown, comparison, language);
  const n = formatCount(total.n, language);
  const evidence =
    total.low === null
      ? language.text("card.size", { n })
      : language.text("card.evidence", { interval: formatInterval(total.low, total.high, format), n });
  return html`<p class="value">${total.value === null ? language.text("card.noValue") : formatValue(total.value, format)}</p>
<p>${evidence}</p>
<p class="verdict ${kind}">${sign} ${change !== undefined && html`<strong>${change}</strong>: `}${text}</p>
${comparison && html`<p class="quiet">${againstText(comparison, report, format)}</p>`}
${comparison && renderChangeInterval(comparison, format)}
${benchmarksOf(shown.metric, shown.convention, total).map((benchmark) => renderBenchmark(benchmark, format))}${renderBadges(shown, total, report)}`;
}

/** How large the change may be. Where that says more than the verdict, which has to hold for many looks, it says why. */
function renderChangeInterval(
  { changeLow, changeHigh, verdict }: NonNullable<ReportLine["comparison"]>,
  format: ValueFormat,
): Markup {
  if (changeLow === null || changeHigh === null) return html``;
  const leavesOut = verdict === "within-noise" && Number(changeLow) * Number(changeHigh) > 0 ? "yes" : "no";
  const interval = formatChangeInterval(changeLow, changeHigh, format);
  return html`<p class="quiet">${format.language.text("card.changeInterval", { interval, leavesOut })}</p>`;
}

function againstText(
  { from, to, value, n, lowSample }: NonNullable<ReportLine["comparison"]>,
  { compare, language }: Report,
  format: ValueFormat,
): string {
  const values = {
    days: formatDays(from, to, language),
    value: formatValue(value, format),
    n: formatCount(n, language),
  };
  const text = language.text(compare === "year" ? "card.againstYear" : "card.against", values);
  return lowSample ? `${text} (${language.text("lowSample")})` : text;
}

/** A published figure, and on which side of it the value is. Where it is from stands as it was published. */
function renderBenchmark(
  { low, high, of, source, side, isBetter }: BenchmarkReading,
  format: ValueFormat,
): Markup {
  const figure = low === high ? formatValue(low, format) : formatInterval(low, high, format);
  const judged = isBetter === null ? "none" : isBetter ? "better" : "worse";
  return html`<p class="quiet">${format.language.text("card.benchmark", { figure, side, judged })} (${sayTranslated(of, format.language)}; <span lang="en">${source}</span>)</p>
`;
}

function renderBadges(
  { metric, remarks }: MetricReport,
  total: ReportLine["total"],
  { range, today, language }: Report,
): Markup {
  const minimum = metric.minimumSample;
  const badges = [
    total.lowSample &&
      language.text(total.n < minimum ? "card.lowSample" : "card.lowSampleSpread", { minimum }),
    // Where today is in the period that holds for every metric, and the page says so once.
    total.provisional && range.to < today && language.text("card.provisional"),
  ].filter((badge) => badge !== false);
  const said = [...(total.remarks ?? []), ...remarks];
  if (badges.length + said.length === 0) return html``;
  return html`<ul class="badges">${badges.map((badge) => html`<li>${badge}</li>`)}${said.map((remark) => html`<li>${sayRemark(remark, language)}</li>`)}</ul>`;
}

/** A share that grows with the length of its period cannot be compared with the points of its own chart, and the card says so. */
function renderLengthRemark(
  { metric, lines }: MetricReport,
  { interval, language }: Report,
): Markup | undefined {
  const isOne = lines.every(({ points }) => points.length < 2);
  if (metric.unit !== "percent" || interval === "total" || isOne || isPeriodInvariant(metric)) {
    return undefined;
  }
  return html`<p class="quiet">${language.text("card.wholePeriod", { interval })}</p>`;
}

function renderDefinition(shown: MetricReport, { language }: Report): Markup {
  const { metric, convention } = shown;
  const better = betterIn(metric, convention);
  return html`${renderFormula(metric, language)}
<p>${convention !== "" && `${language.text("card.convention", { convention })} `}${language.text("card.direction", { better, version: String(metric.version) })}</p>
${renderInterval(metric, language)}
${renderNotes(metric, language)}
${renderComponents(shown)}`;
}

/** The chart as a file of its own: what presentations and documents take. */
function renderDownload(shown: MetricReport, report: Report): Markup {
  const { text } = renderChart(chartOf(shown, report), { theme: lightTheme, isStandalone: true });
  const { name } = cardOf(shown, report.language);
  const file = `${shown.metric.id}-${report.range.from}-${report.range.to}.svg`;
  const address = `data:image/svg+xml;base64,${Buffer.from(text).toString("base64")}`;
  return html`<p class="download" data-png="${report.language.text("card.png")}"><a download="${file}" href="${address}">${report.language.text("card.svg")}<span class="unseen">: ${name}</span></a></p>`;
}
