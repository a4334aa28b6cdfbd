import type { AnyMetric } from "../domain/metrics/metric.ts";
import { periodOf } from "../domain/metrics/period.ts";
import { noValue } from "../store/records/dimensions.ts";
import { groupName, valuesOfGroup } from "./group-names.ts";
import type { Question } from "./query.ts";
import type { CounterGroup, SourcedCounters } from "./source.ts";

/** Metrics that tell their own value apart by a dimension: the parts are read with the whole, and computed from its counters. */

type Asked = Pick<Question, "filters" | "groupBy" | "plan">;

/** Whether a question names the dimension by which a metric tells its own value apart. */
export function asksForParts({ parts }: AnyMetric, { filters, groupBy = [] }: Asked): boolean {
  return (
    parts !== undefined && (groupBy.includes(parts.dimension) || Object.hasOwn(filters, parts.dimension))
  );
}

/** The question whose counters the parts are computed from. */
export function wholeOf<Whole extends Asked>({ parts }: AnyMetric, question: Whole): Whole {
  const { filters, groupBy = [] } = question;
  const others = Object.entries(filters).filter(([dimension]) => dimension !== parts?.dimension);
  return {
    ...question,
    filters: Object.fromEntries(others),
    groupBy: groupBy.filter((dimension) => dimension !== parts?.dimension),
  };
}

/** The groups of a metric's parts: one for each, or, where they are filtered by, of those alone. */
export function withParts(
  { parts }: AnyMetric,
  read: SourcedCounters,
  { filters, groupBy = [], plan }: Asked,
): SourcedCounters {
  if (!parts) return read;
  const wanted = filters[parts.dimension];
  if (wanted) return { ...read, groups: read.groups.map((group) => ({ ...group, parts: wanted })) };
  if (!groupBy.includes(parts.dimension)) return read;
  const others = groupBy.filter((dimension) => dimension !== parts.dimension);
  const groups = read.groups.flatMap((group): CounterGroup[] => {
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
  return { ...read, groups };
}
