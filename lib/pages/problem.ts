import { html } from "../report/html.ts";
import { renderPage } from "./layout.ts";

/** The page that says why something was not done. */

/** The problem. */
export interface PageProblem {
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[] | undefined;
  /** The id by which an operator finds the request in the logs. */
  readonly requestId: string;
}

/** The page as HTML. */
export function renderProblem({ title, detail, errors = [], requestId }: PageProblem): string {
  return renderPage({
    title,
    content: html`<h1>${title}</h1>
<p class="problem" role="alert">${detail}</p>
${errors.length > 0 && html`<ul>${errors.map((error) => html`<li><code>${error.pointer.slice(1)}</code> ${error.detail}</li>`)}</ul>`}
<p class="quiet">Request ${requestId}</p>
<p><a href="/">To the overview</a></p>`,
  });
}
