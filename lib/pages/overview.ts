import { areaNameIn } from "../domain/language/language.ts";
import { type Area, areas } from "../domain/metrics/metric.ts";
import type { SaidAlert } from "../report/alert-words.ts";
import { renderAnnotations } from "../report/annotations.ts";
import { formatCount, formatDays, formatInterval, formatValue, noValueText } from "../report/format.ts";
import { renderGoals } from "../report/goals.ts";
import { type Content, html, type Markup } from "../report/html.ts";
import { formatOf, isPart } from "../report/metric-chart.ts";
import {
  cardOf,
  hasData,
  type MetricReport,
  type Report,
  type ReportLine,
  wholeOf,
} from "../report/model.ts";
import { newsOf } from "../report/news-items.ts";
import { scrollable } from "../report/tables.ts";
import { verdictOn } from "../report/verdict.ts";
import { address, metricAddress, type Parameters } from "./address.ts";
import { renderRaisedAlerts } from "./alerts-page.ts";
import { renderChoices } from "./choices.ts";
import { type PageFrame, renderPage } from "./layout.ts";
import { renderLinks } from "./link-list.ts";
import { type Evidence, renderNews } from "./news.ts";
import { renderSparkLine } from "./spark-line.ts";

/** The first page: what changed and matters, goals, and all metrics. */

/** By what the metrics can be sorted. */
export const overviewSorts = ["area", "name", "change"] as const;

const sortTexts = {
  area: "overview.sortArea",
  name: "overview.sortName",
  change: "overview.sortChange",
} as const satisfies Record<(typeof overviewSorts)[number], string>;

/** The overview's contents. */
export interface Overview {
  readonly frame: PageFrame;
  readonly report: Report;
  /** As they stand in the address. */
  readonly parameters: Parameters;
  readonly dimensions: readonly string[];
  readonly sort: (typeof overviewSorts)[number];
  /** What stands behind the changes. */
  readonly evidence: ReadonlyMap<MetricReport, Evidence>;
  /** The alerts of the workspace. */
  readonly alerts: readonly SaidAlert[];
  /** The only area that is shown; absent for all. */
  readonly area?: Area | undefined;
}

/** The page as HTML. */
export function renderOverview(overview: Overview): string {
  const { frame, report, parameters, dimensions, evidence } = overview;
  const { language, timeZone, metrics } = report;
  const days = formatDays(report.range.from, report.range.to, language);
  return renderPage({
    frame,
    title: language.text("overview.title", { days }),
    part: "/",
    content: html`<h1>${language.text("overview.heading", { days })}</h1>
${metrics.some(hasData) ? renderNews(metrics, { language, parameters: chosenDays(parameters), withComments: !frame.isShared, evidence }) : renderBeginning(report)}
${!frame.isShared && renderRaisedAlerts(overview.alerts, language)}
${report.range.to >= report.today && html`<p class="quiet">${language.text("overview.today", { timeZone })}</p>`}
${renderChoices({ path: "/", parameters, report, dimensions, canGroup: false })}
${renderAnnotations(report)}
${renderGoalSection(report)}
${renderTable(overview)}`,
  });
}

/** The overview of an empty workspace. */
function renderBeginning({ language }: Report): Markup {
  return html`<p>${language.text("overview.begin")}</p>
<pre>curl -X POST "$URL/v1/responses" -H "Authorization: Bearer $API_KEY" -H "Content-Type: application/json" \\
  -d '{"survey":"nps","score":9,"comment":"Quick delivery"}'</pre>`;
}

function renderGoalSection({ metrics, language }: Report): Markup | undefined {
  const withGoals = metrics.filter(({ goals }) => goals.length > 0);
  if (withGoals.length === 0) return undefined;
  return html`<section aria-labelledby="goals"><h2 id="goals">${language.text("page.goals")}</h2>
${withGoals.map((shown) => html`<h3>${cardOf(shown, language).name}</h3>${renderGoals(shown, language)}`)}</section>`;
}

function renderTable(overview: Overview): Markup {
  const { report, parameters, area } = overview;
  const { language } = report;
  const known = report.metrics.filter(hasData);
  const shown = sorted(known, overview).filter(({ metric }) => area === undefined || metric.area === area);
  return html`<section aria-labelledby="metrics"><h2 id="metrics">${language.text("overview.metrics")}</h2>
${renderAreaLinks(overview, known)}
${renderSortLinks(overview)}
${scrollable(
  language.text("table.all"),
  html`<table class="stacked" role="table"><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${language.text("table.metric")}</th><th scope="col" role="columnheader" class="number">${language.text("table.value")}</th><th scope="col" role="columnheader" class="optional">${language.text("table.course")}</th><th scope="col" role="columnheader" class="number">${language.text("table.change")}</th><th scope="col" role="columnheader">${language.text("table.verdict")}</th><th scope="col" role="columnheader" class="number optional">${language.text("table.interval")}</th><th scope="col" role="columnheader" class="number optional">n</th></tr></thead><tbody role="rowgroup">
${shown.map((one) => renderRow(one, report, parameters))}</tbody></table>`,
)}
${renderEmpty(report, parameters)}</section>`;
}

