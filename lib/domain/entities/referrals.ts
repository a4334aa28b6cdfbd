import { dayFromNumber } from "../calendar/days.ts";
import type { Activity } from "./activity.ts";
import type { History } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** Whether a customer came by a recommendation: counts on the day on which it became one. */
export function referredArrival(
  { steps }: Pick<History<"referred">, "steps">,
  arrivalsAndLosses: readonly Occurrence[],
): Occurrence[] {
  if (steps.referred.length === 0) return [];
  return arrivalsAndLosses.flatMap(({ kind, day, segments }): Occurrence[] =>
    kind === "customer-new" ? [{ kind: "customer-referred", day, segments }] : [],
  );
}

/** On which days there is one more, or one less, of the active customers who have recommended the business to date. */
export function referrerChanges(
  { steps }: Pick<History<"recommended">, "steps">,
  activity: Activity,
  segments: Segments,
): Occurrence[] {
  const [first] = steps.recommended;
  if (!first) return [];
  const days = [...new Set([first.day, ...activity.keys()])].sort((a, b) => a - b);
  let isActive = false;
  let wasCounted = false;
  return days.flatMap((day): Occurrence[] => {
    isActive = activity.get(day) ?? isActive;
    const isCounted = isActive && day >= first.day;
    if (isCounted === wasCounted) return [];
    wasCounted = isCounted;
    return [{ kind: "referrers-changed", day: dayFromNumber(day), segments, referrers: isCounted ? 1 : -1 }];
  });
}
