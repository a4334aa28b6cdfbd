/**
 * The two ends of a 95 % confidence interval, in the unit of the value that they belong to. Both are `null` where
 * there is not enough data to give any.
 */
export interface Bounds {
  readonly low: number | null;
  readonly high: number | null;
}

/** How often an interval covers the true value. */
export const confidence = 0.95;

/** The p-value below which a difference is significant: 1 − `confidence`. */
export const significanceLevel = 0.05;

/** The z that leaves 2.5 % on either side of the standard normal distribution. */
export const normalQuantile = 1.959963984540054;

/** The answer where there is no data to give an interval from. */
export const noBounds: Bounds = { low: null, high: null };

/** A number brought into a range, both ends included. */
export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/**
 * Refuses what cannot be the result of counting: broken and negative numbers, and whatever is too large to be exact.
 * @throws RangeError naming the first count that is none.
 */
export function requireCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) requireCount(count, () => name);
}

/**
 * The same of one count, whose name is only made where it is needed.
 * @throws RangeError naming it
 */
export function requireCount(count: number, name: () => string): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`${name()} must be a whole number of 0 or more, not ${count}`);
  }
}
