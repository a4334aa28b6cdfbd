import type { Cells } from "../period.ts";

/**
 * Quantiles from counters that add: a DDSketch (Masson, Rim & Lee 2019, PVLDB 12(12), 2195–2205) whose cells are counters, named
 * by the number of the cell. Sketches of any days, segments and periods merge by adding cells.
 */

/** How far a quantile is from the true one, at most, as a share of it. */
export const relativeAccuracy = 0.01;

/** Each cell ends this many times further than the one before. */
const growth = (1 + relativeAccuracy) / (1 - relativeAccuracy);

/** The cell of everything below a thousandth of the unit, zero included. */
const smallest = "0";
const smallestValue = 0.001;

/**
 * The cell in which a value counts.
 * @param value not negative
 * @throws RangeError for a value that is negative or no number
 */
export function sketchCell(value: number): string {
  if (!(value >= 0)) throw new RangeError(`a sketch takes values from 0, not ${value}`);
  return value < smallestValue ? smallest : `c${Math.ceil(Math.log(value) / Math.log(growth))}`;
}

/**
 * A quantile of what cells hold: the value below which a share of `quantile` lies; `null` where they hold nothing. Between the
 * two values around its rank it is interpolated (type 7 of Hyndman & Fan 1996): the median of an even number of values is the
 * mean of the two in the middle, and as exact as they are.
 */
export function quantileOf(cells: Cells, quantile: number): number | null {
  const rank = quantile * (sizeOf(cells) - 1) + 1;
  const lower = valueOfRank(cells, Math.floor(rank));
  const upper = valueOfRank(cells, Math.ceil(rank));
  if (lower === null || upper === null) return null;
  return lower + (rank - Math.floor(rank)) * (upper - lower);
}

/** How many values cells hold. */
export function sizeOf(cells: Cells): number {
  return [...cells.values()].reduce((sum, count) => sum + Math.max(0, Number(count)), 0);
}

/** The contents of cells: the value that stands for a cell → how often. */
export function* valuesOf(cells: Cells): Generator<readonly [number, number]> {
  for (const [name, count] of cells) if (count > 0n) yield [middleOf(name), Number(count)];
}

/**
 * The value of a rank among what cells hold, sorted.
 * @param rank from 1 for the smallest to their number for the greatest; of a fraction the lower neighbour counts
 * @returns `null` where there is no such rank
 */
export function valueOfRank(cells: Cells, rank: number): number | null {
  let passed = 0;
  for (const { value, count } of inOrder(cells)) {
    passed += count;
    if (passed > rank - 1) return value;
  }
  return null;
}

interface CellValue {
  readonly value: number;
  readonly count: number;
}

/** Of the same cells several quantiles are asked for. */
const known = new WeakMap<Cells, readonly CellValue[]>();

function inOrder(cells: Cells): readonly CellValue[] {
  const sorted =
    known.get(cells) ??
    [...cells]
      .map(([name, count]) => ({ value: middleOf(name), count: Number(count) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => a.value - b.value);
  known.set(cells, sorted);
  return sorted;
}

/** The value that stands for all values of a cell: as far from its lower as from its upper end, relatively. */
function middleOf(cell: string): number {
  return cell === smallest ? 0 : (2 * growth ** Number(cell.slice(1))) / (1 + growth);
}
