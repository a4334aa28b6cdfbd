import { cardOf, hasData, type MetricReport, type Report, wholeOf } from "./model.ts";
import { isChange, verdictOn } from "./verdict.ts";

/** Which cards of a report are folded: a reader is to find what changed, without all that did not. */

/** So many cards are short enough to be read one after the other. */
const maxUnfolded = 8;

/** Whether a metric's card is folded: where there are many, and it has no certain change, goal, comment or corrected day. */
export function isFolded(shown: MetricReport, report: Report): boolean {
  if (report.metrics.filter(hasData).length <= maxUnfolded) return false;
  const { kind } = verdictOn(shown, wholeOf(shown)?.comparison, report.language);
  const comments = report.comments?.bySurvey.get(shown.metric.id) ?? [];
  const { goals, restatements, pendingDays } = shown;
  const hasMore = goals.length + comments.length + restatements.length + pendingDays.length > 0;
  return hasData(shown) && !isChange(kind) && !hasMore;
}

/** The place to which a link leads: inside of what is folded, so that browsers open it. */
export function placeOf(shown: MetricReport, report: Report): string {
  const { id } = cardOf(shown, report.language);
  return isFolded(shown, report) ? `${id}-more` : id;
}
