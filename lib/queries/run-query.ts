import { addDays, type Day, earlierDay } from "../calendar/days.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { familiesOf } from "../store/counters/counters.ts";
import { readFirstDay } from "../store/counters/first-day.ts";
import { isTooMuch } from "../store/table/errors.ts";
import { customerEffectsOf } from "../workspace/customer-effects.ts";
import { metricSettings } from "../workspace/settings.ts";
import { adviceOnCounters, adviceOnFacts } from "./advice.ts";
import { closedDays } from "./closed-days/closed-days.ts";
import type { QueryContext } from "./context.ts";
import { rollingCounters } from "./counter-source.ts";
import { storedFacts } from "./fact-source.ts";
import { judgedTogether } from "./judged-together.ts";
import { measureMetric } from "./measured-groups.ts";
import { asksForParts, wholeOf, withParts } from "./parts.ts";
import type { BroadQuery, MetricSeries, Query, Question } from "./query.ts";
import { type Advice, QueryRefusal } from "./refusal.ts";
import type { CounterScope, CountersByMetric, SourcedCounters } from "./source.ts";
import { readStatements } from "./statement.ts";

/** Answering a question: which days to read → read their counters, by group → compute. */

/** All sources, the cheapest first. */
const allSources = [rollingCounters, closedDays, storedFacts];

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
  const counters = await readWithParts(context, metrics, question);
  const [firstDays, statements] = await Promise.all([
    readFirstDays(context, counters, question),
    readStatements(context, counters, question),
  ]).catch((error: unknown) => {
    if (!isTooMuch(error)) throw error;
    throw new QueryRefusal(adviceOn(counters, context, question), error);
  });
  const answers = metrics.map((metric) => {
    const [read, statement] = [counters.get(metric), statements.get(metric)];
    if (!read || !statement) throw new RangeError(`${metric.id} was not read`);
    const resolved = metricSettings(context.workspace, metric.id, question.settings);
    const customerEffects = customerEffectsOf(context.workspace, metric, resolved);
    const settings = { ...resolved, customerEffects };
    const firstDay = firstDays.get(metric);
    return measureMetric(metric, withRemark(metric, read, question), {
      ...question,
      settings,
      statement,
      firstDay,
    });
  });
  return judgedTogether(answers);
}

/** The counters, with the metric's remark about its values by a dimension if the question groups or filters. */
function withRemark(
  { segmentRemark }: AnyMetric,
  read: SourcedCounters,
  { filters, groupBy }: Question,
): SourcedCounters {
  const isApart = Boolean(groupBy?.length) || Object.keys(filters).length > 0;
  return segmentRemark && isApart ? { ...read, remarks: [...read.remarks, segmentRemark] } : read;
}

/** Advice for a question whose counters were read, but whose budget is not enough to find out whether they are stated. */
function adviceOn(counters: CountersByMetric, { workspace }: QueryContext, question: Question): Advice {
  const isFromFacts = [...counters.values()].some(({ source }) => source !== "counters");
  if (isFromFacts) return adviceOnFacts(question, workspace, "there are too many");
  return adviceOnCounters({ ...question, isCompared: question.plan.isCompared });
}

/**
 * The counters of each metric: apart for its own parts where the question names these, and last the groups of those that need all days since the
 * beginning, among several.
 */
async function readWithParts(
  context: QueryContext,
  metrics: readonly AnyMetric[],
  question: Question,
): Promise<CountersByMetric> {
  const [apart, others = []] = [true, false].map((are) =>
    metrics.filter((metric) => asksForParts(metric, question) === are),
  );
  const isGrouped = question.groupBy !== undefined && question.groupBy.length > 0;
  const isLast = ({ wholeHistory = false }: AnyMetric) => wholeHistory && isGrouped && metrics.length > 1;
  const first = others.filter((metric) => !isLast(metric));
  const read = first.length > 0 ? [...(await readCounters(context, first, question))] : [];
  read.push(...(await readLongest(context, others.filter(isLast), question)));
  for (const metric of apart ?? []) {
    const whole = (await readCounters(context, [metric], wholeOf(metric, question))).get(metric);
    if (whole) read.push([metric, withParts(metric, whole, question)]);
  }
  return new Map(read);
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
    return await readCounters(context, metrics, question);
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

/**
 * Reads the counters of each metric from the first source that can answer.
 * @throws QueryRefusal the first one, where no source can
 */
async function readCounters(
  context: QueryContext,
  metrics: readonly AnyMetric[],
  { plan, today, filters, groupBy, sources = allSources }: Question,
): Promise<CountersByMetric> {
  // Days to come are not read: their counters hold occurrences that time alone will bring about.
  const range = { from: earlierDay(plan.span.from, today), to: earlierDay(plan.span.to, today) };
  const entriesPerGroup = plan.intervals.length + plan.previous.length;
  const { isCompared } = plan;
  const scope: CounterScope = { metrics, filters, groupBy, range, entriesPerGroup, isCompared };
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

/** The first days of families that were read already. */
export type FirstDays = Map<string, Promise<Day | undefined>>;

/**
 * Since when there is anything that a metric could count: tomorrow where nothing was ever counted, the first day on which it can be.
 * @param known is added to
 * @throws StoreError `over-budget` when it would cost more than is left
 */
export async function readFirstDayOf(
  { table, workspace }: QueryContext,
  metric: AnyMetric,
  today: Day,
  known: FirstDays,
): Promise<Day> {
  const days = familiesOf(metric).map((family) => {
    const day = known.get(family) ?? readFirstDay(table, workspace.id, family);
    known.set(family, day);
    return day;
  });
  return (await Promise.all(days)).flatMap((day) => day ?? []).reduce(earlierDay, addDays(today, 1));
}

/**
 * Since when there is anything that each metric could count, where that matters: where something is compared. What was counted on the
 * first of the days that were read is known to be no later; else it is looked up.
 */
async function readFirstDays(
  context: QueryContext,
  counters: CountersByMetric,
  { plan, today }: Question,
): Promise<ReadonlyMap<AnyMetric, Day>> {
  if (!plan.isCompared) return new Map();
  const { from } = plan.span;
  const isKnown = ({ groups }: SourcedCounters) =>
    groups.some((group) => Object.keys(group.counters.countsOn(from)).length > 0);
  const known: FirstDays = new Map();
  const days = [...counters].map(
    async ([metric, read]) =>
      [metric, isKnown(read) ? from : await readFirstDayOf(context, metric, today, known)] as const,
  );
  return new Map(await Promise.all(days));
}
