import { addDays, type Day, dayNumber, earlierDay } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import {
  type RfmFigures,
  type RfmMove,
  type RfmMovement,
  type RfmScores,
  type RfmSize,
  rfmCuts,
  rfmFigures,
  rfmScores,
  rfmSizes,
} from "../../domain/metrics/lifetime/rfm.ts";
import { type CustomerConditions, customerTest } from "./conditions.ts";
import type { ListedCustomer } from "./customer.ts";
import { type CustomersContext, type KnownCustomers, readCustomers } from "./known-customers.ts";
import type { RatedCustomer } from "./predicted-customer.ts";

/** Segments of a workspace's customers by recency, frequency and money: how large they are, and who moved between them. */

/** Which customers, and when. */
export interface RfmAsked {
  /** The day on which they are divided into fifths, and an earlier one to compare it with. */
  readonly on: Day;
  readonly since: Day;
  readonly conditions: CustomerConditions;
}

/** The segments, and what was known. */
export interface FoundRfm extends Pick<KnownCustomers, "through" | "changedDays"> {
  readonly on: Day;
  readonly sizes: readonly RfmSize[];
  readonly movements: readonly RfmMovement[];
}

/**
 * Divides all customers into fifths on each of both days, and counts those who fulfil conditions today. Both days by what is known today.
 * @throws NotArchivedYet as `listCustomers` does
 */
export async function findRfm(
  context: CustomersContext,
  { on: asked, since, conditions }: RfmAsked,
  now: number,
): Promise<FoundRfm> {
  const { workspace } = context;
  const { byId, through, changedDays } = await readCustomers(context, now);
  const today = dayOf(now, workspace.timeZone);
  const on = earlierDay(asked, ratedDay(through, today));
  const earlier = earlierDay(since, on);
  const customers = [...byId.values()].map((customer) => {
    const purchases = customer.purchases(workspace.currency);
    const figuresOn = (day: Day) => rfmFigures(purchases, dayNumber(day));
    return { customer, before: figuresOn(earlier), after: figuresOn(on) };
  });
  const rateBefore = rated(customers.flatMap(({ before }) => before ?? []));
  const rateAfter = rated(customers.flatMap(({ after }) => after ?? []));
  const matches = customerTest(conditions, workspace);
  const moves = customers.flatMap(({ customer, before, after }): RfmMove[] => {
    const scores = after && rateAfter(after);
    if (!scores || !matches(customer, today)) return [];
    return [{ before: before && rateBefore(before), after: scores, moneyMinor: after.money }];
  });
  return { on, ...rfmSizes(moves), through, changedDays };
}

/** The last day on which customers can be rated: it is over, and known. */
function ratedDay(through: Day, today: Day): Day {
  return earlierDay(through, addDays(today, -1));
}

/** How customers are rated now: as `findRfm` does on the last day that is over and known. What that takes of everybody is done once one is asked for. */
export function ratingNow(
  { byId, through }: Pick<KnownCustomers, "byId" | "through">,
  currency: string,
  today: Day,
): (customer: ListedCustomer) => RatedCustomer | undefined {
  const on = ratedDay(through, today);
  const figuresOf = (customer: ListedCustomer) => rfmFigures(customer.purchases(currency), dayNumber(on));
  let rate: ReturnType<typeof rated> | undefined;
  return (customer) => {
    const figures = figuresOf(customer);
    if (!figures) return undefined;
    rate ??= rated([...byId.values()].flatMap((one) => figuresOf(one) ?? []));
    const scores = rate(figures);
    return scores && { ...scores, through: on };
  };
}

/** How customers are rated among some; nobody is among too few. */
function rated(all: readonly RfmFigures[]): (figures: RfmFigures) => RfmScores | undefined {
  const cuts = rfmCuts(all);
  return (figures) => cuts && rfmScores(figures, cuts);
}
