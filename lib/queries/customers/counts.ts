import { type Day, earlierDay } from "../../domain/calendar/days.ts";
import { type DayRange, type Granularity, splitIntoIntervals } from "../../domain/calendar/intervals.ts";
import { type CustomerConditions, customerTest } from "./conditions.ts";
import { type CustomersContext, type KnownCustomers, readCustomers } from "./known-customers.ts";

/** The size of a list of customers over time. */

/** How many customers fulfilled conditions at the end of an interval. */
export interface CustomerCount extends DayRange {
  readonly customers: number;
  /** Whether its end is not in what was read: it counts as far as that goes. */
  readonly isProvisional: boolean;
}

/** Counts by interval. */
export interface CustomerCounts extends Pick<KnownCustomers, "through" | "changedDays"> {
  readonly counts: readonly CustomerCount[];
}

/**
 * How many customers fulfilled conditions at the end of each interval, by the facts up to then as they are known today. Intervals that begin
 * after the last day that was read are left out. Reads as `listCustomers` does.
 * @throws NotArchivedYet as `listCustomers` does
 */
export async function countCustomers(
  context: CustomersContext,
  { conditions, range, interval }: { conditions: CustomerConditions; range: DayRange; interval: Granularity },
  now: number,
): Promise<CustomerCounts> {
  const { byId, through, changedDays } = await readCustomers(context, now);
  const matches = customerTest(conditions, context.workspace);
  const intervals = splitIntoIntervals(range, interval).filter(({ from }) => from <= through);
  const ends: Day[] = intervals.map(({ to }) => earlierDay(to, through));
  const sums = ends.map(() => 0);
  for (const customer of byId.values()) {
    for (const [index, end] of ends.entries())
      if (matches(customer, end)) sums[index] = (sums[index] ?? 0) + 1;
  }
  const counts = intervals.map(({ from, to }, index) => ({
    ...{ from, to, customers: sums[index] ?? 0 },
    isProvisional: to >= through,
  }));
  return { counts, through, changedDays };
}
