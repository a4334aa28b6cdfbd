import { dayFromNumber } from "../calendar/days.ts";
import type { History } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** Where a customer interacted, as the detail of a step: the touchpoint, and as what it counts where that is not itself. */

/** No touchpoint has it in its name. */
const separator = "\n";

/** The detail of a step. @param countedAs see `EnrichedFact` */
export function interactionDetail(touchpoint: string, countedAs: string | undefined): string {
  return countedAs === undefined ? touchpoint : `${touchpoint}${separator}${countedAs}`;
}

/** The touchpoint of a detail. */
export function touchpointIn(detail: string): string {
  const end = detail.indexOf(separator);
  return end === -1 ? detail : detail.slice(0, end);
}

/** How often a customer interacted on each day, by touchpoint. */
export function interactions(
  { steps }: Pick<History<"interacted">, "steps">,
  segments: Segments,
): Occurrence[] {
  return steps.interacted.map(({ day, detail, times }): Occurrence => {
    const touchpoint = detail.slice(detail.indexOf(separator) + 1);
    return { kind: "interacted", day: dayFromNumber(day), segments, touchpoint, times };
  });
}
