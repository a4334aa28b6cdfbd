import { segmentOf, totalSegment } from "../domain/metrics/counting.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import type { Remark } from "../domain/metrics/remark.ts";
import type { Workspace } from "../domain/workspace/settings.ts";
import { together, without } from "../store/counters/combined-counters.ts";
import { familiesOf, type MetricCounters, readCountersOfAll } from "../store/counters/counters.ts";
import { noValue } from "../store/records/dimensions.ts";
import { groupedValues, otherValue } from "../store/records/value-list.ts";
import { readValueList, roomOf, todayIn } from "../store/records/value-lists.ts";
import type { ReadBudget } from "../store/table/budget.ts";
import { StoreError } from "../store/table/errors.ts";
import type { QueryContext } from "./context.ts";
import { KeptCounters } from "./kept-counters.ts";
import { adviceOnCounters, orRefuse } from "./refusal.ts";
import {
  type CounterGroup,
  type CounterScope,
  type CounterSource,
  type CountersByMetric,
  remarkOnOthers,
  type SourcedCounters,
} from "./source.ts";

/** The rolling counters as a source: a segment's days are one query a family. */

/** How many groups are read at the same time. */
const concurrency = 8;

/**
 * Answers what has counters of its own: everything as one, or one dimension that is tracked, with a value among the first 200 of it
 * where it is filtered by.
 */
export const rollingCounters: CounterSource = {
  read(context, scope) {
    return orRefuse(
      () => readTracked(context, scope),
      () => adviceOnCounters(scope),
    );
  },
};

/** At most so many values are computed for one answer, all metrics and groups together: as many as a function can in its time. */
export const maxEntries = 40_000;

/** Read units that a family costs at least in one segment. */
const minUnitsOfFamily = 0.5;

/**
 * Refuses groups that are sure to take too much, before they are read.
 * @throws QueryRefusal when there are too many to compute
 * @throws StoreError `over-budget` when there are too many to read
 */
function refuseTooManyGroups(
  { table }: QueryContext,
  { metrics, entriesPerGroup }: CounterScope,
  groups: number,
) {
  if (groups * metrics.length * entriesPerGroup > maxEntries)
    throw new StoreError("over-budget", "too many groups");
  const families = new Set(metrics.flatMap(familiesOf)).size;
  table.budget?.require(groups * families * minUnitsOfFamily);
}

async function readTracked(
  context: QueryContext,
  scope: CounterScope,
): Promise<CountersByMetric | undefined> {
  const { table, workspace, ahead, kept = new KeptCounters() } = context;
  const { metrics, groupBy = [], filters, range } = scope;
  const named = [...Object.keys(filters), ...groupBy];
  const [only] = named;
  const read = (segment: string) =>
    kept.of(metrics, segment, range, () =>
      readCountersOfAll(table, workspace.id, metrics, { segment, range }, ahead),
    );
  if (only === undefined) {
    const total = await read(totalSegment);
    return segmented(metrics, (metric) => [{ counters: countersOf(total, metric) }], []);
  }
  if (named.length > 1 || !workspace.trackedDimensions.includes(only)) return undefined;
  const list = await readValueList(table, workspace, only);
  const room = roomOf(only);
  const values = groupedValues(list, room, todayIn(workspace));
  const remarks = remarksOn(workspace, only, list.named.size >= room.named);
  const readGroup = async (name: string) => {
    const segments = (values.get(name) ?? [name]).map((value) => segmentOf(only, value));
    return added(metrics, await inOrder(segments, read));
  };
  const wanted = filters[only] && [...new Set(filters[only])];
  // A value that counts as another has no counters of its own.
  const isNamed = (value: string) => value === noValue || values.has(value);
  if (wanted && values.has(otherValue) && !wanted.every(isNamed)) return undefined;
  if (wanted && !wanted.includes(noValue)) {
    const part = added(metrics, await inOrder(wanted, readGroup, table.budget));
    return segmented(metrics, (metric) => [{ counters: countersOf(part, metric) }], remarks);
  }
  const names = groupNames(values);
  refuseTooManyGroups(context, scope, names.length + 1);
  const parts = await inOrder(names, readGroup, table.budget);
  // Read last: of a fact that is recorded meanwhile the total has whatever a part has, so that there is a rest.
  const total = await read(totalSegment);
  const groupsOf = (metric: AnyMetric): CounterGroup[] => {
    const groups = parts.map((part, index) => ({
      group: names[index] ?? "",
      counters: countersOf(part, metric),
    }));
    const rest = without(
      countersOf(total, metric),
      groups.map(({ counters }) => counters),
    );
    const chosen = groups.filter(({ group }) => wanted?.includes(group)).map(({ counters }) => counters);
    return wanted
      ? [{ counters: together([rest, ...chosen]), isRest: true }]
      : [...groups, { group: noValue, counters: rest, isRest: true }];
  };
  return segmented(metrics, groupsOf, remarks);
}

/** The values that are groups of their own. No fact can have `(none)` or `(other)` as a value. */
function groupNames(values: ReadonlyMap<string, unknown>): string[] {
  const names = [...values.keys()].filter((name) => name !== noValue && name !== otherValue).sort();
  return values.has(otherValue) ? [...names, otherValue] : names;
}

/** The counters of several segments as those of one: counters add. */
function added(
  metrics: readonly AnyMetric[],
  parts: readonly ReadonlyMap<AnyMetric, MetricCounters>[],
): ReadonlyMap<AnyMetric, MetricCounters> {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return new Map(metrics.map((metric) => [metric, together(parts.map((part) => countersOf(part, metric)))]));
}

function segmented(
  metrics: readonly AnyMetric[],
  groupsOf: (metric: AnyMetric) => CounterGroup[],
  remarks: readonly Remark[],
): Map<AnyMetric, SourcedCounters> {
  return new Map(
    metrics.map((metric) => [metric, { groups: groupsOf(metric), source: "counters", remarks }]),
  );
}

/** @throws RangeError when the metric was not read */
function countersOf(read: ReadonlyMap<AnyMetric, MetricCounters>, metric: AnyMetric): MetricCounters {
  const counters = read.get(metric);
  if (!counters) throw new RangeError(`${metric.id} was not read`);
  return counters;
}

function remarksOn({ trackedSince }: Workspace, dimension: string, isFull: boolean): Remark[] {
  const since = trackedSince[dimension];
  return [
    ...(since === undefined ? [] : [{ id: "remark.trackedSince", values: { dimension, since } } as const]),
    ...(isFull ? [remarkOnOthers(dimension, "later", otherValue)] : []),
  ];
}

/**
 * Runs `work` on each input, a few at a time; the results are in the order of the inputs.
 * @throws StoreError `over-budget` as soon as what the first ones cost says that the budget is not enough for the others
 */
async function inOrder<Input, Result>(
  inputs: readonly Input[],
  work: (input: Input) => Promise<Result>,
  budget?: ReadBudget,
): Promise<Result[]> {
  const results: Result[] = [];
  const before = budget?.spent ?? 0;
  for (let start = 0; start < inputs.length; start += concurrency) {
    results.push(...(await Promise.all(inputs.slice(start, start + concurrency).map(work))));
    if (budget) budget.require(((budget.spent - before) / results.length) * (inputs.length - results.length));
  }
  return results;
}
