import { type Day, dayFromNumber, dayNumber } from "../../domain/calendar/days.ts";
import type { Filters } from "../../domain/facts/characteristics.ts";
import type { ScoreSurvey } from "../../domain/facts/responses.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { noValue } from "../../store/records/dimensions.ts";
import { type CustomerState, type ListedCustomer, standingOn } from "./customer.ts";

/** By what customers of a list are chosen. */

/** Bounds, both included; open where one is absent. */
export interface Bounds<Value> {
  readonly from?: Value | undefined;
  readonly to?: Value | undefined;
}

/** The conditions that must all hold. */
export interface CustomerConditions {
  /** One of these; any where it is absent. */
  readonly states?: readonly CustomerState[] | undefined;
  /** Dimensions of the fact with which a customer was won: one of the values of each; `(none)` for those without any. */
  readonly filters: Filters;
  /** The first day of being a customer. */
  readonly joined: Bounds<Day>;
  /** The last day on which a customer did anything that is known. */
  readonly seen: Bounds<Day>;
  /** The latest score of a survey, whatever its scale: customers without one do not fulfil it. */
  readonly scores: Readonly<Partial<Record<ScoreSurvey, Bounds<number>>>>;
  /** The day of that score. */
  readonly scored: Readonly<Partial<Record<ScoreSurvey, Bounds<Day>>>>;
}

/** Whether customers fulfil conditions by what was known at the end of a day. */
export type CustomerTest = (customer: ListedCustomer, on: Day) => boolean;

/** Makes the test of conditions. What costs most is looked at last. */
export function customerTest(
  conditions: CustomerConditions,
  workspace: Pick<Workspace, "inactivityDays">,
): CustomerTest {
  const { states, filters, joined, seen, scores, scored } = conditions;
  const dimensions = Object.entries(filters);
  const surveys = [...new Set([...Object.keys(scores), ...Object.keys(scored)])] as ScoreSurvey[];
  const isOfState = states !== undefined || isBounded(joined);
  return (customer, on) => {
    const last = customer.lastSeen(dayNumber(on));
    // Nothing was known of it.
    if (last === undefined) return false;
    if (!dimensions.every(([name, values]) => values.includes(dimensionOf(customer, name)))) return false;
    if (isBounded(seen) && !isWithin(dayFromNumber(last), seen)) return false;
    for (const survey of surveys) {
      const given = customer.score(survey, on);
      if (!given || !isWithin(given.score, scores[survey]) || !isWithin(given.day, scored[survey])) {
        return false;
      }
    }
    if (!isOfState) return true;
    const { state, joinedOn } = standingOn(customer, workspace, on);
    if (states && !states.includes(state)) return false;
    return !isBounded(joined) || (joinedOn !== null && isWithin(joinedOn, joined));
  };
}

function dimensionOf({ dimensions }: ListedCustomer, name: string): string {
  return Object.hasOwn(dimensions, name) ? (dimensions[name] ?? noValue) : noValue;
}

function isBounded({ from, to }: Bounds<unknown>): boolean {
  return from !== undefined || to !== undefined;
}

/** Whether a value lies within bounds. */
export function isWithin<Value extends number | Day>(
  value: Value,
  bounds: Bounds<Value> | undefined,
): boolean {
  const { from, to } = bounds ?? {};
  return (from === undefined || value >= from) && (to === undefined || value <= to);
}
