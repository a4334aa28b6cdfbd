import type { AnyMetric, Better, Unit, ValueRange } from "./metric.ts";

/** Which values a metric can have, and which of two is the better one: what targets are checked and judged by. */

/** The range of a unit, for metrics that give none. A score's scale only its metric knows. */
const unitRanges: Readonly<Record<Unit, ValueRange>> = {
  points: { min: -100, max: 100 },
  percent: { min: 0, max: 100 },
  score: { min: null, max: null },
  count: { min: 0, max: null },
  money: { min: null, max: null },
  seconds: { min: 0, max: null },
};

/** The range of a metric's values in one of its conventions. */
export function rangeOf({ range, unit }: AnyMetric, convention: string): ValueRange {
  return range?.(convention) ?? unitRanges[unit];
}

/** The name of a metric in one of its conventions. */
export function nameIn({ name, apart = {} }: AnyMetric, convention: string): string {
  return apart[convention] ?? name;
}

/** Which direction is an improvement in one of a metric's conventions. */
export function betterIn({ better, reversedIn }: AnyMetric, convention: string): Better {
  if (!reversedIn?.includes(convention)) return better;
  return better === "higher" ? "lower" : "higher";
}