/** The metrics that have no data, in a line. */
function renderEmpty({ metrics, language }: Report, parameters: Parameters): Markup | undefined {
  const empty = metrics.filter((shown) => !hasData(shown));
  if (empty.length === 0) return undefined;
  const links = empty.map((shown, index): Content => {
    const { metric } = shown;
    const link = html`<a href="${metricAddress(metric.id, chosenDays(parameters))}">${cardOf(shown, language).name}</a>`;
    return [index > 0 && language.text("comma"), link];
  });
  const names = html`${links}`;
  return html`<p class="quiet">${language.pieces<Markup>("overview.empty", { count: empty.length, names })}</p>`;
}

/** Parameters that hold for a metric's page as well. */
function chosenDays({ sort: _sort, area: _area, ...rest }: Parameters): Parameters {
  return rest;
}

function sorted(
  metrics: readonly MetricReport[],
  { sort, report: { language } }: Overview,
): readonly MetricReport[] {
  if (sort === "area") return metrics;
  if (sort === "name") {
    const { compare } = new Intl.Collator(language.tag);
    const name = (shown: MetricReport) => cardOf(shown, language).name;
    return [...metrics].sort((a, b) => compare(name(a), name(b)));
  }
  const places = new Map(newsOf(metrics, language).map(({ shown }, index) => [shown, index]));
  const place = (shown: MetricReport) => places.get(shown) ?? Number.MAX_SAFE_INTEGER;
  return [...metrics].sort((a, b) => place(a) - place(b));
}

function renderAreaLinks(
  { area, report: { language }, parameters }: Overview,
  known: readonly MetricReport[],
): Markup {
  const own = areas.filter((one) => known.some(({ metric }) => metric.area === one));
  const links = own.map((one) => [one, areaNameIn(language, one)] as const);
  const all = ["", language.text("overview.allAreas")] as const;
  return renderLinks(language.text("overview.area"), area ?? "", [all, ...links], (one) =>
    metricsBy("area", one, parameters),
  );
}

function renderSortLinks({ sort, report: { language }, parameters }: Overview): Markup {
  const links = overviewSorts.map((one) => [one, language.text(sortTexts[one])] as const);
  return renderLinks(language.text("overview.sorted"), sort, links, (one) =>
    metricsBy("sort", one, parameters),
  );
}

/** The same page, chosen by something else, at the list of metrics. */
function metricsBy(name: string, value: string, parameters: Parameters): string {
  return `${address("/", parameters, { [name]: value })}#metrics`;
}

/** Amounts of a part of an interval would look like a fall at its end. */
function courseOf({ metric }: MetricReport, { points }: ReportLine, { interval, today }: Report) {
  const isAmount = metric.unit === "count" || metric.unit === "money";
  return { points: points.filter((entry) => !isAmount || !(isPart(entry, interval) || entry.to >= today)) };
}

function renderRow(shown: MetricReport, report: Report, parameters: Parameters): Markup {
  const { language } = report;
  const format = formatOf(shown, language);
  const { metric } = shown;
  const { name } = cardOf(shown, language);
  const whole = wholeOf(shown);
  return html`${(whole ? [whole] : []).map((line) => {
    const { total, comparison } = line;
    const { kind, sign, change, text } = verdictOn(shown, comparison, language);
    return html`<tr role="row"><th scope="row" role="rowheader"><a href="${metricAddress(metric.id, chosenDays(parameters))}">${name}</a></th><td role="cell" class="number">${formatValue(total.value, format)}</td><td role="cell" class="optional">${renderSparkLine(courseOf(shown, line, report), language.text("overview.courseOf", { name }))}</td><td role="cell" class="number change">${change ?? noValueText}</td><td role="cell" class="verdict ${kind}">${sign} ${text}${total.lowSample && `${language.text("comma")}${language.text("lowSample")}`}</td><td role="cell" class="number optional">${formatInterval(total.low, total.high, format)}</td><td role="cell" class="number optional">${formatCount(total.n, language)}</td></tr>
`;
  })}`;
}
