import { type Day, dayNumber } from "../calendar/days.ts";
import type { DayRange } from "../calendar/intervals.ts";
import { currencyDecimals } from "../facts/money.ts";
import type { AnyMetric, Better, Measurement } from "../metrics/metric.ts";
import { moneyChanges } from "../metrics/money.ts";
import { betterIn, rangeOf } from "../metrics/range.ts";
import { type Goal, isOver } from "./goal.ts";

/** Where a goal stands: pure, from what was measured. */

/** A metric's value over some days. */
export interface Reading extends DayRange, Pick<Measurement, "value" | "low" | "high" | "n" | "method"> {
  readonly lowSample: boolean;
}

/** The states of a goal, the worst first; `unknown` stands beside them. */
export const goalStates = ["off-track", "on-track", "met", "unknown"] as const;

/** Where a goal stands. */
export type GoalState = (typeof goalStates)[number];

/** How a goal stands. Money is a decimal string. */
export interface Verdict {
  readonly state: GoalState;
  /**
   * How much better the value is than what it is compared with, negative where it is worse: the target where the goal is met,
   * else `expected`. `null` while the state is unknown.
   */
  readonly by: number | string | null;
  /**
   * Whether the whole 95 % interval, and not just the value, lies on the side that the state says; `null` where the state is
   * unknown, and where a sampled value has no interval.
   */
  readonly certain: boolean | null;
  /** Whether the due date is over. */
  readonly final: boolean;
  /** The value to reach. */
  readonly target: number | string | null;
  /** The value for today: on the straight line from the base to the target, never beyond the target. */
  readonly expected: number | string | null;
  /** Why the state is unknown. */
  readonly reason?: GoalReason;
}

/** Why a goal cannot be judged. The texts, in all languages, are in `lib/domain/language/texts`. */
export interface GoalReason {
  readonly id:
    | "goal.noMetric"
    | "goal.tooDear"
    | "goal.noValue"
    | "goal.noBase"
    | "goal.noLine"
    | "goal.baseIsZero"
    | "goal.beyondRange";
  readonly values?: Readonly<Record<string, string | number>>;
}

/** A number, or why there is none. */
type Figure = { readonly value: number } | { readonly reason: GoalReason };

/** The values that a goal is judged by. */
export interface Readings {
  /** The window up to today, or up to the due date. */
  readonly current: Reading;
  readonly base: Reading;
  readonly today: Day;
}

/**
 * Judges a goal. `met` is a value at the target or better; until the due date `on-track` is one at the line or better; `off-track` is
 * any other. It is unknown where the value, or the base on which the target or the line rests, is missing or has too small a sample.
 */
export function evaluateGoal(goal: Goal, metric: AnyMetric, { current, base, today }: Readings): Verdict {
  const better = betterIn(metric, goal.convention);
  const target = targetOf(goal, metric, base);
  const expected = expectedOf(goal, metric, target, base, today);
  const show = (figure: Figure) => ("value" in figure ? inUnit(metric, goal, figure.value) : null);
  const frame = { final: isOver(goal, today), target: show(target), expected: show(expected) };
  const unknown = (reason: GoalReason) => ({ ...unknownVerdict(goal, today, reason), ...frame });

  const problem = problemOf(metric, current);
  if (problem !== undefined) return unknown({ id: "goal.noValue", values: problem });
  if ("reason" in target) return unknown(target.reason);
  const value = current.value ?? 0;
  const isAsGood: Comparison = (one, other) => {
    const slack =
      roundingError * Math.max(...[one, other, base.value].map((figure) => Math.abs(Number(figure))));
    return better === "higher" ? Number(one) >= other - slack : Number(one) <= other + slack;
  };
  const isMet = isAsGood(value, target.value);
  if (!isMet && "reason" in expected) return unknown(expected.reason);
  const reference = isMet || "reason" in expected ? target.value : expected.value;
  const isGood = isAsGood(value, reference);
  const state = isMet ? "met" : isGood ? "on-track" : "off-track";
  const bounds = boundsOf(metric, current)?.map((bound) => isAsGood(bound, reference));
  const certain = bounds ? bounds.every((isGoodToo) => isGoodToo === isGood) : null;
  return { state, by: distance(better, value, inUnit(metric, goal, reference)), certain, ...frame };
}

