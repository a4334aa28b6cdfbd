import type { Cells } from "./period.ts";
import type { Sample } from "./sample.ts";
import type { Bounds } from "./statistics/bounds.ts";
import type { Spread } from "./statistics/clusters.ts";
import { meanInterval } from "./statistics/mean.ts";
import { quantileOf, sketchCell, valuesOf } from "./statistics/sketch.ts";
import { thirdMomentOf } from "./statistics/skewness.ts";

/** Durations: counted in milliseconds, so that sums are exact; answered in seconds. */

const millisecondsPerSecond = 1_000;

/** The counts of durations that add. */
export interface DurationCounts {
  readonly n: number;
  /** Σx in milliseconds, and Σx² in their square. */
  readonly sum: bigint;
  readonly squares: bigint;
  /** The sketch of the seconds. */
  readonly cells: Cells;
}

/** A summary of durations, in seconds; all `null` without any, and the interval of a single one. */
export interface DurationSummary {
  readonly mean: number | null;
  readonly bounds: Bounds;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly sample: Sample;
}

/** The cell of the sketch in which a duration in milliseconds counts. @throws RangeError when it is negative */
export function durationCell(milliseconds: number): string {
  return sketchCell(milliseconds / millisecondsPerSecond);
}

/**
 * Mean with its 95 % interval, median and 90th percentile.
 * @param spread of the mean over days, in milliseconds
 */
export function summariseDurations(
  { n, sum, squares, cells }: DurationCounts,
  spread?: Spread,
): DurationSummary {
  const unit = millisecondsPerSecond;
  const third = n === 0 ? 0 : thirdMomentOf(valuesOf(cells), Number(sum) / n / unit) * unit ** 3;
  const moments = { n, sum, sumOfSquares: squares, third };
  const scale = { min: 0, max: Number.POSITIVE_INFINITY };
  const { mean, low, high } = meanInterval(moments, scale, unit, spread);
  return {
    mean,
    bounds: { low, high },
    p50: quantileOf(cells, 0.5),
    p90: quantileOf(cells, 0.9),
    sample: { kind: "mean", ...moments, scale, unit, spread },
  };
}

/** The durations of two groups together. */
export function addDurations(one: DurationCounts, other: DurationCounts): DurationCounts {
  const cells = new Map(one.cells);
  for (const [cell, count] of other.cells) cells.set(cell, (cells.get(cell) ?? 0n) + count);
  return {
    n: one.n + other.n,
    sum: one.sum + other.sum,
    squares: one.squares + other.squares,
    cells,
  };
}
