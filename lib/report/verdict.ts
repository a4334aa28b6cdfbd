import type { Language } from "../domain/language/language.ts";
import type { TextId } from "../domain/language/texts/texts.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import type { ComparisonEntry } from "../domain/metrics/series.ts";
import { formatChange } from "./format.ts";
import { formatOf } from "./metric-chart.ts";
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

/** Whether a change is certain and matters. @param verdict as the API or a page names it */
export function isChange(verdict: string | undefined): boolean {
  return verdict === "better" || verdict === "worse" || verdict === "changed";
}

/** Says what the verdict on a change is. */
export function verdictOn(
  shown: Pick<MetricReport, "metric" | "currency"> & Partial<Pick<MetricReport, "lines" | "whole">>,
  comparison: ComparisonEntry | undefined,
  language: Language,
): Verdict {
  if (!comparison || comparison.change === null || comparison.verdict === "no-baseline") {
    const id = comparison?.verdict === "too-early" ? "verdict.tooEarly" : "verdict.noBaseline";
    return { kind: "unknown", sign: "", text: language.text(id) };
  }
  const { days, daysKnown, changePercent } = comparison;
  const change = formatChange(comparison.change, changePercent, formatOf(shown, language));
  const [kind, sign, id] = readingOf(shown.metric, comparison, Number(comparison.change));
  return { kind, sign, change, text: language.text(id, { days, known: daysKnown }) };
}

type Reading = readonly [kind: Verdict["kind"], sign: Verdict["sign"], text: TextId];

function readingOf({ isVolume }: AnyMetric, comparison: ComparisonEntry, difference: number): Reading {
  const sign = difference > 0 ? "↑" : "↓";
  switch (comparison.verdict) {
    case "better":
      return ["better", sign, "verdict.better"];
    case "worse":
      return ["worse", sign, "verdict.worse"];
    case "changed":
      return ["changed", sign, comparison.pValue === null ? "verdict.changed" : "verdict.changedUnusually"];
    case "too-small":
      return ["small", sign, "verdict.tooSmall"];
    case "within-noise":
      if (difference === 0) return ["same", "=", "verdict.unchanged"];
      return ["noise", "≈", isVolume ? "verdict.usual" : "verdict.noise"];
    case "too-few":
      return ["untested", "", "verdict.tooFew"];
    case "too-early":
      return ["untested", "", "verdict.tooEarly"];
    case "partial-baseline":
      return ["untested", "", "verdict.partialBaseline"];
    case "no-baseline":
      return ["unknown", "", "verdict.noBaseline"];
  }
}
