import type { TextId } from "../domain/language/texts/texts.ts";
import { html } from "../report/html.ts";
import { sayTranslated } from "../report/remarks.ts";
import { type PageFrame, renderPage } from "./layout.ts";

/** The page that says why something was not done. */

/** The problem. */
export interface PageProblem {
  readonly frame: PageFrame;
  readonly status: number;
  /** As the API says it. */
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[] | undefined;
  /** The id by which an operator finds the request in the logs. */
  readonly requestId: string;
}

/** The page as HTML. */
export function renderProblem({ frame, status, detail, errors = [], requestId }: PageProblem): string {
  const { language } = frame;
  const title = language.text(titleOf(status));
  return renderPage({
    frame,
    title,
    content: html`<h1>${title}</h1>
<p class="problem" role="alert">${sayTranslated(detail, language)}</p>
${errors.length > 0 && html`<ul>${errors.map((error) => html`<li><code>${error.pointer.slice(1)}</code> ${sayTranslated(error.detail, language)}</li>`)}</ul>`}
<p class="quiet">${language.text("problem.request", { id: requestId })}</p>
<p><a href="/">${language.text("problem.overview")}</a></p>`,
  });
}

function titleOf(status: number): TextId {
  if (status === 403) return "problem.forbidden";
  if (status === 404) return "problem.missing";
  if (status === 429) return "problem.tooMany";
  return status < 500 ? "problem.invalid" : "problem.failed";
}
