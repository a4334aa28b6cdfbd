import { formatDay } from "./format.ts";
import { html, type Markup } from "./html.ts";
import type { CommentGroup, Report } from "./model.ts";

/** The comments behind a score. */

/** The newest comments of a survey by group of scores, and where the others are. */
export function renderComments(survey: string, report: Report): Markup | undefined {
  const groups = report.comments?.bySurvey.get(survey);
  if (!report.comments || !groups) return undefined;
  const { isComplete, looked } = report.comments;
  const { from, to } = report.range;
  return html`<details class="comments"${groups.length > 0 && html` open`}><summary>What people wrote</summary>
${groups.length === 0 && html`<p class="quiet">No comments${!isComplete && ` among the newest ${looked} facts`}.</p>`}
${groups.map(renderGroup)}
<p class="quiet">All of them: <code>GET /v1/responses?survey=${survey}&amp;hasComment=true&amp;from=${from}&amp;to=${to}</code></p></details>`;
}

function renderGroup({ group, comments }: CommentGroup): Markup {
  return html`<h4>${group.charAt(0).toUpperCase() + group.slice(1)}</h4>
<ul>${comments.map(
    ({ text, score, scale, day }) =>
      // Whatever direction the text has, or turns to by marks in it, ends with its own box.
      html`<li><blockquote dir="auto">${text}</blockquote><p class="quiet">${scale !== undefined && `${score} on ${scale.replace("-", "–")}, `}${formatDay(day)}</p></li>
`,
  )}</ul>`;
}
