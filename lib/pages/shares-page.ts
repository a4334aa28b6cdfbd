import { formatDay } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import { type FormState, renderField, renderOtherErrors } from "./form-field.ts";
import { type PageFrame, renderPage } from "./layout.ts";

/** Shared links: made, listed and revoked; and the page that opens one. */

/** A link in the list. */
export interface ListedShare {
  readonly id: string;
  readonly path: string;
  readonly comments: boolean;
  /** The day up to which it is good. */
  readonly until: string;
}

/** The page's contents. */
export interface SharesPage {
  readonly frame: PageFrame;
  readonly shares: readonly ListedShare[];
  readonly state: FormState;
  /** The link that was just made: it is shown once. */
  readonly made?: { readonly link: string; readonly until: string };
}

const lengths = [1, 7, 30, 90];

/** The page of all links as HTML. */
export function renderSharesPage({ frame, shares, state, made }: SharesPage): string {
  const { language } = frame;
  const title = language.text("share.title");
  const fields = [
    { name: "path", label: language.text("share.path"), isRequired: true, maxLength: 1_000 },
    {
      name: "days",
      label: language.text("share.days"),
      options: lengths.map((days) => [String(days), language.text("days", { days })] as const),
    },
    {
      name: "comments",
      label: language.text("page.comments"),
      options: [
        ["", language.text("share.without")],
        ["yes", language.text("share.with")],
      ],
    },
  ] as const;
  const names = fields.map(({ name }) => name);
  return renderPage({
    frame,
    title,
    content: html`<h1>${title}</h1>
${made && html`<div role="status" class="made"><p>${language.text("share.made", { until: formatDay(made.until, language) })}</p><pre><code>${made.link}</code></pre></div>`}
${renderOtherErrors(names, state, language)}
<form class="edit" method="post" action="/shares/edit">
${fields.map((field) => renderField(field, state, language))}
<p><button name="action" value="make">${language.text("share.make")}</button></p>
</form>
${shares.length === 0 && html`<p>${language.text("share.none")}</p>`}
<ul class="list">${shares.map((share) => renderShare(share, frame))}</ul>`,
  });
}

function renderShare({ id, path, comments, until }: ListedShare, { language }: PageFrame): Markup {
  const shown = language.text(comments ? "share.with" : "share.without");
  const day = formatDay(until, language);
  return html`<li><code>${path}</code>
<p class="quiet">${language.text("share.until", { day })}${language.text("comma")}${language.text("page.comments")}: ${shown}</p>
<form method="post" action="/shares/edit"><input type="hidden" name="id" value="${id}"><button name="action" value="revoke">${language.text("share.revoke")}<span class="unseen">: ${path}${language.text("comma")}${day}</span></button></form></li>
`;
}

/**
 * The page that opens a link: by its script at once, else with the part of the link behind its `#`.
 * @param problem why it was not opened: the link is gone, or the browser's session of it is
 */
export function renderSharedLink(frame: PageFrame, problem?: "share.gone" | "share.again"): string {
  const { language } = frame;
  const title = language.text("share.open");
  return renderPage({
    frame,
    title,
    content: html`<div class="sign-in"><h1>${title}</h1>
${problem && html`<p class="problem" role="alert">${language.text(problem)}</p>`}
<form method="post" action="/shared" data-shared>
<label for="token">${language.text("share.code")}</label>
<input id="token" name="token" required autocomplete="off" spellcheck="false" maxlength="64">
<button>${language.text("share.opens")}</button>
</form></div>`,
  });
}
