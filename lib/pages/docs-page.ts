import { areaNameIn, type Language } from "../domain/language/language.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { renderFormula, renderInterval, renderNotes } from "../report/definition.ts";
import { html, type Markup } from "../report/html.ts";
import { scrollable } from "../report/tables.ts";
import { metricAddress } from "./address.ts";
import { type PageFrame, renderPage } from "./layout.ts";

/** The documentation that comes with the product: every route of the API, and every metric with its formula. The API is described in English. */

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
  readonly frame: PageFrame;
  readonly routes: readonly DocumentedRoute[];
  readonly metrics: readonly AnyMetric[];
}

/** The page as HTML. */
export function renderDocsPage({ frame, routes, metrics }: DocsPage): string {
  const { language } = frame;
  const title = language.text("page.docs");
  const header = html`<code>Authorization: Bearer $API_KEY</code>`;
  return renderPage({
    frame,
    title,
    part: "/docs",
    content: html`<h1>${title}</h1>
<ul class="links"><li><a href="#api">${language.text("docs.api")}</a></li><li><a href="#catalogue">${language.text("docs.metrics")}</a></li><li><a href="/v1/openapi.json">${language.text("docs.openapi")}</a></li></ul>
<section aria-labelledby="api"><h2 id="api">${language.text("docs.api")}</h2>
<p>${language.pieces<Markup>("docs.key", { header })}</p>
${routes.map((route) => renderRoute(route, language))}</section>
<section aria-labelledby="catalogue"><h2 id="catalogue">${language.text("docs.metrics")}</h2>
${metrics.map((metric) => renderMetric(metric, language))}</section>`,
  });
}

function renderRoute(
  { method, path, scope, summary, description, parameters }: DocumentedRoute,
  language: Language,
): Markup {
  const open = { public: "docs.public", address: "docs.address" } as const;
  const access =
    scope === "public" || scope === "address"
      ? language.text(open[scope])
      : language.text("docs.scope", { scope });
  return html`<details><summary lang="en"><code>${method} ${path}</code> ${summary}</summary>
<p lang="en">${description}</p>
<p class="quiet">${access}</p>
${
  parameters.length > 0 &&
  scrollable(
    language.text("docs.parametersOf", { route: `${method} ${path}` }),
    html`<table><thead><tr><th scope="col">${language.text("docs.parameter")}</th><th scope="col">${language.text("docs.meaning")}</th></tr></thead><tbody lang="en">${parameters.map(
      ({ name, description: text }) => html`<tr><th scope="row"><code>${name}</code></th><td>${text}</td></tr>
`,
    )}</tbody></table>`,
  )
}</details>
`;
}

function renderMetric(metric: AnyMetric, language: Language): Markup {
  const { id, area, references } = metric;
  return html`<details id="metric-${id}"><summary>${language.metricName(metric)} <span class="quiet">${areaNameIn(language, area)}</span></summary>
<p>${language.metricDescription(metric)}</p>
${renderFormula(metric, language)}
${renderInterval(metric, language)}
${renderNotes(metric, language)}
<p class="quiet">${language.text("docs.sources")} <span lang="en">${references.map(({ title, url }, index) => [index > 0 && "; ", url === undefined ? title : html`<a href="${url}" rel="noreferrer">${title}</a>`])}</span></p>
<p><a href="${metricAddress(id)}">${language.text("docs.values")}</a></p></details>
`;
}
