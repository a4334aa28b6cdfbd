import type { AnyMetric } from "../domain/metrics/metric.ts";
import type { Progress } from "../domain/metrics/series.ts";
import { adviceOnCounters, adviceOnFacts } from "./advice.ts";
import type { QueryContext } from "./context.ts";
import { readFirstDays } from "./first-days.ts";
import type { Question } from "./query.ts";
import { type Advice, orRefuse } from "./refusal.ts";
import type { CountersByMetric } from "./source.ts";
import { readStatements } from "./statement.ts";

/**
 * Reads which days of each metric's counters are known, and which are stated.
 * @throws QueryRefusal when that would cost more than is left for the question
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readProgress(
  context: QueryContext,
  counters: CountersByMetric,
  question: Question,
): Promise<ReadonlyMap<AnyMetric, Progress>> {
  const { today } = question;
  const advise = () => adviceOn(counters, context, question);
  const read = () =>
    Promise.all([readFirstDays(context, counters, question), readStatements(context, counters, question)]);
  const [firstDays, statements] = await orRefuse(read, advise);
  return new Map(
    [...statements].map(([metric, { through, staleDays }]) => [
      metric,
      { today, firstDay: firstDays.get(metric), snapshotsThrough: through, staleDays },
    ]),
  );
}

/** Advice for a question whose counters were read, but whose budget is not enough for the rest. */
function adviceOn(counters: CountersByMetric, { workspace }: QueryContext, question: Question): Advice {
  const isFromFacts = [...counters.values()].some(({ source }) => source !== "counters");
  if (isFromFacts) return adviceOnFacts(question, workspace, "there are too many");
  return adviceOnCounters({ ...question, isCompared: question.plan.isCompared });
}
