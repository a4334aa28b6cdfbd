import type { AnyMetric } from "../metrics/metric.ts";
import { areaNames } from "../metrics/metric.ts";
import { html, type Markup } from "../report/html.ts";
import { scrollable } from "../report/tables.ts";
import { metricAddress } from "./address.ts";
import { renderPage } from "./layout.ts";

/** The documentation that comes with the product: every route of the API, and every metric with its formula. */

/** A route as it is documented. */
export interface DocumentedRoute {
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly { readonly name: string; readonly description: string }[];
}

/** The page's contents. */
export interface DocsPage {
  readonly workspace: string;
  readonly routes: readonly DocumentedRoute[];
  readonly metrics: readonly AnyMetric[];
}

/** The page as HTML. */
export function renderDocsPage({ workspace, routes, metrics }: DocsPage): string {
  return renderPage({
    title: "Documentation",
    part: "/docs",
    workspace,
    content: html`<h1>Documentation</h1>
<ul class="links"><li><a href="#api">The API</a></li><li><a href="#catalogue">The metrics</a></li><li><a href="/v1/openapi.json">The OpenAPI document</a></li></ul>
<section aria-labelledby="api"><h2 id="api">The API</h2>
<p>Every request has a key: <code>Authorization: Bearer $API_KEY</code>.</p>
${routes.map(renderRoute)}</section>
<section aria-labelledby="catalogue"><h2 id="catalogue">The metrics</h2>
${metrics.map(renderMetric)}</section>`,
  });
}

function renderRoute({ method, path, scope, summary, description, parameters }: DocumentedRoute): Markup {
  return html`<details><summary><code>${method} ${path}</code> ${summary}</summary>
<p>${description}</p>
<p class="quiet">${scope === "public" ? "No key needed." : `Scope: ${scope}.`}</p>
${
  parameters.length > 0 &&
  scrollable(
    `Parameters of ${method} ${path}`,
    html`<table><thead><tr><th scope="col">Parameter</th><th scope="col">What it does</th></tr></thead><tbody>${parameters.map(
      ({ name, description: text }) => html`<tr><th scope="row"><code>${name}</code></th><td>${text}</td></tr>
`,
    )}</tbody></table>`,
  )
}</details>
`;
}

function renderMetric({
  id,
  name,
  area,
  description,
  formula,
  interval,
  notes,
  references,
}: AnyMetric): Markup {
  return html`<details id="metric-${id}"><summary>${name} <span class="quiet">${areaNames[area]}</span></summary>
<p>${description}</p>
<p>${formula}</p>
<p>Interval: ${interval}</p>
<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>
<p class="quiet">Sources: ${references.map(({ title, url }, index) => [index > 0 && "; ", url === undefined ? title : html`<a href="${url}" rel="noreferrer">${title}</a>`])}</p>
<p><a href="${metricAddress(id)}">Its values</a></p></details>
`;
}
