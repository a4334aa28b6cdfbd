import { type Area, areaNames, areas } from "../metrics/metric.ts";
import { renderAnnotations } from "../report/annotations.ts";
import { formatCount, formatDays, formatInterval, formatValue, noValueText } from "../report/format.ts";
import { renderGoals } from "../report/goals.ts";
import { type Content, html, type Markup } from "../report/html.ts";
import { formatOf } from "../report/metric-chart.ts";
import { hasData, type MetricReport, type Report } from "../report/model.ts";
import { scrollable } from "../report/tables.ts";
import { verdictOn } from "../report/verdict.ts";
import { address, metricAddress, type Parameters } from "./address.ts";
import { renderChoices } from "./choices.ts";
import { renderPage } from "./layout.ts";
import { newsOf, renderNews } from "./news.ts";
import { renderSparkLine } from "./spark-line.ts";

/** The first page: what changed and matters, goals, and all metrics. */

/** By what the metrics can be sorted. */
export const overviewSorts = ["area", "name", "change"] as const;

/** The overview's contents. */
export interface Overview {
  readonly report: Report;
  /** As they stand in the address. */
  readonly parameters: Parameters;
  readonly dimensions: readonly string[];
  readonly sort: (typeof overviewSorts)[number];
  /** The only area that is shown; absent for all. */
  readonly area?: Area | undefined;
}

/** The page as HTML. */
export function renderOverview(overview: Overview): string {
  const { report, parameters, dimensions } = overview;
  const days = formatDays(report.range.from, report.range.to);
  return renderPage({
    title: `Overview, ${days}`,
    part: "/",
    workspace: report.workspace,
    content: html`<h1>What changed, ${days}</h1>
${report.metrics.some(hasData) ? renderNews(report.metrics, chosenDays(parameters)) : renderBeginning()}
${report.range.to >= report.today && html`<p class="quiet">Today is in the period: its values may still change. Days are those of ${report.timeZone}.</p>`}
${renderChoices({ path: "/", parameters, report, dimensions, canGroup: false })}
${renderAnnotations(report)}
${renderGoalSection(report.metrics)}
${renderTable(overview)}`,
  });
}

/** The overview of an empty workspace. */
function renderBeginning(): Markup {
  return html`<p>There is no data in this period yet. Send the first answer:</p>
<pre>curl -X POST "$URL/v1/responses" -H "Authorization: Bearer $API_KEY" -H "Content-Type: application/json" \\
  -d '{"survey":"nps","score":9,"comment":"Quick delivery"}'</pre>`;
}

function renderGoalSection(metrics: readonly MetricReport[]): Markup | undefined {
  const withGoals = metrics.filter(({ goals }) => goals.length > 0);
  if (withGoals.length === 0) return undefined;
  return html`<section aria-labelledby="goals"><h2 id="goals">Goals</h2>
${withGoals.map((shown) => html`<h3>${shown.metric.name}</h3>${renderGoals(shown)}`)}</section>`;
}

function renderTable(overview: Overview): Markup {
  const { report, parameters, sort, area } = overview;
  const known = report.metrics.filter(hasData);
  const shown = sorted(known, sort).filter(({ metric }) => area === undefined || metric.area === area);
  return html`<section aria-labelledby="metrics"><h2 id="metrics">Metrics</h2>
${renderLinks("Area", "area", area ?? "", [["", "all"], ...areas.filter((one) => known.some(({ metric }) => metric.area === one)).map((one) => [one, areaNames[one]] as const)], parameters)}
${renderLinks(
  "Sorted by",
  "sort",
  sort,
  overviewSorts.map((one) => [one, one] as const),
  parameters,
)}
${scrollable(
  "All metrics",
  html`<table><thead><tr><th scope="col">Metric</th><th scope="col" class="number">Value</th><th scope="col" class="optional">Course</th><th scope="col" class="number">Change</th><th scope="col">Real or noise?</th><th scope="col" class="number optional">95 % interval</th><th scope="col" class="number optional">n</th></tr></thead><tbody>
${shown.map((one) => renderRow(one, parameters))}</tbody></table>`,
)}
${known.length < report.metrics.length && html`<p class="quiet">${formatCount(report.metrics.length - known.length)} metrics have no data in this period: ${listed(report.metrics.filter((one) => !hasData(one)).map(({ metric }) => html`<a href="${metricAddress(metric.id, chosenDays(parameters))}">${metric.name}</a>`))}.</p>`}</section>`;
}

function listed(items: readonly Markup[]): Content[] {
  return items.map((item, index) => [index > 0 && ", ", item]);
}

/** Parameters that hold for a metric's page as well. */
function chosenDays({ sort: _sort, area: _area, ...rest }: Parameters): Parameters {
  return rest;
}

function sorted(metrics: readonly MetricReport[], sort: Overview["sort"]): readonly MetricReport[] {
  if (sort === "area") return metrics;
  if (sort === "name") {
    return [...metrics].sort((a, b) => (a.metric.name < b.metric.name ? -1 : 1));
  }
  const places = new Map(newsOf(metrics).map(({ shown }, index) => [shown, index]));
  const place = (shown: MetricReport) => places.get(shown) ?? Number.MAX_SAFE_INTEGER;
  return [...metrics].sort((a, b) => place(a) - place(b));
}

function renderLinks(
  label: string,
  name: string,
  chosen: string,
  values: readonly (readonly [string, string])[],
  parameters: Parameters,
): Markup {
  const links = values.map(
    ([value, text]) =>
      html`<li>${value === chosen ? html`<strong>${text}</strong>` : html`<a href="${address("/", parameters, { [name]: value })}#metrics">${text}</a>`}</li>`,
  );
  return html`<ul class="links" aria-label="${label}"><li class="quiet">${label}:</li>${links}</ul>`;
}

function renderRow(shown: MetricReport, parameters: Parameters): Markup {
  const format = formatOf(shown);
  const { metric, lines } = shown;
  return html`${lines.slice(0, 1).map((line) => {
    const { total, comparison } = line;
    const { kind, sign, change, text } = verdictOn(shown, comparison);
    return html`<tr><th scope="row"><a href="${metricAddress(metric.id, chosenDays(parameters))}">${metric.name}</a></th><td class="number">${formatValue(total.value, format)}</td><td class="optional">${renderSparkLine(line, `Course of ${metric.name}`)}</td><td class="number">${change ?? noValueText}</td><td class="${kind}">${sign} ${text}${total.lowSample && ", low sample"}</td><td class="number optional">${formatInterval(total.low, total.high, format)}</td><td class="number optional">${formatCount(total.n)}</td></tr>
`;
  })}`;
}
