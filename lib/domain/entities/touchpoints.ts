import { dayFromNumber } from "../calendar/days.ts";
import { engagementDays } from "./engagement.ts";
import type { History } from "./history.ts";
import { touchpointIn } from "./interactions.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/**
 * At how many different touchpoints a customer was in touch in the 30 days up to each day on which it bought. Of a purchase without any
 * nothing is known of the way to it, and nothing counts.
 */
export function touchedPurchases(
  { steps }: Pick<History<"purchased" | "interacted">, "steps">,
  segments: Segments,
): Occurrence[] {
  const { purchased, interacted } = steps;
  const [first] = interacted;
  if (!first) return [];
  const purchasesByDay = Map.groupBy(purchased, ({ day }) => day);
  return [...purchasesByDay].flatMap(([day, purchases]): Occurrence[] => {
    const recent = interacted.filter((step) => step.day <= day && step.day > day - engagementDays);
    const touchpoints = new Set(recent.map(({ detail }) => touchpointIn(detail))).size;
    if (touchpoints === 0) return [];
    const times = purchases.reduce((sum, step) => sum + step.times, 0);
    return [{ kind: "purchase-touched", day: dayFromNumber(day), segments, times, touchpoints }];
  });
}
