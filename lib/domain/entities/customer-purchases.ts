import { dayFromNumber } from "../calendar/days.ts";
import type { History } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** A customer's orders and revenue by day and currency, counted in the customer's segments, not in those of the purchases. */
export function customerPurchases(
  { steps }: Pick<History<"purchased">, "steps">,
  segments: Segments,
): Occurrence[] {
  return steps.purchased.map(
    ({ day, detail: currency, times: orders, sum: amountMinor = 0n }): Occurrence => ({
      ...{ kind: "purchases-attributed", day: dayFromNumber(day), segments },
      ...{ currency, orders, amountMinor },
    }),
  );
}
