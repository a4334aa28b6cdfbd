import type { AnyMetric, Measurement } from "./metric.ts";
import { formatMajor, moneyChanges } from "./money.ts";
import { betterIn } from "./range.ts";
import { compareSamples, type Difference } from "./sample.ts";
import type { Verdict } from "./verdict.ts";

/** How a value differs from the one it is compared with. */
export interface Change {
  /** The value less the earlier one, in the metric's unit (money as decimal string); `null` where either is missing. */
  readonly change: number | string | null;
  /** The 95 % interval of the change, in the same unit; `null` where nothing tells how far it can be off. */
  readonly changeLow: number | string | null;
  readonly changeHigh: number | string | null;
  /** In per cent of the earlier value's size; `null` where that is 0 or missing. */
  readonly changePercent: number | null;
  /** How probable so large a difference is if nothing changed (two-sided); `null` where the data allow no test. */
  readonly pValue: number | null;
  /**
   * Whether the difference is more than chance explains, at 1 % over all that is judged together; never where the data are too few or too early. `null`
   * where there is no test.
   */
  readonly significant: boolean | null;
  readonly verdict: Verdict;
}

/** A verdict depends on these, besides the two values. */
export interface Circumstances {
  /** Whether either value rests on too few data. */
  readonly isLow?: boolean;
  /** Whether what the later value counts can still change, as its cohort had no time yet. */
  readonly isEarly?: boolean;
  /** How many days the earlier value is about, and on how many of them anything could have been recorded; all when absent. */
  readonly baseline?: { readonly days: number; readonly daysKnown: number };
  /** The least change that matters, in the metric's unit; 0 when absent: any. */
  readonly smallestChange?: number;
  /** The metric's first convention when absent. */
  readonly convention?: string;
}

/** Compares two measurements of one metric. */
export function changeBetween(
  metric: AnyMetric,
  earlier: Measurement,
  later: Measurement,
  circumstances: Circumstances = {},
): Change {
  const isKnown = earlier.value !== null && later.value !== null;
  const test =
    isKnown && hasData(earlier) && hasData(later) ? compareSamples(later.sample, earlier.sample) : undefined;
  const sizes = sizesOf(metric, earlier, later);
  const bound = (end: number | null = null) =>
    end === null || metric.unit !== "money" ? end : formatMajor(end);
  const verdict = verdictOn(metric, { earlier, later, change: Number(sizes.change), test }, circumstances);
  return {
    change: sizes.change,
    changeLow: bound(test?.low),
    changeHigh: bound(test?.high),
    changePercent: sizes.changePercent,
    pValue: test?.pValue ?? null,
    significant: test?.pValue == null ? null : test.significant && !obstacles.has(verdict),
    verdict,
  };
}

/** A count of nothing is known; a share of nothing is not. */
function hasData({ n, sample }: Measurement): boolean {
  return n !== 0 || isTotal(sample);
}

function isTotal(sample: Measurement["sample"]): boolean {
  return sample?.kind === "process" || sample?.kind === "balance";
}

/** Verdicts that say why there is no other. */
const obstacles: ReadonlySet<Verdict> = new Set(["too-few", "too-early", "no-baseline", "partial-baseline"]);

/** How far a change of doubles can be off, as a share of the smallest one that matters. */
const rounding = 1e-9;

interface Evidence {
  readonly earlier: Measurement;
  readonly later: Measurement;
  readonly change: number;
  readonly test: Difference | undefined;
}

function verdictOn(
  metric: AnyMetric,
  { earlier, later, change, test }: Evidence,
  { isLow, isEarly, baseline, smallestChange = 0, convention = "" }: Circumstances,
): Verdict {
  if (earlier.value === null || baseline?.daysKnown === 0) return "no-baseline";
  // A share or a mean of some days is as good as one of all; a sum is not.
  if (baseline && baseline.daysKnown < baseline.days && earlier.sample?.kind === "process") {
    return "partial-baseline";
  }
  if (isEarly) return "too-early";
  if (isLow || later.value === null) return "too-few";
  if (change === 0) return "within-noise";
  // A value that is neither sampled nor a process, such as a price, has no uncertainty.
  if (!test) return metric.isVolume ? "changed" : "too-few";
  if (test.pValue === null) return "too-few";
  if (!test.significant) return "within-noise";
  if (Math.abs(change) < smallestChange * (1 - rounding)) return "too-small";
  if (metric.isVolume) return "changed";
  return change > 0 === (betterIn(metric, convention) === "higher") ? "better" : "worse";
}

type Sizes = Pick<Change, "change" | "changePercent">;

function sizesOf(metric: AnyMetric, { value: earlier }: Measurement, { value: later }: Measurement): Sizes {
  if (earlier === null || later === null) return { change: null, changePercent: null };
  if (metric.unit === "money") return moneyChanges(String(earlier), String(later));
  const [from, to] = [Number(earlier), Number(later)];
  return { change: to - from, changePercent: from === 0 ? null : (100 * (to - from)) / Math.abs(from) };
}
