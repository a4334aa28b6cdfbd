import { html } from "../report/html.ts";
import { renderPage } from "./layout.ts";

/** The page on which a reader signs in. */

/** The text beside the form. */
export interface SignIn {
  /** Where to go on: a path of this site. */
  readonly returnTo: string;
  /** Why the last try did not work. */
  readonly problem?: string;
}

/** The page as HTML. */
export function renderSignIn({ returnTo, problem }: SignIn): string {
  return renderPage({
    title: "Sign in",
    content: html`<div class="sign-in"><h1>Customer experience</h1>
${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
<form method="post" action="/session">
<input type="text" name="username" value="cx-metrics" autocomplete="username" readonly hidden>
<label for="key">An API key that may read</label>
<input id="key" name="key" type="password" required autocomplete="current-password" spellcheck="false" maxlength="128" autofocus>
<input type="hidden" name="returnTo" value="${returnTo}">
<button>Sign in</button>
</form>
<p class="quiet">The key is sent once. Your browser then keeps a session for twelve hours, or until you sign out.</p>
<p class="quiet">No key? Whoever runs cx-metrics makes one: <code>POST /v1/keys</code> with the scope <code>read</code>.</p></div>`,
  });
}
