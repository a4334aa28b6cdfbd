import type { SeriesEntry } from "../domain/metrics/series.ts";
import type { ReportLine } from "./model.ts";

/**
 * The interval in which a value was furthest where it went, the latest of equal ones; intervals with low samples tell nothing. It says when, of what
 * changed little by little.
 */
export function peakOf({
  points,
  comparison,
}: Pick<ReportLine, "points" | "comparison">): SeriesEntry | undefined {
  const sign = Math.sign(Number(comparison?.change ?? 0));
  const sure = points.filter(({ value, lowSample }) => value !== null && !lowSample);
  return sure.toReversed().toSorted((a, b) => sign * (Number(b.value) - Number(a.value)))[0];
}
