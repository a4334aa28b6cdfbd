import { addDays, type Day, dayNumber, earlierDay } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import {
  type Lifetime,
  type LogRank,
  logRank,
  type SurvivalCurve,
  survivalCurves,
} from "../../domain/metrics/lifetime/survival.ts";
import { type CustomerConditions, customerTest } from "./conditions.ts";
import type { ListedCustomer } from "./customer.ts";
import { groupOf, remarksOnGroups, withFewGroups } from "./few-groups.ts";
import { type CustomersContext, type KnownCustomers, readCustomers } from "./known-customers.ts";

/** After how long a workspace's customers leave. */

/** Which customers. */
export interface SurvivalAsked {
  /** The days of joining. */
  readonly range: DayRange;
  /** The dimension by which they are told apart. */
  readonly groupBy?: string | undefined;
  readonly conditions: CustomerConditions;
}

/** The curves, and what was known. */
export interface FoundSurvival extends Pick<KnownCustomers, "changedDays"> {
  /** The last day that is in it: no later than yesterday. */
  readonly through: Day;
  readonly curves: readonly SurvivalCurve[];
  readonly remarks: readonly string[];
  /** Of all groups; absent for fewer than two, and where too few were lost. */
  readonly test?: LogRank | undefined;
}

/**
 * The curves of customers who fulfil conditions today. A customer is lost when it leaves, or by inactivity where the workspace says after how long; whoever comes
 * back has been lost all the same.
 * @throws NotArchivedYet as `listCustomers` does
 */
export async function findSurvival(
  context: CustomersContext,
  { range, groupBy, conditions }: SurvivalAsked,
  now: number,
): Promise<FoundSurvival> {
  const { workspace } = context;
  const { byId, through: known, changedDays } = await readCustomers(context, now);
  const today = dayOf(now, workspace.timeZone);
  const matches = customerTest(conditions, workspace);
  // Who can be lost on the running day is known when it is over.
  const last = earlierDay(known, addDays(today, -1));
  const lifetimes = [...byId.values()].flatMap((customer): Lifetime[] => {
    const stay = stayOf(customer, workspace.inactivityDays, last);
    if (!stay || stay.joined < range.from || stay.joined > range.to || !matches(customer, today)) return [];
    return [{ days: stay.days, isLost: stay.isLost, group: groupOf(customer, groupBy) }];
  });
  const members = withFewGroups(lifetimes);
  return {
    ...{ curves: survivalCurves(members), test: logRank(members) },
    ...{ remarks: remarksOnGroups(lifetimes, groupBy), through: last, changedDays },
  };
}

/** The first time as a customer, up to a day; `undefined` where it had not begun. */
function stayOf(
  customer: ListedCustomer,
  inactivityDays: number | null,
  last: Day,
): { readonly joined: Day; readonly days: number; readonly isLost: boolean } | undefined {
  const steps = customer.presence(inactivityDays).filter(({ day }) => day <= last);
  const [first] = steps;
  if (!first) return undefined;
  const lost = steps.find(({ kind }) => kind === "customer-lost");
  const days = dayNumber(lost?.day ?? last) - dayNumber(first.day);
  return { joined: first.day, days, isLost: lost !== undefined };
}
