import { formatCount, formatDay } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import { address, customerAddress, type Parameters } from "./address.ts";
import { renderPage } from "./layout.ts";

/** Comments: searched, with the words that are frequent in them. */

/** A comment with what is known of its answer. */
export interface ListedComment {
  readonly survey: string;
  readonly scale?: string | undefined;
  readonly score?: number | undefined;
  readonly comment?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly customerId?: string | undefined;
  readonly day: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly excluded: boolean;
}

/** The frequent words of one group of scores. */
export interface TermGroup {
  readonly group: string;
  readonly comments: number;
  readonly terms: readonly { readonly term: string; readonly sharePercent: number }[];
}

/** The page's contents. */
export interface CommentsPage {
  readonly workspace: string;
  readonly parameters: Parameters;
  readonly surveys: readonly string[];
  readonly comments: readonly ListedComment[];
  /** Where the list goes on; absent at its end. */
  readonly nextCursor?: string | undefined;
  /** By score group; empty where no survey is chosen. */
  readonly terms: readonly TermGroup[];
}

/** The page as HTML. */
export function renderCommentsPage(page: CommentsPage): string {
  const { workspace, parameters, comments, nextCursor, terms } = page;
  return renderPage({
    title: "Comments",
    part: "/comments",
    workspace,
    content: html`<h1>Comments</h1>
${renderSearch(page)}
${terms.map((group) => renderTerms(group, parameters))}
${comments.length === 0 ? html`<p>No comment matches${nextCursor !== undefined && " yet: most of the answers are still to be looked at"}.</p>` : html`<ul class="list">${comments.map(renderComment)}</ul>`}
${nextCursor !== undefined && html`<p><a href="${address("/comments", parameters, { cursor: nextCursor })}">Older ones</a></p>`}`,
  });
}

function renderSearch({ parameters, surveys }: CommentsPage): Markup {
  const field = (name: string, label: string, type = "text") =>
    html`<span><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}" value="${parameters[name] ?? ""}" maxlength="200"></span>`;
  const chosen = parameters["survey"] ?? "";
  return html`<form class="choices" method="get" action="/comments" aria-label="Search">
${field("q", "With the words", "search")}
<span><label for="survey">Survey</label><select id="survey" name="survey"><option value="">(all)</option>${surveys.map((name) => html`<option value="${name}"${name === chosen && html` selected`}>${name}</option>`)}</select></span>
${field("scoreFrom", "Score from", "number")}
${field("scoreTo", "Score to", "number")}
${field("tag", "Tag")}
${field("from", "From", "date")}
${field("to", "To", "date")}
<button>Search</button></form>`;
}

function renderTerms({ group, comments, terms }: TermGroup, parameters: Parameters): Markup | undefined {
  if (terms.length === 0) return undefined;
  const links = terms.map(
    ({ term, sharePercent }) =>
      html`<li><a href="${address("/comments", parameters, { q: term, cursor: "" })}"><bdi>${term}</bdi></a> <span class="quiet">${Math.round(sharePercent)} %</span></li>`,
  );
  return html`<h2>${group.charAt(0).toUpperCase() + group.slice(1)}: frequent words</h2>
<ul class="links" aria-label="Frequent words of ${group}">${links}</ul><p class="quiet">Of the newest ${formatCount(comments)} comments of this group.</p>`;
}

function renderComment(listed: ListedComment): Markup {
  const { survey, scale, score, comment, tags = [], customerId, day, dimensions, excluded } = listed;
  const facts = [
    survey,
    ...(score === undefined ? [] : [`${score} on ${(scale ?? "").replace("-", "–")}`]),
    formatDay(day),
    ...Object.entries(dimensions).map(([name, value]) => `${name}: ${value}`),
    ...tags.map((tag) => `#${tag}`),
    ...(excluded ? ["taken out of the counts"] : []),
  ];
  return html`<li><blockquote dir="auto">${comment}</blockquote>
<p class="quiet"><bdi>${facts.join(", ")}</bdi>${customerId !== undefined && html` · <a href="${customerAddress(customerId)}"><bdi>${customerId}</bdi></a>`}</p></li>
`;
}
