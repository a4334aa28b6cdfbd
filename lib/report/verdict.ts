import { betterIn } from "../metrics/range.ts";
import type { ComparisonEntry } from "../metrics/series.ts";
import { formatChange } from "./format.ts";
import type { MetricReport } from "./model.ts";

/** Whether a change is real or noise, in words. */

/** The meaning of a change. */
export interface Verdict {
  /** `better` and `worse` are differences that chance does not explain, or that were counted in full. */
  readonly kind: "better" | "worse" | "same" | "noise" | "untested" | "unknown";
  /** Up, down, about the same. */
  readonly sign: "↑" | "↓" | "≈" | "=" | "";
  /** The change in figures; absent where there is nothing to compare with. */
  readonly change?: string;
  /** Says the same as the kind, so that nobody has to tell colours apart. */
  readonly text: string;
}

/** Judges a change of a metric. */
export function verdictOn(
  { metric, convention, currency }: Pick<MetricReport, "metric" | "convention" | "currency">,
  comparison: ComparisonEntry | undefined,
): Verdict {
  if (!comparison || comparison.change === null) {
    return { kind: "unknown", sign: "", text: "nothing to compare with" };
  }
  const change = formatChange(comparison.change, comparison.changePercent, {
    unit: metric.unit,
    currency,
  });
  const difference = Number(comparison.change);
  if (difference === 0) return { kind: "same", sign: "=", change, text: "unchanged" };
  const sign = difference > 0 ? "↑" : "↓";
  const direction = difference > 0 === (betterIn(metric, convention) === "higher") ? "better" : "worse";
  if (comparison.significant === false) return { kind: "noise", sign: "≈", change, text: "within noise" };
  if (comparison.significant === true) {
    return { kind: direction, sign, change, text: `${direction}, significant` };
  }
  // A full count has no sampling error: the change is as real as the count.
  if (metric.minimumSample === 0) {
    return { kind: direction, sign, change, text: `${direction}, counted in full` };
  }
  return { kind: "untested", sign, change, text: "not tested" };
}
