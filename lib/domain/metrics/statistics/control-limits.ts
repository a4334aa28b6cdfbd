/**
 * Process-behaviour charts: XmR charts with the rules of NHS England's "Making data count", as its package NHSRplotthedots draws them, and charts of shares and
 * counts, whose limits widen where a day had few cases.
 */

/** Limits are so many mean moving ranges from the mean: 3/1.128 (D. J. Wheeler 2000, "Understanding Variation", second edition). */
const limitRanges = 2.66;

/** Moving ranges above so many times their mean are left out of it: the upper limit of ranges. */
const outlyingRange = 3.267;

/** So many points on one side of the mean are a shift, and so many that each go the same way a trend. */
const runLength = 7;

/** Why a point stands out. */
export type Mark = "outside" | "shift" | "trend" | "two-of-three";

/** A point of a chart. */
export interface ChartPoint {
  readonly value: number;
  /** The number of cases that it rests on, for shares, means and counts per case; 1 when absent. */
  readonly weight?: number;
}

/** How a chart is drawn. */
export interface ChartOptions {
  /** By how many points, the first ones, the mean and the limits are told; by all when absent. */
  readonly baseline?: number;
  /** Whether ranges above 3.267 times their mean are left out, as "Making data count" does; yes when absent. */
  readonly screensOutliers?: boolean;
}

/** A point with its limits. */
export interface MarkedPoint {
  readonly value: number;
  readonly center: number;
  readonly low: number;
  readonly high: number;
  /** Empty for usual variation. */
  readonly marks: readonly Mark[];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of the moving ranges, without those that are outliers. */
function meanMovingRange(values: readonly number[], screensOutliers: boolean): number {
  const ranges = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
  const all = mean(ranges);
  if (!screensOutliers) return all;
  return mean(ranges.filter((range) => range < outlyingRange * all));
}

/**
 * Draws a chart. The limits of an XmR chart (all weights alike) are the mean ± 2.66 mean moving ranges. Where points rest on different numbers of cases, the centre is the
 * weighted mean, and the limits are ± 3·s/√weight, s being the mean moving range over 1.128 of the points in units of 1/√weight (D. B. Laney 2002, "Improved control charts
 * for attributes", Quality Engineering 14(4), 531–537): p and u charts whose spread is what it is, and not what independent cases would have.
 * @param points in order; without any there are no limits
 */
export function markPoints(
  points: readonly ChartPoint[],
  { baseline = points.length, screensOutliers = true }: ChartOptions = {},
): MarkedPoint[] {
  const weights = points.map(({ weight = 1 }) => weight);
  const [usual, total] = [
    points.slice(0, baseline),
    weights.slice(0, baseline).reduce((sum, weight) => sum + weight, 0),
  ];
  const center = usual.reduce((sum, { value }, at) => sum + value * (weights[at] ?? 1), 0) / total;
  const scaled = points.map(({ value }, at) => (value - center) * Math.sqrt(weights[at] ?? 1));
  const range = usual.length > 1 ? meanMovingRange(scaled.slice(0, baseline), screensOutliers) : Number.NaN;
  const reach = Number.isFinite(range) ? limitRanges * range : Number.POSITIVE_INFINITY;
  const limits = weights.map((weight) => reach / Math.sqrt(weight));
  const outside = scaled.map((value) => Math.abs(value) > reach);
  const marks: readonly (readonly [Mark, readonly boolean[]])[] = [
    ["outside", outside],
    ["shift", runs(scaled.map(Math.sign))],
    ["trend", trends(points.map(({ value }) => value))],
    ["two-of-three", twoOfThree(scaled, outside, (2 * reach) / 3)],
  ];
  return points.map(({ value }, at) => ({
    ...{ value, center, low: center - (limits[at] ?? 0), high: center + (limits[at] ?? 0) },
    marks: marks.flatMap(([mark, marked]) => (marked[at] ? [mark] : [])),
  }));
}

/** Which points are part of a run of `runLength` on one side of the mean. */
function runs(sides: readonly number[]): boolean[] {
  return inRuns(sides.length, (end) => {
    const run = sides.slice(end - runLength + 1, end + 1);
    return run[0] !== 0 && run.every((side) => side === run[0]);
  });
}

/** Which points are part of `runLength` points that each rise, or each fall. */
function trends(values: readonly number[]): boolean[] {
  return inRuns(values.length, (end) => {
    const run = values.slice(end - runLength + 1, end + 1);
    const ways = run.slice(1).map((value, at) => Math.sign(value - (run[at] ?? value)));
    return ways[0] !== 0 && ways.every((way) => way === ways[0]);
  });
}

/** Marks all points of each run that ends where it is said to. */
function inRuns(length: number, isEnd: (end: number) => boolean): boolean[] {
  const marked = new Array<boolean>(length).fill(false);
  for (let end = runLength - 1; end < length; end += 1) {
    if (isEnd(end)) marked.fill(true, end - runLength + 1, end + 1);
  }
  return marked;
}

/** Which points lie in the outer third before a limit and are two of three such ones in a row on the same side of the mean. */
function twoOfThree(values: readonly number[], outside: readonly boolean[], near: number): boolean[] {
  const isNear = values.map((value, at) => !outside[at] && Math.abs(value) > near);
  const isPart = (start: number) => {
    const three = values.slice(start, start + 3);
    if (start < 0 || three.length < 3) return false;
    const sides = three.reduce((sum, value) => sum + Math.sign(value), 0);
    return Math.abs(sides) === 3 && isNear.slice(start, start + 3).filter(Boolean).length >= 2;
  };
  return values.map((_, at) => (isNear[at] ?? false) && [at - 2, at - 1, at].some(isPart));
}
