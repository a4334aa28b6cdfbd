import type { Language } from "../language/language.ts";
import { cardOf, hasData, type MetricReport, type Report, wholeOf } from "./model.ts";
import { verdictOn } from "./verdict.ts";

/** Which cards of a report are folded: a reader is to find what changed, without all that did not. */

/** So many cards are short enough to be read one after the other. */
const maxUnfolded = 8;

const newsKinds: ReadonlySet<string> = new Set(["better", "worse", "changed"]);

/** Whether a metric's card is folded: where there are many, and it has no certain change, goal, comment or corrected day. */
export function isFolded(shown: MetricReport, report: Report): boolean {
  if (report.metrics.filter(hasData).length <= maxUnfolded) return false;
  const { kind } = verdictOn(shown, wholeOf(shown)?.comparison, report.language);
  const comments = report.comments?.bySurvey.get(shown.metric.id) ?? [];
  const hasMore = shown.goals.length + comments.length > 0;
  return hasData(shown) && !newsKinds.has(kind) && !hasMore;
}

/** The place to which a link leads: inside of what is folded, so that browsers open it. */
export function placeOf(shown: MetricReport, report: Report, language: Language): string {
  const { id } = cardOf(shown, language);
  return isFolded(shown, report) ? `${id}-more` : id;
}
