import { type Content, html, Markup } from "../report/html.ts";
import { styleSheet } from "./style.ts";

/** The frame of all pages. */

/** The parts of the site, in the order of its navigation. */
const parts = [
  ["/", "Overview"],
  ["/comments", "Comments"],
  ["/customers", "Customers"],
  ["/goals", "Goals"],
  ["/docs", "Documentation"],
] as const;

/** One of the parts. */
export type SitePart = (typeof parts)[number][0];

/** A page. */
export interface Page {
  readonly title: string;
  /** The part that it belongs to; absent where nobody has signed in. */
  readonly part?: SitePart;
  /** Whose numbers these are; absent where nobody has signed in. */
  readonly workspace?: string;
  readonly content: Content;
}

/** A line that rises, in the address itself. */
const icon = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M1 13l5-5 3 2 6-7" fill="none" stroke="#0b62c4" stroke-width="2.5"/></svg>')}`;

/** The whole page as HTML. */
export function renderPage({ title, part, workspace, content }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${icon}">
<title>${title} · cx-metrics</title>
<style>${new Markup(styleSheet)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${workspace !== undefined && renderBar(part, workspace)}
<main id="content" tabindex="-1">
${content}
</main>
</body>
</html>
`.text;
}

function renderBar(part: SitePart | undefined, workspace: string): Markup {
  return html`<header class="bar">
<a class="product" href="/">cx-metrics</a>
<nav aria-label="Pages">${parts.map(([path, name]) => html`<a href="${path}"${path === part && html` aria-current="page"`}>${name}</a>`)}</nav>
<span class="quiet">${workspace}</span>
<form method="post" action="/session/end"><button class="link">Sign out</button></form>
</header>`;
}
