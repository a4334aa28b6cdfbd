import type { Language } from "../domain/language/language.ts";
import type { TextId } from "../domain/language/texts/texts.ts";
import { findMetric } from "../domain/metrics/registry.ts";
import { groupName, scoreText } from "../report/comments.ts";
import { formatDay } from "../report/format.ts";
import { html, type Markup } from "../report/html.ts";
import { address, customerAddress, type Parameters } from "./address.ts";
import { type PageFrame, renderPage } from "./layout.ts";

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
  readonly frame: PageFrame;
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
  const { frame, parameters, comments, nextCursor, terms } = page;
  const { language } = frame;
  const title = language.text("page.comments");
  const nothing = language.text(nextCursor === undefined ? "comments.nothing" : "comments.nothingYet");
  return renderPage({
    frame,
    title,
    part: "/comments",
    content: html`<h1>${title}</h1>
${renderSearch(page)}
${terms.map((group) => renderTerms(group, parameters, language))}
${comments.length === 0 ? html`<p>${nothing}</p>` : html`<ul class="list">${comments.map((comment) => renderComment(comment, language))}</ul>`}
${nextCursor !== undefined && html`<p><a href="${address("/comments", parameters, { cursor: nextCursor })}">${language.text("comments.older")}</a></p>`}`,
  });
}

function renderSearch({ frame: { language }, parameters, surveys }: CommentsPage): Markup {
  const field = (name: string, label: TextId, type = "text") =>
    html`<span><label for="${name}">${language.text(label)}</label><input id="${name}" name="${name}" type="${type}" value="${parameters[name] ?? ""}" maxlength="200"></span>`;
  const chosen = parameters["survey"] ?? "";
  return html`<form class="choices" method="get" action="/comments" aria-label="${language.text("comments.search")}">
${field("q", "comments.words", "search")}
<span><label for="survey">${language.text("comments.survey")}</label><select id="survey" name="survey"><option value="">${language.text("choices.all")}</option>${surveys.map((name) => html`<option value="${name}"${name === chosen && html` selected`}>${surveyName(name, language)}</option>`)}</select></span>
${field("scoreFrom", "comments.scoreFrom", "number")}
${field("scoreTo", "comments.scoreTo", "number")}
${field("tag", "comments.tag")}
${field("from", "choices.from", "date")}
${field("to", "choices.to", "date")}
<button>${language.text("comments.search")}</button></form>`;
}

function renderTerms(
  { group, comments, terms }: TermGroup,
  parameters: Parameters,
  language: Language,
): Markup | undefined {
  if (terms.length === 0) return undefined;
  const links = terms.map(
    ({ term, sharePercent }) =>
      html`<li><a href="${address("/comments", parameters, { q: term, cursor: "" })}"><bdi>${term}</bdi></a> <span class="quiet">${Math.round(sharePercent)} %</span></li>`,
  );
  const heading = language.text("comments.frequent", { group: groupName(group, language) });
  return html`<h2><bdi>${heading}</bdi></h2>
<ul class="links" aria-label="${heading}">${links}</ul><p class="quiet">${language.text("comments.frequentOf", { count: comments })}</p>`;
}

function renderComment(listed: ListedComment, language: Language): Markup {
  const { survey, scale, score, comment, tags = [], customerId, day, dimensions, excluded } = listed;
  const facts = [
    surveyName(survey, language),
    ...(score === undefined ? [] : [scoreText(score, scale, language)]),
    formatDay(day, language),
    ...Object.entries(dimensions).map(([name, value]) => `${name}: ${value}`),
    ...tags.map((tag) => `#${tag}`),
    ...(excluded ? [language.text("takenOut")] : []),
  ];
  return html`<li><blockquote dir="auto">${comment}</blockquote>
<p class="quiet"><bdi>${facts.join(language.text("comma"))}</bdi>${customerId !== undefined && html` · <a href="${customerAddress(customerId)}"><bdi>${customerId}</bdi></a>`}</p></li>
`;
}

/** A survey as its metric is called. */
function surveyName(survey: string, language: Language): string {
  const metric = findMetric(survey);
  return metric ? language.metricName(metric) : survey;
}
