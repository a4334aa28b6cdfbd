import { type Language, languageOf } from "../domain/language/language.ts";
import { languageTags } from "../domain/language/tags.ts";
import type { TextId } from "../domain/language/texts/texts.ts";
import { isShareable } from "../domain/workspace/share.ts";
import { type Content, html, Markup } from "../report/html.ts";
import { address } from "./address.ts";
import { scriptAddress } from "./script-text.ts";
import { styleSheet } from "./style.ts";

/** The frame of all pages. */

/** The parts of the site, in the order of its navigation. */
const parts = [
  ["/", "page.overview"],
  ["/comments", "page.comments"],
  ["/customers", "page.customers"],
  ["/goals", "page.goals"],
  ["/alerts", "page.alerts"],
  ["/annotations", "annotations.title"],
  ["/webhooks", "webhooks.title"],
  ["/docs", "page.docs"],
] as const satisfies readonly (readonly [string, TextId])[];

/** The parts for those who may change settings alone. */
const administration: readonly string[] = ["/webhooks"];

/** One of the parts. */
export type SitePart = (typeof parts)[number][0];

/** For whom a page is made, and where it stands. */
export interface PageFrame {
  readonly language: Language;
  /** Its path and query: where the choice of another language leads back to. */
  readonly address: string;
  /** Whose numbers these are; absent where nobody has signed in. */
  readonly workspace?: string | undefined;
  /** Whether the key that signed in may change settings. */
  readonly canChange?: boolean;
  /** Whether it was opened by a shared link: it leads nowhere else. */
  readonly isShared?: boolean;
}

/** A page. */
export interface Page {
  readonly frame: PageFrame;
  readonly title: string;
  /** The part that it belongs to; absent where nobody has signed in. */
  readonly part?: SitePart;
  readonly content: Content;
}

/** A line that rises, in the address itself. */
const icon = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M1 13l5-5 3 2 6-7" fill="none" stroke="#0b62c4" stroke-width="2.5"/></svg>')}`;

/** The whole page as HTML. */
export function renderPage({ frame, title, part, content }: Page): string {
  const { language, workspace, address: own, canChange = false, isShared = false } = frame;
  const share =
    canChange &&
    isShareable(own) &&
    html`<p><a href="${address("/shares", { path: own })}">${language.text("share.this")}</a></p>`;
  return html`<!doctype html>
<html lang="${language.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${icon}">
<title>${title} · cx-metrics</title>
<style>${new Markup(styleSheet)}</style>
<script src="${scriptAddress}" defer></script>
</head>
<body>
<a class="skip" href="#content">${language.text("page.skip")}</a>
${workspace !== undefined && renderBar(part, workspace, frame)}
<main id="content" tabindex="-1">
${isShared ? readOnly(html`${content}`) : content}
</main>
<footer>${share}${renderLanguages(frame)}</footer>
</body>
</html>
`.text;
}

/** Without the links and forms that lead to other pages; links to files of the page itself stay. */
function readOnly({ text }: Markup): Markup {
  const withoutForms = text.replaceAll(/<form\b[\s\S]*?<\/form>/g, "");
  return new Markup(withoutForms.replaceAll(/<a href="\/[^"]*"[^>]*>([\s\S]*?)<\/a>/g, "<span>$1</span>"));
}

function renderBar(
  part: SitePart | undefined,
  workspace: string,
  { language, canChange = false, isShared = false }: PageFrame,
): Markup {
  const shown = parts.filter(([path]) => canChange || !administration.includes(path));
  return html`<header class="bar">
${
  isShared
    ? html`<span class="product">cx-metrics</span>`
    : html`<a class="product" href="/">cx-metrics</a>
<nav aria-label="${language.text("page.pages")}">${shown.map(([path, name]) => html`<a href="${path}"${path === part && html` aria-current="page"`}>${language.text(name)}</a>`)}</nav>
<span class="quiet">${workspace}</span>
<form method="post" action="/session/end"><button class="link">${language.text("page.signOut")}</button></form>`
}
</header>`;
}

/** The choice of a language, each in its own words. It works without script. */
function renderLanguages({ language, address }: PageFrame): Markup {
  const options = languageTags.map(
    (tag) =>
      html`<option value="${tag}" lang="${tag}"${tag === language.tag && html` selected`}>${languageOf(tag).name}</option>`,
  );
  return html`<form class="choices" method="post" action="/language"><span><label for="language">${language.text("page.language")}</label><select id="language" name="language">${options}</select></span>
<input type="hidden" name="returnTo" value="${address}">
<button>${language.text("page.chooseLanguage")}</button></form>`;
}
