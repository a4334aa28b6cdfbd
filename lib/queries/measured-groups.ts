import type { AnyMetric, MetricSettings } from "../domain/metrics/metric.ts";
import { periodOf } from "../domain/metrics/period.ts";
import type { Remark } from "../domain/metrics/remark.ts";
import { emptySeries, type Progress, seriesOf } from "../domain/metrics/series.ts";
import type { SeriesPlan } from "../domain/metrics/windows.ts";
import { customerEffectsOf } from "../domain/workspace/customer-effects.ts";
import { metricSettings, type Workspace } from "../domain/workspace/settings.ts";
import { together } from "../store/counters/combined-counters.ts";
import { familiesOf } from "../store/counters/counters.ts";
import { noValue } from "../store/records/dimensions.ts";
import { otherValue } from "../store/records/value-list.ts";
import { isUnavailable, StoreError } from "../store/table/errors.ts";
import { groupName, valuesOfGroup } from "./group-names.ts";
import type { KnownDays } from "./progress.ts";
import type { MeasuredGroup, MetricSeries, Question, Ranking } from "./query.ts";
import { divide, inOrder, type Ranked } from "./ranking.ts";
import { QueryRefusal } from "./refusal.ts";
import type { CounterGroup, SourcedCounters } from "./source.ts";

/** Computing the series of groups from their counters. */

/** A question, who asks it, and what is known of its days. */
interface Asked extends Question {
  readonly workspace: Workspace;
  readonly days: KnownDays;
}

/** How groups are computed, and which of them are shown. */
export interface GroupPlan extends Ranking {
  readonly plan: SeriesPlan;
  readonly settings: MetricSettings;
  readonly progress: Progress;
  /** See `Question`. */
  readonly maxDetailed?: number | undefined;
}

interface Candidate extends Ranked {
  readonly counted: CounterGroup;
  /** See `Series`. */
  readonly hasCounts: boolean;
}

/** At most so many values are computed for one metric: as many as a function can in its time. */
const maxEntries = 12_000;

/**
 * Computes what a metric answers from its counters.
 * @throws QueryRefusal when that would take longer than a function has
 */
export function measureMetric(
  metric: AnyMetric,
  { groups: whole, ...read }: SourcedCounters,
  asked: Asked,
): MetricSeries {
  const { plan } = asked;
  const groups = withParts(metric, whole, asked);
  const progress = progressOf(metric, groups, asked);
  const remarks = [...read.remarks, ...remarksOnParts(metric, asked)];
  const present = withCounters(metric, groups);
  const { maxDetailed = present.length } = asked;
  const detailed = Math.min(present.length, maxDetailed);
  refuseTooMany(detailed * plan.intervals.length + present.length - detailed);
  const settings = settingsOf(metric, asked);
  const measured = measureGroups(metric, present, { ...asked, settings, progress });
  const isBlank = measured.every(({ series }) => series.length === 0);
  return {
    ...{ metric, settings, ...read, groups: measured, remarks },
    ...(isBlank ? { blank: emptySeries(metric, plan, settings, progress.today) } : {}),
    changedDays: [...progress.staleDays].sort(),
  };
}

/** The groups of a metric's own parts: one for each, or, where they are filtered by, of those alone. Each has the counters of the whole. */
function withParts(
  { parts }: AnyMetric,
  groups: readonly CounterGroup[],
  { filters, groupBy = [], plan }: Question,
): readonly CounterGroup[] {
  if (!parts) return groups;
  const wanted = filters[parts.dimension];
  if (wanted) return groups.map((group) => ({ ...group, parts: wanted }));
  if (!groupBy.includes(parts.dimension)) return groups;
  const others = groupBy.filter((dimension) => dimension !== parts.dimension);
  return groups.flatMap((group): CounterGroup[] => {
    const names = new Set(
      [...plan.intervals, ...plan.previous].flatMap((interval) =>
        parts.namesIn(periodOf(group.counters.timelineOf, interval)),
      ),
    );
    const values = valuesOfGroup(group.group ?? noValue, others);
    const nameOf = (part: string) =>
      groupName(groupBy.map((dimension) => (dimension === parts.dimension ? part : values[dimension])));
    return [...names].map((part) => ({ ...group, group: nameOf(part) ?? noValue, parts: [part] }));
  });
}

/** Since when a metric has anything to count, how far its days are stated, and which of them changed since or were never stated and have facts. */
function progressOf(
  metric: AnyMetric,
  groups: readonly CounterGroup[],
  { today, days: { firstDay, statedThrough, marked } }: Asked,
): Progress {
  const families = familiesOf(metric);
  const staleDays = marked
    ? [...marked].flatMap(([day, those]) => (families.some((family) => those.has(family)) ? [day] : []))
    : groups.flatMap(({ counters: { stale } }) => stale.map(({ day }) => day));
  return { today, firstDay, snapshotsThrough: statedThrough, staleDays: new Set(staleDays) };
}

