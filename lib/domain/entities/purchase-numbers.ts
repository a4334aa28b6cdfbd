import { dayFromNumber } from "../calendar/days.ts";
import type { History } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** On which days a customer bought for the first and for the second time. */
export function purchaseNumbers(
  { steps }: Pick<History<"purchased">, "steps">,
  segments: Segments,
): Occurrence[] {
  const occurrences: Occurrence[] = [];
  let total = 0;
  for (const { day, times } of steps.purchased) {
    if (total === 0) occurrences.push({ kind: "first-purchase", day: dayFromNumber(day), segments });
    if (total + times >= 2) {
      occurrences.push({ kind: "second-purchase", day: dayFromNumber(day), segments });
    }
    total += times;
    if (total >= 2) break;
  }
  return occurrences;
}
