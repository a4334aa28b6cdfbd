import type { DayRange } from "../calendar/intervals.ts";
import { segmentOf, totalSegment } from "../metrics/counting.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { without } from "../store/counters/combined-counters.ts";
import { type MetricCounters, readCountersOfAll } from "../store/counters/counters.ts";
import { noValue, otherValue, readDimensionValues, valuesPerDimension } from "../store/records/dimensions.ts";
import type { Table } from "../store/table/client.ts";
import { StoreError } from "../store/table/errors.ts";
import type { ReadAhead } from "../store/table/read-ahead.ts";
import type { Deadline } from "../store/table/retries.ts";
import type { Workspace } from "../workspace/settings.ts";
import { recountCounters } from "./recounted.ts";

/** The counters of a metric by segment: from counters where there are some, else recounted from the stored facts. */

/** What to read. */
export interface SegmentedScope {
  /** Dimension → the value that facts must have. */
  readonly filters: Readonly<Record<string, string>>;
  readonly groupBy?: string | undefined;
  readonly range: DayRange;
}

/** The counters of one group; `group` is absent where nothing was grouped. */
export interface CounterGroup {
  readonly group?: string;
  readonly counters: MetricCounters;
  /** That they are what all values leave of the whole: a difference of sums that are read one after the other. */
  readonly isRest?: boolean;
}

/**
 * Computes something from the counters of a group. Where nearly everything has a value, a fact that is counted while the sums are read
 * can leave a rest with an end and no beginning.
 * @throws StoreError `unavailable` when that is so: it passes
 */
export function computeFrom<Result>({ isRest }: CounterGroup, compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (!isRest || !(error instanceof RangeError)) throw error;
    throw new StoreError("unavailable", "facts were counted while their rest was read", error);
  }
}

/** The counters asked for, and where they are from. */
export interface SegmentedCounters {
  readonly groups: readonly CounterGroup[];
  /** Whether the rolling counters answered, or the stored facts were counted again. */
  readonly source: "counters" | "facts";
  /** How many facts and entities were looked at; absent where the counters answered. */
  readonly recounted?: number;
  /** What a reader must know, in sentences. */
  readonly remarks: readonly string[];
}

/** How many groups are read at the same time. */
const concurrency = 8;

/**
 * Reads a metric's counters, filtered and grouped.
 * @throws StoreError `too-many-facts` when a recount would have to look at too many facts
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readSegmented(
  table: Table,
  workspace: Workspace,
  metric: AnyMetric,
  scope: SegmentedScope,
  deadline: Deadline,
  ahead?: ReadAhead,
): Promise<SegmentedCounters> {
  const tracked = await readTracked(table, workspace, [metric], scope, deadline, ahead);
  return tracked?.get(metric) ?? recount(table, workspace, metric, scope, deadline);
}

/**
 * Reads the counters of several metrics, filtered or grouped by a dimension that is tracked: each family once, however
 * many metrics share it. `undefined` where only the stored facts can answer: more than one dimension, one that is not
 * tracked, or a value past the limit.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readTracked(
  table: Table,
  workspace: Workspace,
  metrics: readonly AnyMetric[],
  { groupBy, filters, range }: SegmentedScope,
  deadline: Deadline,
  ahead?: ReadAhead,
): Promise<ReadonlyMap<AnyMetric, SegmentedCounters> | undefined> {
  const named = [...Object.keys(filters), ...(groupBy === undefined ? [] : [groupBy])];
  const [only] = named;
  const read = (segment: string) =>
    readCountersOfAll(table, workspace.id, metrics, { segment, range }, deadline, ahead);
  if (only === undefined) {
    const total = await read(totalSegment);
    return segmented(metrics, (metric) => [{ counters: countersOf(total, metric) }], []);
  }
  if (named.length > 1 || !workspace.trackedDimensions.includes(only)) return undefined;
  const values = await readDimensionValues(table, workspace.id, only);
  const isFull = values.size >= valuesPerDimension;
  const remarks = remarksOn(workspace, only, isFull);
  const value = filters[only];
  if (value !== undefined && value !== noValue) {
    // Past the limit a value has no counters of its own.
    if (isFull && value !== otherValue && !values.has(value)) return undefined;
    const part = await read(segmentOf(only, value));
    return segmented(metrics, (metric) => [{ counters: countersOf(part, metric) }], remarks);
  }
  const names = groupNames(values, isFull);
  const parts = await inOrder(
    names.map((name) => segmentOf(only, name)),
    read,
  );
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
    return value === noValue
      ? [{ counters: rest, isRest: true }]
      : [...groups, { group: noValue, counters: rest, isRest: true }];
  };
  return segmented(metrics, groupsOf, remarks);
}

/** The values that are groups of their own. Whoever sends `(none)` or `(other)` as a value means what these stand for here. */
function groupNames(values: ReadonlySet<string>, isFull: boolean): string[] {
  const names = [...values].filter((name) => name !== noValue && name !== otherValue).sort();
  return isFull || values.has(otherValue) ? [...names, otherValue] : names;
}

function segmented(
  metrics: readonly AnyMetric[],
  groupsOf: (metric: AnyMetric) => CounterGroup[],
  remarks: readonly string[],
): Map<AnyMetric, SegmentedCounters> {
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

async function recount(
  table: Table,
  workspace: Workspace,
  metric: AnyMetric,
  scope: SegmentedScope,
  deadline: Deadline,
): Promise<SegmentedCounters> {
  const { groups, isFolded, facts, entities } = await recountCounters(
    table,
    workspace,
    metric,
    scope,
    deadline,
  );
  return {
    groups: groups.map(({ value, counters }) => ({
      ...(scope.groupBy === undefined ? {} : { group: value ?? noValue }),
      counters,
    })),
    source: "facts",
    recounted: facts + entities,
    remarks:
      scope.groupBy !== undefined && isFolded ? [remarkOnOthers(scope.groupBy, "that are the rarest")] : [],
  };
}

function remarksOn(workspace: Workspace, dimension: string, isFull: boolean): string[] {
  const since = workspace.trackedSince[dimension];
  return [
    ...(since === undefined
      ? []
      : [`${dimension} is tracked since ${since}: facts recorded before are in no segment of it.`]),
    ...(isFull ? [remarkOnOthers(dimension, "that came later")] : []),
  ];
}

function remarkOnOthers(dimension: string, which: string): string {
  return `${dimension} has more than ${valuesPerDimension} values: those ${which} count as ${otherValue}.`;
}

/** Runs `work` on each input, a few at a time; the results are in the order of the inputs. */
async function inOrder<Input, Result>(
  inputs: readonly Input[],
  work: (input: Input) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < inputs.length; start += concurrency) {
    results.push(...(await Promise.all(inputs.slice(start, start + concurrency).map(work))));
  }
  return results;
}
