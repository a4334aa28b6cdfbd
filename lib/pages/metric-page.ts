import { renderAnnotations } from "../report/annotations.ts";
import { renderCard } from "../report/card.ts";
import { formatDays } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import type { MetricReport, Report } from "../report/model.ts";
import { type GroupSort, groupSorts } from "../report/tables.ts";
import { address, metricAddress, type Parameters } from "./address.ts";
import { renderChoices } from "./choices.ts";
import { renderFunnelSteps } from "./funnel-steps.ts";
import { type PageFrame, renderPage } from "./layout.ts";
import { renderLinks } from "./link-list.ts";

/** The page of one metric. */

/** The page's contents. */
export interface MetricPage {
  readonly frame: PageFrame;
  readonly shown: MetricReport;
  readonly report: Report;
  /** As they stand in the address. */
  readonly parameters: Parameters;
  readonly dimensions: readonly string[];
  /** Where the API answers, without a slash at the end. */
  readonly url: string;
  /** The same question as the API takes it. */
  readonly question: Parameters;
  readonly groupSort: GroupSort;
}

/** The page as HTML. */
export function renderMetricPage(page: MetricPage): string {
  const { frame, shown, report, parameters, dimensions } = page;
  const { metric, convention } = shown;
  const { language } = report;
  const { from, to } = report.range;
  const title = `${language.metricName(metric, convention)}${language.text("comma")}${formatDays(from, to, language)}`;
  const choices = { path: metricAddress(metric.id), parameters, report, dimensions, canGroup: true };
  const comments = address("/comments", { survey: metric.id, from, to });
  const allComments = html`<a href="${comments}">${language.text("comments.all")}</a>`;
  return renderPage({
    frame,
    title,
    part: "/",
    content: html`<h1>${title}</h1>
${renderChoices({ ...choices, conventions: metric.conventions ?? [] })}
<h2 class="unseen">${language.text("metric.behind")}</h2>
<div class="metric-page"><div class="cards">${report.metrics.map((one) => renderCard(one, report, { allComments, groupSort: page.groupSort, groupSorts: renderSorts(page) }))}</div></div>
${renderFunnelSteps(shown, report)}
${renderAnnotations(report)}
${!frame.isShared && [renderSides(page), renderExports(page)]}`,
  });
}

/** By what the groups can be sorted; what is chosen leads to the other order. */
function renderSorts({
  shown,
  report: { language },
  parameters,
  groupSort: { by, order },
}: MetricPage): Markup {
  const names = { n: "n", value: language.text("table.value"), change: language.text("table.change") };
  const sorts = groupSorts.flatMap((sort) =>
    (["desc", "asc"] as const).map((direction): readonly [string, string] => [
      `${sort} ${direction}`,
      `${names[sort]} ${direction === "asc" ? "↑" : "↓"}`,
    ]),
  );
  return renderLinks(language.text("overview.sorted"), `${by} ${order}`, sorts, (chosen) => {
    const [sort = "", direction = ""] = chosen.split(" ");
    return metricAddress(shown.metric.id, { ...parameters, sort, order: direction });
  });
}

/** Where its groups are, side by side. */
function renderSides({ shown, report, parameters, dimensions }: MetricPage): Markup | undefined {
  const { language } = report;
  const links = dimensions
    .filter((name) => !report.groupBy?.includes(name) && !Object.hasOwn(report.filters, name))
    .map(
      (groupBy) =>
        html`<li><a href="${address(metricAddress(shown.metric.id), parameters, { groupBy })}">${language.text("metric.by", { dimension: groupBy })}</a></li>`,
    );
  if (links.length === 0) return undefined;
  const sides = language.text("metric.sides");
  return html`<ul class="links" aria-label="${sides}"><li class="quiet">${sides}</li>${links}</ul>`;
}

function renderExports({ shown, report, parameters, url, question }: MetricPage): Markup {
  const { language } = report;
  const { id } = shown.metric;
  const call = `curl "${url}${address(`/v1/metrics/${id}`, question)}" -H "Authorization: Bearer $API_KEY"`;
  return html`<section class="exports" aria-labelledby="exports"><h2 id="exports">${language.text("metric.export")}</h2>
<p><a href="${address(`/metrics/${id}/values.csv`, parameters)}">${language.text("metric.csv")}<span class="unseen">: ${language.metricName(shown.metric)}</span></a></p>
<details><summary>${language.text("metric.program")}</summary>
<pre><code>${call}</code></pre></details></section>`;
}
