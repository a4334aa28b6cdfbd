import { earlierDay } from "../calendar/days.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { metricSettings } from "../workspace/settings.ts";
import type { QueryContext } from "./context.ts";
import { rollingCounters } from "./counter-source.ts";
import { storedFacts } from "./fact-source.ts";
import { measureGroups, measureNothing, withCounters } from "./measured-groups.ts";
import type { BroadQuery, MetricSeries, Query, Question } from "./query.ts";
import { QueryRefusal } from "./refusal.ts";
import type { CounterScope, CountersByMetric, SourcedCounters } from "./source.ts";
import { readMarks, type Statement, statementOf } from "./statement.ts";

/** Answering a question: which days to read → read their counters, by group → compute. */

/** What can answer, the cheapest first. */
const allSources = [rollingCounters, storedFacts];

/** At most so many values are computed for one answer: as many as a function can in its time. */
const maxEntries = 12_000;

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
  const marks = await readMarks(context, counters.values(), question);
  return metrics.map((metric) => {
    const read = counters.get(metric);
    if (!read) throw new Error(`${metric.id} was not read`);
    return compute(
      context,
      metric,
      question,
      read,
      statementOf(context.workspace, metric, read, question, marks),
    );
  });
}

async function readCounters(
  context: QueryContext,
  metrics: readonly AnyMetric[],
  { plan, today, filters, groupBy, sources = allSources }: Question,
): Promise<CountersByMetric> {
  // What time alone will bring about is counted ahead: days to come are not read.
  const range = { from: earlierDay(plan.span.from, today), to: earlierDay(plan.span.to, today) };
  const entriesPerGroup = plan.intervals.length + plan.previous.length;
  const { isCompared } = plan;
  const scope: CounterScope = { metrics, filters, groupBy, range, entriesPerGroup, isCompared };
  for (const source of sources) {
    const read = await source.read(context, scope);
    if (read) return read;
  }
  const [dimension] = Object.keys(filters);
  const known = context.workspace.trackedDimensions.join(", ") || "none";
  throw new QueryRefusal({
    parameter: dimension === undefined ? "groupBy" : `filter.${dimension}`,
    detail: `must be one of the dimensions that have counters, and the only one that is named: ${known}; ask GET /v1/metrics/{id} for others`,
  });
}

function compute(
  { workspace }: QueryContext,
  metric: AnyMetric,
  { plan, today, top, ...asked }: Question,
  { groups, ...read }: SourcedCounters,
  statement: Statement,
): MetricSeries {
  const settings = metricSettings(workspace, metric.id, asked);
  const present = withCounters(metric, groups);
  refuseTooMany(present.length * plan.intervals.length);
  const measured = measureGroups(metric, present, { plan, settings, statement, today, top });
  return {
    ...{ metric, settings, groups: measured },
    ...(measured.some(({ series }) => series.length > 0)
      ? {}
      : { blank: measureNothing(metric, plan, settings, today) }),
    ...read,
    changedDays: [...statement.staleDays].sort(),
  };
}

function refuseTooMany(entries: number): void {
  if (entries <= maxEntries) return;
  throw new QueryRefusal({
    parameter: "interval",
    detail: `makes ${entries} entries, all groups together: at most ${maxEntries}; ask for a longer one, or for fewer days`,
  });
}
