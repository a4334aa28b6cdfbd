import { reservedValues } from "../facts/base.ts";
import { churnOf } from "./customer-churn.ts";
import { type CustomerCounter, customerBalance, type LeavingPrefix } from "./customers.ts";
import type { Measurement } from "./metric.ts";
import type { Period } from "./period.ts";
import { noBounds } from "./statistics/bounds.ts";
import { percent } from "./statistics/fraction.ts";
import { percentageOf, wilsonInterval } from "./statistics/proportion.ts";

/** Why customers were lost: the churn rate told apart by reason. */

type LeavingPeriod = Period<CustomerCounter, LeavingPrefix>;

/** A reason, and how many were lost by it. */
interface Leaving {
  /** `(none)` where nothing was said, `(inactive)` for inactivity. */
  readonly reason: string;
  readonly lost: number;
  /** Those of them who were there when the period began, or their day where days are compounded. */
  readonly lostOfStart: number;
}

/** The reasons of a period, the most frequent first, then by name. */
function leavingsOf(period: LeavingPeriod): Leaving[] {
  const later = period.cells("leftNew:");
  const granularity = period.calendar ?? "day";
  const named = [...period.cells("left:")].map(([reason, lost]) => ({
    reason,
    lost: Number(lost),
    lostOfStart: Number(lost - (later.get(`${granularity}:${reason}`) ?? 0n)),
  }));
  const rest = (whole: number, of: "lost" | "lostOfStart") =>
    named.reduce((left, leaving) => left - leaving[of], whole);
  const unsaid = {
    ...{ reason: reservedValues.none, lost: rest(period.count("lost"), "lost") },
    lostOfStart: Math.max(0, rest(churnOf(period).lost, "lostOfStart")),
  };
  return [...named, unsaid]
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => b.lost - a.lost || (a.reason < b.reason ? -1 : 1));
}

/** The reasons by which customers were lost in a period, the most frequent first; `(none)` for those who said none. */
export function reasonsIn(period: LeavingPeriod): string[] {
  return leavingsOf(period).map(({ reason }) => reason);
}

/** How many were lost by each reason, as components, the most frequent first. */
export function reasonComponents(period: LeavingPeriod): Record<string, number> {
  const leavings = leavingsOf(period);
  if (leavings.every(({ reason }) => reason === reservedValues.none)) return {};
  return Object.fromEntries(leavings.map(({ reason, lost }) => [`lost ${reason}`, lost]));
}

/**
 * The part of the churn rate that some reasons make up: the customers who were lost by them, of all at the start. The parts of all
 * reasons add up to the whole.
 */
export function churnByReasons(
  period: LeavingPeriod,
  convention: string,
  reasons: readonly string[],
): Measurement {
  const own = leavingsOf(period).filter(({ reason }) => reasons.includes(reason));
  const total = (of: "lost" | "lostOfStart") => own.reduce((sum, leaving) => sum + leaving[of], 0);
  const [lost, lostOfStart] = [total("lost"), total("lostOfStart")];
  const { start } = customerBalance(period);
  const ofLost = { lostPercent: percent(lost, period.count("lost")) };
  if (convention !== "cohort") {
    const n = Math.max(0, convention === "stripe" ? start + period.count("new") : start);
    const components = { start, lost, ...ofLost };
    if (convention === "net") {
      const remarks = [{ id: "remark.netChurnByReason" } as const];
      return { value: null, ...noBounds, n, components, method: convention, remarks };
    }
    const share = lost <= n ? percentageOf(lost, n) : { value: percent(lost, n), ...noBounds };
    return { ...share, n, components, method: convention };
  }
  const churn = churnOf(period);
  const components = { start, lost, lostOfStart, ...ofLost };
  const head = { n: churn.exposed, components, method: churn.method };
  if (churn.method === "exact") {
    const counted = Math.min(Math.max(0, lostOfStart), churn.exposed);
    const sample = { kind: "proportion", successes: counted, n: churn.exposed } as const;
    return { ...percentageOf(counted, churn.exposed), ...head, sample };
  }
  if (churn.share === null || churn.lost === 0) {
    const value = churn.share === null ? null : 0;
    return { value, ...noBounds, ...head };
  }
  // The loss of all days is shared out by the customers lost, so that the parts add up.
  const share = (churn.share * lostOfStart) / churn.lost;
  const successes = share * churn.effectiveN;
  const { low, high } = wilsonInterval(successes, churn.effectiveN);
  return {
    value: 100 * share,
    ...{ low: low === null ? null : 100 * low, high: high === null ? null : 100 * high },
    ...head,
    sample: { kind: "proportion", successes, n: churn.effectiveN },
  };
}
