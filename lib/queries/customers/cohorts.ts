import { addDays, type Day, dayNumber, earlierDay } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import {
  type Cohort,
  type CohortMember,
  type CohortQuestion,
  cohortsOf,
} from "../../domain/metrics/lifetime/cohorts.ts";
import { type CustomerConditions, customerTest } from "./conditions.ts";
import { type ListedCustomer, standingOn } from "./customer.ts";
import { groupOf, remarksOnGroups, withFewGroups } from "./few-groups.ts";
import { type CustomersContext, type KnownCustomers, readCustomers } from "./known-customers.ts";

/** Cohorts of a workspace's customers. */

/** Which cohorts of which customers. */
export interface CohortsAsked extends Pick<CohortQuestion, "range" | "by"> {
  /** The dimension by which they are told apart. */
  readonly groupBy?: string | undefined;
  readonly conditions: CustomerConditions;
}

/** Cohorts, and what was known. */
export interface FoundCohorts extends Pick<KnownCustomers, "through" | "changedDays"> {
  readonly cohorts: readonly Cohort[];
  readonly remarks: readonly string[];
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
  return { cohorts, remarks: remarksOnGroups(members, asked.groupBy), through, changedDays };
}

function memberOf(
  customer: ListedCustomer,
  joinedOn: Day,
  currency: string,
  groupBy: string | undefined,
): CohortMember {
  return {
    joined: dayNumber(joinedOn),
    group: groupOf(customer, groupBy),
    purchases: customer.activeDays(currency),
  };
}
