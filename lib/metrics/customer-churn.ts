import { type CustomerCounter, customerBalance, lostCounter } from "./customers.ts";
import type { Period } from "./period.ts";

/** The share of customers at the start of a period who were lost in it: what churn, retention and lifetime value share. */
export interface Churn {
  /** 0 to 1, or `null` where there was nobody to lose. */
  readonly share: number | null;
  /** Customers exposed to loss: at the start, or on average at the start of a day where days are compounded. */
  readonly exposed: number;
  /** Customers at the start who were lost; for a compounded share, losses summed over the days. */
  readonly lost: number;
  readonly method: "exact" | "compounded";
}

/**
 * Churn of the customers at the start. For a calendar interval exact: who joined and left inside it is not counted,
 * and who was lost twice counts once. For any other range 1 − Π(1 − daily churn) over the days that began with
 * customers.
 */
export function churnOf(period: Period<CustomerCounter>): Churn {
  const { start } = customerBalance(period);
  if (period.calendar) {
    const lost = period.count(lostCounter(period.calendar));
    return { share: start === 0 ? null : lost / start, exposed: start, lost, method: "exact" };
  }
  const [joined, returned, lost, lostOfStart] = (["new", "returned", "lost", "lostDay"] as const).map(
    (name) => period.daily(name),
  ) as [number[], number[], number[], number[]];
  let active = start;
  let kept = 1;
  let exposedDays = 0;
  let exposure = 0;
  let losses = 0;
  for (const [day, lostToday] of lostOfStart.entries()) {
    if (active > 0) {
      kept *= 1 - lostToday / active;
      exposedDays += 1;
      exposure += active;
      losses += lostToday;
    }
    active += (joined[day] ?? 0) + (returned[day] ?? 0) - (lost[day] ?? 0);
  }
  return {
    share: exposedDays === 0 ? null : 1 - kept,
    exposed: exposedDays === 0 ? 0 : Math.round(exposure / exposedDays),
    lost: losses,
    method: "compounded",
  };
}
