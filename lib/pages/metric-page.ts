import { renderAnnotations } from "../report/annotations.ts";
import { renderCard } from "../report/card.ts";
import { formatDays } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import type { MetricReport, Report } from "../report/model.ts";
import { address, metricAddress, type Parameters } from "./address.ts";
import { renderChoices } from "./choices.ts";
import { renderPage } from "./layout.ts";

/** The page of one metric. */

/** The page's contents. */
export interface MetricPage {
  readonly shown: MetricReport;
  readonly report: Report;
  /** As they stand in the address. */
  readonly parameters: Parameters;
  readonly dimensions: readonly string[];
  /** Where the API answers, without a slash at the end. */
  readonly url: string;
  /** The same question as the API takes it. */
  readonly question: Parameters;
}

/** The page as HTML. */
export function renderMetricPage(page: MetricPage): string {
  const { shown, report, parameters, dimensions } = page;
  const { metric } = shown;
  const days = formatDays(report.range.from, report.range.to);
  const choices = { path: metricAddress(metric.id), parameters, report, dimensions, canGroup: true };
  return renderPage({
    title: `${metric.name}, ${days}`,
    part: "/",
    workspace: report.workspace,
    content: html`<h1>${metric.name}, ${days}</h1>
${renderChoices({ ...choices, conventions: metric.conventions ?? [] })}
<h2 class="unseen">The value, its course and what is behind it</h2>
<div class="metric-page"><div class="cards">${report.metrics.map((one) => renderCard(one, report))}</div></div>
${renderAnnotations(report)}
${renderSides(page)}
${renderExports(page)}`,
  });
}

/** Where its groups are, side by side. */
function renderSides({ shown, report, parameters, dimensions }: MetricPage): Markup | undefined {
  const links = dimensions
    .filter((name) => !report.groupBy?.includes(name) && !Object.hasOwn(report.filters, name))
    .map(
      (groupBy) =>
        html`<li><a href="${address(metricAddress(shown.metric.id), parameters, { groupBy })}">by ${groupBy}</a></li>`,
    );
  if (links.length === 0) return undefined;
  return html`<ul class="links" aria-label="Side by side"><li class="quiet">Side by side:</li>${links}</ul>`;
}

function renderExports({ shown, parameters, url, question }: MetricPage): Markup {
  const { id, name } = shown.metric;
  const call = `curl "${url}${address(`/v1/metrics/${id}`, question)}" -H "Authorization: Bearer $API_KEY"`;
  return html`<section aria-labelledby="exports"><h2 id="exports">Take it with you</h2>
<p><a href="${address(`/metrics/${id}/values.csv`, parameters)}">The values as CSV<span class="unseen">: ${name}</span></a></p>
<p>The same from a program:</p>
<pre><code>${call}</code></pre></section>`;
}
