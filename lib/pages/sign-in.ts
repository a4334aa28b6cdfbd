import { html, type Markup } from "../report/html.ts";
import { type PageFrame, renderPage } from "./layout.ts";

/** The page on which a reader signs in. */

/** The text beside the form. */
export interface SignIn {
  readonly frame: PageFrame;
  /** Where to go on: a path of this site. */
  readonly returnTo: string;
  /** Why the last try did not work. */
  readonly problem?: "unknown" | "refused";
}

/** The page as HTML. */
export function renderSignIn({ frame, returnTo, problem }: SignIn): string {
  const { language } = frame;
  const example = { call: html`<code>POST /v1/keys</code>`, scope: html`<code>read</code>` };
  return renderPage({
    frame,
    title: language.text("signIn.title"),
    content: html`<div class="sign-in"><h1>${language.text("signIn.product")}</h1>
${problem !== undefined && html`<p class="problem" role="alert" id="why">${language.text(`signIn.${problem}`)}</p>`}
<form method="post" action="/session">
<input type="text" name="username" value="cx-metrics" autocomplete="username" readonly hidden>
<label for="key">${language.text("signIn.key")}</label>
<input id="key" name="key" type="password" required autocomplete="current-password" spellcheck="false" maxlength="128"${problem !== undefined && html` aria-invalid="true" aria-describedby="why"`} autofocus>
<input type="hidden" name="returnTo" value="${returnTo}">
<button>${language.text("signIn.title")}</button>
</form>
<p class="quiet">${language.text("signIn.session")}</p>
<p class="quiet">${language.pieces<Markup>("signIn.noKey", example)}</p></div>`,
  });
}
