import { significanceLevel } from "./statistics/bounds.ts";

/** What a comparison comes to, in one word. */
export const verdicts = [
  /** Certain, and the direction that is an improvement; the other one. */
  "better",
  "worse",
  /** Certain, of a volume: more contacts are neither better nor worse. */
  "changed",
  /** Chance does as much. */
  "within-noise",
  /** Certain, and smaller than what matters to the workspace. */
  "too-small",
  /** Either value rests on too few data. */
  "too-few",
  /** What is counted can still change: its cohort had no time yet. */
  "too-early",
  /** Nothing was recorded in the days that it is compared with. */
  "no-baseline",
  /** A total of days of which only some are known. */
  "partial-baseline",
] as const;

/** See `verdicts`. */
export type Verdict = (typeof verdicts)[number];

/** Which verdicts follow from a test. */
const tested: ReadonlySet<Verdict> = new Set(["better", "worse", "changed", "within-noise", "too-small"]);

/** What judging several comparisons together needs of each. */
export interface Judged {
  readonly pValue: number | null;
  readonly significant: boolean | null;
  readonly verdict: Verdict;
}

/** Whether a comparison came to a test: the others are not counted among those that are judged together. */
export function isTested({ pValue, verdict }: Judged): boolean {
  return pValue !== null && tested.has(verdict);
}

/**
 * The p-value up to which comparisons that stand together are significant, so that of those called so at most 5 % are expected to be chance, and
 * where nothing changed none is in 95 of 100 cases (Y. Benjamini & Y. Hochberg 1995, "Controlling the false discovery rate", JRSS B 57(1), 289–300): the
 * greatest of the sorted p-values with p ≤ 5 %·rank/number; below 0 where there is none.
 */
export function thresholdOf(pValues: readonly number[]): number {
  const sorted = [...pValues].sort((a, b) => a - b);
  return sorted.findLast((p, index) => p <= ((index + 1) * significanceLevel) / sorted.length) ?? -1;
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
