import { html } from "../report/html.ts";
import { sayTranslated } from "../report/remarks.ts";
import { explainSurvival, renderCurves, type SurvivalShown } from "../report/survival.ts";
import { address, type Parameters } from "./address.ts";
import { type PageFrame, renderPage } from "./layout.ts";
import { renderLinks } from "./link-list.ts";

/** After how long customers leave. */

/** The page's contents. */
export interface SurvivalPage {
  readonly frame: PageFrame;
  readonly parameters: Parameters;
  /** By what customers can be told apart. */
  readonly dimensions: readonly string[];
  /** Absent where the archive is behind. */
  readonly survival?: SurvivalShown;
}

/** The page as HTML. */
export function renderSurvivalPage({ frame, parameters, dimensions, survival }: SurvivalPage): string {
  const { language } = frame;
  const title = language.text("survival.title");
  const choices = ["", ...dimensions].map(
    (name) => [name, name === "" ? language.text("choices.all") : name] as const,
  );
  return renderPage({
    ...{ frame, title, part: "/customers" },
    content: html`<h1>${title}</h1>
<p>${explainSurvival(language)} <a href="/customers">${language.text("page.customers")}</a></p>
${renderLinks(language.text("table.group"), parameters["groupBy"] ?? "", choices, (groupBy) => address("/survival", parameters, { groupBy }))}
${!survival && html`<p class="problem" role="status">${language.text("customers.behind")}</p>`}
${survival && (survival.items.length === 0 ? html`<p>${language.text("cohorts.none")}</p>` : renderCurves(survival, language))}
${survival?.remarks?.map((remark) => html`<p class="quiet">${sayTranslated(remark, language)}</p>`)}`,
  });
}