/** Whether a figure is as good as a reference or better; figures that differ only by rounding are as good. */
type Comparison = (figure: number | string, reference: number) => boolean;

/** How far the figures of a computation with doubles can be off, as a share of the greatest of them. */
const roundingError = 2 ** -48;

/** The verdict on a goal that cannot be judged. */
export function unknownVerdict(goal: Goal, today: Day, reason: GoalReason): Verdict {
  const nothing = { by: null, certain: null, target: null, expected: null };
  return { state: "unknown", ...nothing, final: isOver(goal, today), reason };
}

/** Why a reading cannot be relied on, or `undefined`. */
function problemOf(metric: AnyMetric, { value, n, lowSample, from, to }: Reading): GoalReason["values"] {
  if (value !== null && !lowSample) return undefined;
  const problem = value === null ? "none" : "few";
  return { problem, from, to, n, metric: metric.id, needed: metric.minimumSample };
}

function targetOf(goal: Goal, metric: AnyMetric, base: Reading): Figure {
  const { value, change, changePercent } = goal.definition.target;
  if (value !== undefined) return { value: Number(value) };
  const problem = problemOf(metric, base);
  if (problem !== undefined) return { reason: { id: "goal.noBase", values: problem } };
  const from = Number(base.value);
  if (changePercent !== undefined && from === 0) {
    return { reason: { id: "goal.baseIsZero" } };
  }
  const target =
    from + (change === undefined ? (Math.abs(from) * (changePercent ?? 0)) / 100 : Number(change));
  const { min, max } = rangeOf(metric, goal.convention);
  if (target < (min ?? target) || target > (max ?? target)) {
    const range = min === null ? "atMost" : max === null ? "atLeast" : "between";
    const bounds = { range, min: min ?? "", max: max ?? "" };
    const values = { target: inUnit(metric, goal, target), metric: metric.id, ...bounds };
    return { reason: { id: "goal.beyondRange", values } };
  }
  return { value: target };
}

function expectedOf(goal: Goal, metric: AnyMetric, target: Figure, base: Reading, today: Day): Figure {
  if ("reason" in target) return target;
  const start = dayNumber(goal.base.to);
  const progress = (dayNumber(today) - start) / (dayNumber(goal.definition.dueDate) - start);
  if (progress >= 1) return target;
  const problem = problemOf(metric, base);
  if (problem !== undefined) {
    return { reason: { id: "goal.noLine", values: problem } };
  }
  const from = Number(base.value);
  // A base that is as good as the target already is to be kept up, no better.
  const better = betterIn(metric, goal.convention);
  if (better === "higher" ? from >= target.value : from <= target.value) return target;
  return { value: from + (target.value - from) * Math.max(0, progress) };
}

/** Both ends of what the true value can be; `undefined` where a sampled value has no interval. */
function boundsOf(
  { minimumSample }: AnyMetric,
  { value, low, high }: Reading,
): (number | string)[] | undefined {
  if (low !== null && high !== null) return [low, high];
  // A count or a sum has no sampling error: it is its own interval.
  return minimumSample === 0 && value !== null ? [value] : undefined;
}

function distance(better: Better, value: number | string, reference: number | string): number | string {
  const [earlier, later] = better === "higher" ? [reference, value] : [value, reference];
  if (typeof earlier === "string" || typeof later === "string") {
    return moneyChanges(String(earlier), String(later)).change;
  }
  return later - earlier;
}

/** As many decimals of money as a target can have: what is beyond comes from computing with doubles. */
const moneyDecimals = 8;

/** A figure as answers write it: money as a decimal string. */
function inUnit({ unit }: AnyMetric, { currency }: Goal, figure: number): number | string {
  if (unit !== "money") return figure;
  const [whole = "", fraction = ""] = figure.toFixed(moneyDecimals).split(".");
  const needed = fraction.replace(/0+$/, "").padEnd(currencyDecimals(currency) ?? 0, "0");
  return needed === "" ? whole : `${whole}.${needed}`;
}
