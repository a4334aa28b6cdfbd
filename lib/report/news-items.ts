import type { DayRange } from "../domain/calendar/intervals.ts";
import type { Language } from "../domain/language/language.ts";
import { largestStep, type Step } from "./largest-step.ts";
import { hasData, type MetricReport, type ReportLine, wholeOf } from "./model.ts";
import { peakOf } from "./peak.ts";
import { isChange, type Verdict, verdictOn } from "./verdict.ts";

/** The changes that matter, chosen: the most important first. */

/** Metrics that say the same as another one, the other way round: told once. */
const sameAs: Readonly<Record<string, string>> = { "retention-rate": "churn-rate" };

/** At most so many sentences. */
const maxSentences = 5;

/** A change for the worse comes before one for the better of the same size. */
const weightOfWorse = 3;

/** A change to report. */
export interface NewsItem {
  readonly shown: MetricReport;
  readonly verdict: Verdict;
  /** The whole that changed. */
  readonly line: ReportLine;
  /** The interval in which most of it came, where there is one. */
  readonly step: Step | undefined;
  /** The days to look at: of the step, else those in which the value was furthest where it went, if need be by few answers. */
  readonly days: DayRange;
  /** Changes with a greater weight come first. */
  readonly weight: number;
}

/**
 * The changes that matter, the most important first: by size and certainty, and what is worse before what is
 * better. Changes within noise, of low samples, and of what has nothing to compare with are none.
 */
export function newsOf(metrics: readonly MetricReport[], language: Language): NewsItem[] {
  const isTold = (id: string | undefined) => metrics.some(({ metric }) => metric.id === id);
  return metrics
    .filter((shown) => hasData(shown) && !isTold(sameAs[shown.metric.id]))
    .flatMap((shown) => {
      const line = wholeOf(shown);
      const verdict = verdictOn(shown, line?.comparison, language);
      if (!line || !isChange(verdict.kind) || line.total.lowSample || line.comparison?.lowSample) return [];
      const weight = sizeOf(shown, line) * (verdict.kind === "worse" ? weightOfWorse : 1);
      const step = largestStep(line);
      const few = { ...line, points: line.points.map((entry) => ({ ...entry, lowSample: false })) };
      const days = step ?? peakOf(line) ?? peakOf(few) ?? line.total;
      return [{ shown, verdict, line, step, days, weight }];
    })
    .sort((a, b) => b.weight - a.weight || (a.shown.metric.id < b.shown.metric.id ? -1 : 1))
    .slice(0, maxSentences);
}

/** At so many half widths of its interval a change is as certain as it needs to be: more of them make it no larger. */
const certainHalfWidths = 2;

/** Points of a score from -100 to 100, or of a share, that weigh as much as the whole of an amount. */
const wholePoints = 50;

/** The size of a change as a share of what is large, times how certain it is. */
function sizeOf({ metric }: MetricReport, { total, comparison }: ReportLine): number {
  if (!comparison) return 0;
  const isShare = metric.unit === "points" || metric.unit === "percent";
  const change = Math.abs(Number(comparison.change));
  const size = isShare ? change / wholePoints : Math.abs(comparison.changePercent ?? 0) / 100;
  const halfWidth = total.low === null ? 0 : (Number(total.high) - Number(total.low)) / 2;
  const certainty = halfWidth > 0 ? Math.min(1, change / halfWidth / certainHalfWidths) : 1;
  return Math.min(1, size) * certainty;
}
