/**
 * The p-value below which a change gets a verdict. People look every day: of pages whose window moves a day a time, in which nothing changed, fewer than 5 of 100
 * say anything in 30 looks (`npm run calibrate` measures it), where it would be 20 at a level of 5 %.
 */
export const verdictLevel = 0.01;

/** The possible results of a comparison. */
export const verdicts = [
  /** Certain: an improvement, or the opposite. */
  "better",
  "worse",
  /** Certain, of a volume: more contacts are neither better nor worse. */
  "changed",
  /** Not significant: chance alone makes changes of this size. */
  "within-noise",
  /** Certain, but smaller than the least change that matters to the workspace. */
  "too-small",
  /** Either value rests on too few data. */
  "too-few",
  /** The value can still change, because its cohort has not had its time yet. */
  "too-early",
  /** Nothing was recorded in the days of the earlier value. */
  "no-baseline",
  /** The earlier value is a total, and facts were recorded on only some of its days. */
  "partial-baseline",
] as const;

/** See `verdicts`. */
export type Verdict = (typeof verdicts)[number];

/** Which verdicts follow from a test. */
const tested: ReadonlySet<Verdict> = new Set(["better", "worse", "changed", "within-noise", "too-small"]);

/** The part of a comparison that judging several of them together needs. */
export interface Judged {
  readonly pValue: number | null;
  readonly significant: boolean | null;
  readonly verdict: Verdict;
}

/** Whether a comparison was tested: only tested ones are judged together. */
export function isTested({ pValue, verdict }: Judged): boolean {
  return pValue !== null && tested.has(verdict);
}

/**
 * The p-value up to which comparisons that stand together are significant, so that of those called so at most 1 % are expected to be chance, and
 * where nothing changed none is in 99 of 100 cases (Y. Benjamini & Y. Hochberg 1995, "Controlling the false discovery rate", JRSS B 57(1), 289–300): the
 * greatest of the sorted p-values with p ≤ level·rank/number; below 0 where there is none.
 */
export function thresholdOf(pValues: readonly number[], level = verdictLevel): number {
  const sorted = [...pValues].sort((a, b) => a - b);
  return sorted.findLast((p, index) => p <= ((index + 1) * level) / sorted.length) ?? -1;
}

/** The comparisons of one page or answer, judged together: what one alone would call a change can be chance among many. */
export function judgeTogether<Comparison extends Judged>(comparisons: readonly Comparison[]): Comparison[] {
  const pValues = comparisons.flatMap((comparison) =>
    isTested(comparison) && comparison.pValue !== null ? [comparison.pValue] : [],
  );
  if (pValues.length < 2) return [...comparisons];
  const threshold = thresholdOf(pValues);
  return comparisons.map((comparison) =>
    isTested(comparison) && (comparison.pValue ?? 1) > threshold
      ? { ...comparison, significant: false, verdict: "within-noise" }
      : comparison,
  );
}
