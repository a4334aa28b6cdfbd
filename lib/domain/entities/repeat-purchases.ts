import { dayFromNumber } from "../calendar/days.ts";
import type { History } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/**
 * On which days a returning customer bought, how often, and how long after the purchase before. The first purchase counts with
 * the second, on its day: only then is it one of a returning customer.
 */
export function repeatPurchases(
  { steps }: Pick<History<"purchased">, "steps">,
  segments: Segments,
): Occurrence[] {
  const occurrences: Occurrence[] = [];
  let total = 0;
  let previousDay: number | null = null;
  for (const { day, times } of steps.purchased) {
    const before = total;
    total += times;
    const counted = before < 2 ? 0 : before;
    const gapDays = previousDay === null ? 0 : day - previousDay;
    if (total >= 2) {
      occurrences.push({
        kind: "repeat-purchases",
        day: dayFromNumber(day),
        segments,
        returning: counted === 0 ? 1 : 0,
        purchases: total - counted,
        purchasesSquared: total ** 2 - counted ** 2,
        gaps: previousDay === null ? times - 1 : times,
        gapDays,
        // Between purchases of one day lie no days: only the first of them has a gap.
        gapDaysSquared: gapDays ** 2,
      });
    }
    previousDay = day;
  }
  return occurrences;
}
