import { cardOf, hasData, type MetricReport, type Report, wholeOf } from "./model.ts";
import { isChange, verdictOn } from "./verdict.ts";

/** Which cards of a report are folded: a reader is to find what changed, without all that did not. */

/** So many cards are short enough to be read one after the other. */
const maxUnfolded = 8;

/** Whether a metric's card is folded: where there are many, and it has no certain change and no goal. Comments and corrected days alone are no news. */
export function isFolded(shown: MetricReport, report: Report): boolean {
  if (report.metrics.filter(hasData).length <= maxUnfolded) return false;
  const { kind } = verdictOn(shown, wholeOf(shown)?.comparison, report.language);
  return hasData(shown) && !isChange(kind) && shown.goals.length === 0;
}

/** The place to which a link leads: inside of what is folded, so that browsers open it. */
export function placeOf(shown: MetricReport, report: Report): string {
  const { id } = cardOf(shown, report.language);
  return isFolded(shown, report) ? `${id}-more` : id;
}
