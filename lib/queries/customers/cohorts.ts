import { addDays, type Day, dayNumber, earlierDay } from "../../calendar/days.ts";
import { dayOf } from "../../calendar/zones.ts";
import {
  type Cohort,
  type CohortMember,
  type CohortQuestion,
  cohortsOf,
} from "../../metrics/lifetime/cohorts.ts";
import { noValue } from "../../store/records/dimensions.ts";
import { type CustomerConditions, customerTest } from "./conditions.ts";
import { type ListedCustomer, standingOn } from "./customer.ts";
import { type CustomersContext, type KnownCustomers, readCustomers } from "./known-customers.ts";

/** Cohorts of a workspace's customers. */

/** At most so many groups; the smaller ones are added up. */
export const maxCohortGroups = 12;

/** The group of what is left of them. */
export const otherGroups = "(other)";

/** Which cohorts of which customers. */
export interface CohortsAsked extends Pick<CohortQuestion, "range" | "by"> {
  /** The dimension by which they are told apart. */
  readonly groupBy?: string | undefined;
  readonly conditions: CustomerConditions;
}

/** Cohorts, and what was known. */
export interface FoundCohorts extends Pick<KnownCustomers, "through" | "changedDays"> {
  readonly cohorts: readonly Cohort[];
}

/**
 * The cohorts of customers who fulfil conditions today.
 * @throws NotArchivedYet as `listCustomers` does
 */
export async function findCohorts(
  context: CustomersContext,
  asked: CohortsAsked,
  now: number,
): Promise<FoundCohorts> {
  const { workspace } = context;
  const { byId, through, changedDays } = await readCustomers(context, now);
  const today = dayOf(now, workspace.timeZone);
  const matches = customerTest(asked.conditions, workspace);
  const members: CohortMember[] = [];
  for (const customer of byId.values()) {
    const { joinedOn } = standingOn(customer, workspace, through);
    if (joinedOn !== null && matches(customer, today)) {
      members.push(memberOf(customer, joinedOn, workspace.currency, asked.groupBy));
    }
  }
  const lastOver = earlierDay(through, addDays(today, -1));
  const { range, by } = asked;
  const cohorts = cohortsOf(withFewGroups(members), { range, by, through, lastOver });
  return { cohorts, through, changedDays };
}

function memberOf(
  customer: ListedCustomer,
  joinedOn: Day,
  currency: string,
  groupBy: string | undefined,
): CohortMember {
  const { dimensions } = customer;
  const value = groupBy !== undefined && Object.hasOwn(dimensions, groupBy) ? dimensions[groupBy] : undefined;
  return {
    joined: dayNumber(joinedOn),
    group: groupBy === undefined ? "" : (value ?? noValue),
    purchases: customer.activeDays(currency),
  };
}

/** The largest groups, and the others together. */
function withFewGroups(members: readonly CohortMember[]): readonly CohortMember[] {
  const sizes = new Map<string, number>();
  for (const { group } of members) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  if (sizes.size <= maxCohortGroups) return members;
  const kept = new Set(
    [...sizes]
      .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
      .slice(0, maxCohortGroups)
      .map(([group]) => group),
  );
  return members.map((member) => (kept.has(member.group) ? member : { ...member, group: otherGroups }));
}