/** By which settings a metric is computed, and what the workspace's customers do to its variance by these. */
function settingsOf(metric: AnyMetric, { workspace, settings }: Asked): MetricSettings {
  const resolved = metricSettings(workspace, metric.id, settings);
  return { ...resolved, customerEffects: customerEffectsOf(workspace, metric, resolved) };
}

/** What the metric says of its values for a part of everything, if the question groups or filters. */
function remarksOnParts({ segmentRemark }: AnyMetric, { filters, groupBy = [] }: Asked): Remark[] {
  const isApart = groupBy.length > 0 || Object.keys(filters).length > 0;
  return segmentRemark && isApart ? [segmentRemark] : [];
}

function refuseTooMany(entries: number): void {
  if (entries <= maxEntries) return;
  throw new QueryRefusal({
    parameter: "interval",
    detail: `makes ${entries} entries, all groups together: at most ${maxEntries}; ask for a longer one, or for fewer days`,
  });
}

/** Those of some groups that have counters at all: the others have no data on any day. */
function withCounters(metric: AnyMetric, groups: readonly CounterGroup[]): CounterGroup[] {
  const names = [metric, ...metric.uses].flatMap(({ counters }) => counters);
  return groups.filter(
    ({ group, counters }) =>
      group === undefined || names.some((name) => counters.timelineOf(name).names().length > 0),
  );
}

/** Computes the series of each group, those with the most data first; groups in which nothing was counted are left out. */
export function measureGroups(
  metric: AnyMetric,
  groups: readonly CounterGroup[],
  { plan, settings, progress, maxDetailed, ...ranking }: GroupPlan,
): MeasuredGroup[] {
  const isBrief = maxDetailed !== undefined && groups.length > maxDetailed;
  const [first] = plan.intervals;
  const brief = isBrief && first ? { intervals: [first], previous: plan.previous.slice(0, 1) } : plan;
  const measure = (counted: CounterGroup, of: Pick<SeriesPlan, "intervals" | "previous">): Candidate => {
    const { group, counters, parts = null } = counted;
    const { series, comparison, hasCounts, measured } = computeFrom(counted, () =>
      seriesOf(metric, counters.timelineOf, of, { ...settings, parts }, progress),
    );
    return {
      counted,
      measured: {
        ...(group === undefined ? {} : { group }),
        ...{ series, comparison, measured },
      },
      size: series.reduce((sum, { n }) => sum + Math.abs(n), 0),
      hasCounts,
    };
  };
  const measureIfSound = (counted: CounterGroup, of: typeof brief) =>
    counted.group === noValue ? measuredRest(() => measure(counted, of)) : [measure(counted, of)];
  const all = groups
    .flatMap((counted) => measureIfSound(counted, brief))
    .filter(({ measured, hasCounts }) => measured.group === undefined || hasCounts);
  const { kept, rest } = divide(all, ranking);
  const folded = rest.length === 0 ? [] : [measure(asOne(rest.map(({ counted }) => counted)), brief)];
  const shown = inOrder([...kept, ...folded], ranking);
  const detailed = shown.slice(0, isBrief ? maxDetailed : 0);
  return [
    ...detailed.flatMap(({ counted }) => measureIfSound(counted, plan)),
    ...shown.slice(detailed.length),
  ].map(({ measured }) => measured);
}

/** Several groups as one, before anything is computed: counters add, and rates do not. Parts of one whole share its counters. */
function asOne(groups: readonly CounterGroup[]): CounterGroup {
  const [first] = groups;
  const parts = groups.flatMap((group) => group.parts ?? []);
  if (parts.length > 0 && groups.some(({ counters }) => counters !== first?.counters)) {
    throw new QueryRefusal({
      parameter: "groupBy",
      detail:
        "tells parts of the value apart, and another dimension too: ask for all groups, without top and minimum",
    });
  }
  if (first && parts.length > 0) return { group: otherValue, counters: first.counters, parts };
  return { group: otherValue, counters: together(groups.map(({ counters }) => counters)) };
}

/** The group of `(none)`, the total less all values: left out where the sums do not fit each other at the moment. */
function measuredRest(measure: () => Candidate): Candidate[] {
  try {
    return [measure()];
  } catch (error) {
    if (isUnavailable(error)) return [];
    throw error;
  }
}

/**
 * Computes something from the counters of a group. Where nearly everything has a value, a fact that is counted while the sums are read
 * can leave a rest with an end and no beginning.
 * @throws StoreError `unavailable` when that is so: it passes
 */
function computeFrom<Result>({ isRest }: CounterGroup, compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (!isRest || !(error instanceof RangeError)) throw error;
    throw new StoreError("unavailable", "facts were counted while their rest was read", error);
  }
}
