import { earlierDay } from "../domain/calendar/days.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { noCounters } from "../store/counters/combined-counters.ts";
import { isTooMuch } from "../store/table/errors.ts";
import { closedDays } from "./closed-days/closed-days.ts";
import type { QueryContext } from "./context.ts";
import { rollingCounters } from "./counter-source.ts";
import { storedFacts } from "./fact-source.ts";
import type { Question } from "./query.ts";
import { QueryRefusal } from "./refusal.ts";
import type { CounterScope, CountersByMetric, SourcedCounters } from "./source.ts";

/** Reading the counters that a question is answered from, from the first source that can answer it. */

/** All sources, the cheapest first. */
const allSources = [rollingCounters, closedDays, storedFacts];

/**
 * The counters of each metric: those of the whole where the question names its own parts, and last the groups of those that need all days since
 * the beginning, among several.
 * @throws QueryRefusal when it would cost more than one question may, or no source can answer
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readCounters(
  context: QueryContext,
  metrics: readonly AnyMetric[],
  question: Question,
): Promise<CountersByMetric> {
  const modelled = metrics.filter(({ isFromModel }) => isFromModel);
  const [apart, others = []] = [true, false].map((are) =>
    metrics.filter((metric) => !metric.isFromModel && asksForParts(metric, question) === are),
  );
  const isGrouped = question.groupBy !== undefined && question.groupBy.length > 0;
  const isLast = ({ wholeHistory = false }: AnyMetric) => wholeHistory && isGrouped && metrics.length > 1;
  const first = others.filter((metric) => !isLast(metric));
  const [counted, predicted] = await Promise.all([
    first.length > 0 ? readFromSources(context, first, question) : [],
    modelled.length > 0 ? readModelled(context, modelled, question) : [],
  ]);
  const read = [...counted, ...predicted];
  read.push(...(await readLongest(context, others.filter(isLast), question)));
  for (const metric of apart ?? []) {
    read.push(...(await readFromSources(context, [metric], wholeOf(metric, question))));
  }
  return new Map(read);
}

/** Whether a question names the dimension by which a metric tells its own value apart: its parts are computed from the counters of the whole. */
function asksForParts({ parts }: AnyMetric, { filters, groupBy = [] }: Question): boolean {
  return (
    parts !== undefined && (groupBy.includes(parts.dimension) || Object.hasOwn(filters, parts.dimension))
  );
}

/** The question whose counters the parts are computed from. */
function wholeOf({ parts }: AnyMetric, question: Question): Question {
  const { filters, groupBy = [] } = question;
  const others = Object.entries(filters).filter(([dimension]) => dimension !== parts?.dimension);
  return {
    ...question,
    filters: Object.fromEntries(others),
    groupBy: groupBy.filter((dimension) => dimension !== parts?.dimension),
  };
}

/** Read units that are kept for what a report reads after its figures: first days, corrections, comments. */
const unitsAfterLongest = 150;

/**
 * Reads the groups of metrics that need all days since the beginning: as one where what is left of the budget is not enough for them, or not at
 * all, and says so. They take nothing from the others.
 */
async function readLongest(
  context: QueryContext,
  metrics: readonly AnyMetric[],
  question: Question,
): Promise<CountersByMetric> {
  if (metrics.length === 0) return new Map();
  const release = context.table.budget?.hold(unitsAfterLongest);
  const grouped = await readUnlessTooMuch(context, metrics, cheapest(context, question)).finally(release);
  if (grouped) return grouped;
  return leftOut(
    (await readUnlessTooMuch(context, metrics, { ...question, groupBy: [] })) ?? new Map(),
    metrics,
  );
}

/** Where counters can answer, files of all days would take longer still. */
function cheapest({ workspace }: QueryContext, question: Question): Question {
  const { groupBy = [], filters, sources = allSources } = question;
  const named = [...Object.keys(filters), ...groupBy];
  const isCounted = named.length === 1 && named.every((name) => workspace.trackedDimensions.includes(name));
  return isCounted ? { ...question, sources: sources.slice(0, 1) } : question;
}

async function readUnlessTooMuch(
  context: QueryContext,
  metrics: readonly AnyMetric[],
  question: Question,
): Promise<CountersByMetric | undefined> {
  try {
    return await readFromSources(context, metrics, question);
  } catch (error) {
    if (error instanceof QueryRefusal && isTooMuch(error.cause)) return undefined;
    throw error;
  }
}

/** Says of metrics that their groups are left out. */
function leftOut(read: CountersByMetric, metrics: readonly AnyMetric[]): CountersByMetric {
  const nothing: SourcedCounters = { groups: [], source: "counters", remarks: [] };
  return new Map(
    metrics.map((metric) => {
      const { remarks, ...rest } = read.get(metric) ?? nothing;
      return [metric, { ...rest, remarks: [...remarks, { id: "remark.groupsLeftOut" }] }];
    }),
  );
}

function scopeOf(metrics: readonly AnyMetric[], question: Question): CounterScope {
  const { plan, today, filters, groupBy, maxGroups } = question;
  // Days to come are not read: their counters hold occurrences that time alone will bring about.
  const range = { from: earlierDay(plan.span.from, today), to: earlierDay(plan.span.to, today) };
  const entriesPerGroup = plan.intervals.length + plan.previous.length;
  return { metrics, filters, groupBy, range, entriesPerGroup, isCompared: plan.isCompared, maxGroups };
}

/**
 * Reads what models say: it is stored as counters alone, by tracked dimensions. By others nothing is known, and a remark says so.
 * @throws QueryRefusal when it would cost more than one question may
 */
async function readModelled(
  context: QueryContext,
  metrics: readonly AnyMetric[],
  question: Question,
): Promise<CountersByMetric> {
  const scope = scopeOf(metrics, question);
  const read = await rollingCounters.read(context, scope);
  if (read) return read;
  const names = [...new Set([...Object.keys(scope.filters), ...(scope.groupBy ?? [])])];
  const unknown: SourcedCounters = {
    groups: scope.groupBy?.length ? [] : [{ counters: noCounters(scope.range) }],
    source: "counters",
    remarks: [{ id: "remark.onlyTracked", values: { dimension: names.join(", ") } }],
  };
  return new Map(metrics.map((metric) => [metric, unknown]));
}

/**
 * Reads the counters of each metric from the first source that can answer.
 * @throws QueryRefusal the first one, where no source can
 */
async function readFromSources(
  context: QueryContext,
  metrics: readonly AnyMetric[],
  question: Question,
): Promise<CountersByMetric> {
  const { filters, sources = allSources } = question;
  const scope = scopeOf(metrics, question);
  let refusal: QueryRefusal | undefined;
  for (const source of sources) {
    // What one store cannot answer at its price, another one may: but not by reading the same facts once more.
    if (refusal && source === storedFacts) continue;
    try {
      const read = await source.read(context, scope);
      if (read) return read;
    } catch (error) {
      if (!(error instanceof QueryRefusal)) throw error;
      refusal ??= error;
    }
  }
  if (refusal) throw refusal;
  const [dimension] = Object.keys(filters);
  const known = context.workspace.trackedDimensions.join(", ") || "none";
  throw new QueryRefusal({
    parameter: dimension === undefined ? "groupBy" : `filter.${dimension}`,
    detail: `must be one of the dimensions that have counters, and the only one that is named: ${known}; ask GET /v1/metrics/{id} for others`,
  });
}
