import type { QueryContext } from "./context.ts";
import { judgedTogether } from "./judged-together.ts";
import { measureMetric } from "./measured-groups.ts";
import { readProgress } from "./progress.ts";
import type { BroadQuery, MetricSeries, Query } from "./query.ts";
import { readCounters } from "./read-counters.ts";

/** Answering a question: read its counters, by group → read which of its days are known and stated → compute → judge what is compared. */

/**
 * Asks one metric.
 * @throws QueryRefusal when it would cost more than one question may, or no source can answer
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function runQuery(context: QueryContext, { metric, ...question }: Query): Promise<MetricSeries> {
  const [series] = await runBroadQuery(context, { ...question, metrics: [metric] });
  if (!series) throw new Error("one metric has one answer");
  return series;
}

/**
 * Asks several metrics at once; the answers are in their order.
 * @throws QueryRefusal when it would cost more than one question may, or no source can answer
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function runBroadQuery(
  context: QueryContext,
  { metrics, ...question }: BroadQuery,
): Promise<MetricSeries[]> {
  const counters = await readCounters(context, metrics, question);
  const progress = await readProgress(context, counters, question);
  const answers = metrics.map((metric) => {
    const [read, days] = [counters.get(metric), progress.get(metric)];
    if (!read || !days) throw new RangeError(`${metric.id} was not read`);
    return measureMetric(metric, read, { ...question, workspace: context.workspace, days });
  });
  return judgedTogether(answers);
}
