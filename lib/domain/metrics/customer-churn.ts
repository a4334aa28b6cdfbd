import { type CustomerCounter, customerBalance, lostCounter } from "./customers.ts";
import { oncePerPeriod, type Period } from "./period.ts";
import type { Bounds } from "./statistics/bounds.ts";
import { compoundedShare, type DayAtRisk } from "./statistics/compounded.ts";
import { Fraction, ratio } from "./statistics/fraction.ts";
import { wilsonInterval } from "./statistics/proportion.ts";

/** The share of customers at the start of a period who were lost in it: what churn, retention and lifetime value share. */
export interface Churn extends Bounds {
  /** 0 to 1, or `null` where there was nobody to lose; so are the bounds of its 95 % interval. */
  readonly share: number | null;
  /** The same as it was counted; of a compounded share as exactly as that is known. */
  readonly exactShare: Fraction | null;
  /** Customers exposed to loss: at the start, or on average at the start of a day where days are compounded. */
  readonly exposed: number;
  /** Customers at the start who were lost; for a compounded share, losses summed over the days. */
  readonly lost: number;
  readonly method: "exact" | "compounded";
  /** The sample size that the share's variance implies; `exposed` where it is exact. */
  readonly effectiveN: number;
}

/**
 * Churn of the customers at the start. For a calendar interval exact: who joined and left inside it is not counted,
 * and who was lost twice counts once. For any other range 1 − Π(1 − daily churn) over the days that began with
 * customers.
 */
export const churnOf = oncePerPeriod((period: Period<CustomerCounter>): Churn => {
  const { start } = customerBalance(period);
  if (period.calendar) {
    const lost = period.count(lostCounter(period.calendar));
    const exposed = Math.max(0, start);
    const counted = Math.min(lost, exposed);
    return {
      share: exposed === 0 ? null : ratio(counted, exposed),
      exactShare: exposed === 0 ? null : Fraction.of(counted, exposed),
      ...wilsonInterval(counted, exposed),
      exposed,
      lost,
      method: "exact",
      effectiveN: exposed,
    };
  }
  const [joined, returned] = [period.daily("new"), period.daily("returned")];
  const [lost, lostDay] = [period.daily("lost"), period.daily("lostDay")];
  let [active, exposure, daysExposed, losses] = [start, 0, 0, 0];
  const days: DayAtRisk[] = [];
  // Without anybody there were, and anybody who came, there was nobody to lose.
  const isEmpty = start <= 0 && period.count("new") + period.count("returned") === 0;
  for (let index = 0; !isEmpty && index < lostDay.length; index += 1) {
    // A write between two reads can make the sums disagree for a moment: never lose more than there were.
    const atRisk = Math.max(0, active);
    active += (joined[index] ?? 0) + (returned[index] ?? 0) - (lost[index] ?? 0);
    if (atRisk === 0) continue;
    const lostOfStart = Math.min(Math.max(0, lostDay[index] ?? 0), atRisk);
    exposure += atRisk;
    daysExposed += 1;
    losses += lostOfStart;
    days.push({ atRisk, lost: lostOfStart });
  }
  const { share, exactShare, low, high, effectiveN } = compoundedShare(days);
  return {
    ...{ share, exactShare, low, high },
    exposed: daysExposed === 0 ? 0 : Math.round(exposure / daysExposed),
    lost: losses,
    method: "compounded",
    effectiveN,
  };
});
