import type { Language } from "../domain/language/language.ts";
import type { TextId } from "../domain/language/texts/texts.ts";
import { formatDay, formatDays } from "./format.ts";
import { html, type Markup } from "./html.ts";
import type { CommentGroup, Report } from "./model.ts";

/** The comments behind a score. */

const groupTexts: Readonly<Record<string, TextId>> = {
  promoters: "group.promoters",
  passives: "group.passives",
  detractors: "group.detractors",
  satisfied: "group.satisfied",
  neutral: "group.neutral",
  dissatisfied: "group.dissatisfied",
  difficult: "group.difficult",
  easy: "group.easy",
  completed: "group.completed",
  "not completed": "group.notCompleted",
};

/** The name of a group of answers; groups that answers themselves name are called so. */
export function groupName(group: string, language: Language): string {
  const id = groupTexts[group];
  return id === undefined ? group : language.text(id);
}

/** A score on its scale: `9 on 0–10`. */
export function scoreText(score: number, scale: string | undefined, language: Language): string {
  return language.text("comments.score", { score: String(score), scale: (scale ?? "").replace("-", "–") });
}

/**
 * The newest comments of a survey by group of scores, or those of the days in which it changed.
 * @param more where all of them are
 */
export function renderComments(survey: string, report: Report, more?: Markup): Markup | undefined {
  const groups = report.comments?.bySurvey.get(survey);
  if (!report.comments || !groups) return undefined;
  const { language } = report;
  const { isComplete, looked, daysOfChange } = report.comments;
  const days = daysOfChange?.get(survey);
  const title =
    days === undefined
      ? language.text("comments.written")
      : language.text("comments.writtenThen", { days: formatDays(days.from, days.to, language) });
  const none = isComplete ? language.text("comments.none") : language.text("comments.noneLooked", { looked });
  return html`<details class="comments"${groups.length > 0 && html` open`}><summary>${title}</summary>
${groups.length === 0 && html`<p class="quiet">${none}</p>`}
${groups.map((group) => renderGroup(group, language))}
${more && html`<p>${more}</p>`}</details>`;
}

function renderGroup({ group, comments }: CommentGroup, language: Language): Markup {
  return html`<h4><bdi>${groupName(group, language)}</bdi></h4>
<ul>${comments.map(
    ({ text, score, scale, day }) =>
      // The text's direction, also one set by marks inside it, ends with its own box.
      html`<li><blockquote dir="auto">${text}</blockquote><p class="quiet">${score !== undefined && `${scoreText(score, scale, language)}${language.text("comma")}`}${formatDay(day, language)}</p></li>
`,
  )}</ul>`;
}
