import { requireCount } from "./bounds.ts";
import type { Moments } from "./mean.ts";

/**
 * Adds up the cells of a histogram of whole numbers: `n` values, their sum and the sum of their squares, exact as long
 * as these stay below 2^53 (for scores up to 10: 9·10¹³ answers). No cells give zeros.
 * @param cells value → how often it occurred
 * @throws RangeError when a count is negative or not whole, or a value is not whole.
 */
export function summarise(cells: ReadonlyMap<number, number>): Moments & {
  readonly sum: number;
  readonly sumOfSquares: number;
} {
  let n = 0;
  let sum = 0;
  let sumOfSquares = 0;
  for (const [value, count] of cells) {
    if (!Number.isSafeInteger(value)) throw new RangeError(`a cell of value ${value}, which is not whole`);
    requireCount(count, () => `the count of ${value}`);
    n += count;
    sum += value * count;
    sumOfSquares += value ** 2 * count;
  }
  return { n, sum, sumOfSquares };
}
