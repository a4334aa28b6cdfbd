import type { ComparisonEntry } from "../metrics/series.ts";
import { formatChange } from "./format.ts";
import type { MetricReport } from "./model.ts";

/** Whether a change is real or noise, in words. */

/** The meaning of a change. */
export interface Verdict {
  /** How it is shown: only what is certain and matters is better, worse or changed. */
  readonly kind: "better" | "worse" | "changed" | "small" | "same" | "noise" | "untested" | "unknown";
  /** Up, down, about the same. */
  readonly sign: "↑" | "↓" | "≈" | "=" | "";
  /** The change in figures; absent where there is nothing to compare with. */
  readonly change?: string;
  /** Says the same as the kind, so that nobody has to tell colours apart. */
  readonly text: string;
}

/** Says what the verdict on a change is. */
export function verdictOn(
  { metric, currency }: Pick<MetricReport, "metric" | "convention" | "currency">,
  comparison: ComparisonEntry | undefined,
): Verdict {
  if (!comparison || comparison.change === null || comparison.verdict === "no-baseline") {
    return {
      kind: "unknown",
      sign: "",
      text: comparison?.verdict === "too-early" ? "too early to tell" : "nothing to compare with",
    };
  }
  const change = formatChange(comparison.change, comparison.changePercent, {
    unit: metric.unit,
    currency,
  });
  const difference = Number(comparison.change);
  const sign = difference > 0 ? "↑" : "↓";
  switch (comparison.verdict) {
    case "better":
    case "worse":
      return { kind: comparison.verdict, sign, change, text: `${comparison.verdict}, significant` };
    case "changed":
      return {
        kind: "changed",
        sign,
        change,
        text: comparison.pValue === null ? "changed" : "changed, more than usual",
      };
    case "too-small":
      return { kind: "small", sign, change, text: "certain, too small to matter" };
    case "within-noise":
      if (difference === 0) return { kind: "same", sign: "=", change, text: "unchanged" };
      return {
        kind: "noise",
        sign: "≈",
        change,
        text: metric.isVolume ? "within usual variation" : "within noise",
      };
    case "too-few":
      return { kind: "untested", sign: "", change, text: "too few to tell" };
    case "too-early":
      return { kind: "untested", sign: "", change, text: "too early to tell" };
    case "partial-baseline": {
      const { days, daysKnown } = comparison;
      return {
        kind: "untested",
        sign: "",
        change,
        text: `only ${daysKnown} of ${days} days to compare with are known`,
      };
    }
  }
}
