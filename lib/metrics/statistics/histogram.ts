import { requireCount } from "./bounds.ts";
import type { Moments } from "./mean.ts";

/**
 * Adds up the cells of a histogram of whole numbers: `n` values, their sum and the sums of their squares and cubes, exact as long
 * as these stay below 2^53 (for scores up to 10: 9·10¹² answers). No cells give zeros.
 * @param cells value → how often it occurred
 * @throws RangeError when a count is negative or not whole, or a value is not whole.
 */
export function summarise(cells: ReadonlyMap<number, number>): Moments & {
  readonly sum: number;
  readonly sumOfSquares: number;
  readonly sumOfCubes: number;
} {
  let n = 0;
  let sum = 0;
  let sumOfSquares = 0;
  let sumOfCubes = 0;
  for (const [value, count] of cells) {
    if (!Number.isSafeInteger(value)) throw new RangeError(`a cell of value ${value}, which is not whole`);
    requireCount(count, () => `the count of ${value}`);
    n += count;
    sum += value * count;
    sumOfSquares += value ** 2 * count;
    sumOfCubes += value ** 3 * count;
  }
  return { n, sum, sumOfSquares, sumOfCubes };
}
