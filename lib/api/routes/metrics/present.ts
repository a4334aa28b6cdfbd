import type { Filters } from "../../../domain/facts/characteristics.ts";
import { inEnglish } from "../../../domain/language/in-english.ts";
import { benchmarksOf } from "../../../domain/metrics/benchmark.ts";
import type { MetricSettings } from "../../../domain/metrics/metric.ts";
import { betterIn, nameIn } from "../../../domain/metrics/range.ts";
import type { Series, SeriesEntry } from "../../../domain/metrics/series.ts";
import { valuesOfGroup } from "../../../queries/group-names.ts";
import type { MeasuredGroup, MetricSeries } from "../../../queries/query.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { Row, TableAnswer } from "../../pipeline/csv.ts";
import { inWords } from "../../pipeline/words.ts";
import type { seriesSchema } from "./answers.ts";
import type { MetricRequest } from "./query.ts";

/** A metric's series as it is answered. */

/** Presents what a metric answered, with what was asked. */
export function presentSeries(
  { query, asked }: MetricRequest,
  { metric, settings, groups, blank, source, looked, comparedTogether, ...answer }: MetricSeries,
): TableAnswer<AnswerOf<typeof seriesSchema>> {
  const { groupBy = [], compare = "none" } = asked;
  const { isCompared } = query.plan;
  const { convention } = settings;
  const together = comparedTogether === undefined ? [] : [remarkOnTogether(comparedTogether)];
  const remarks = [...answer.remarks.map(inEnglish), ...together];
  const labelled = <Entry extends object>(entriesOf: (group: MeasuredGroup) => readonly Entry[]) =>
    labelledEntries(groups, groupBy, entriesOf);
  const comparison = labelled((group) => group.comparison);
  // Figures that some intervals have would be columns of some files only.
  const rows = labelled((group) => group.series.map(inWords)).map((entry, index) =>
    rowOf(metric.id, entry, comparison[index]),
  );
  const header = blank ? { blank: blankRow(metric.id, blank, groupBy) } : {};
  const held = (entry: SeriesEntry) => {
    const benchmarks = benchmarksOf(metric, convention, entry);
    return { ...inWords(entry), ...(benchmarks.length > 0 ? { benchmarks } : {}) };
  };
  const body = {
    ...{ metric: metric.id, name: nameIn(metric, convention), version: metric.version, unit: metric.unit },
    ...{ better: betterIn(metric, convention), formula: metric.formula, timeZone: asked.timeZone },
    ...(metric.unit === "money" ? { currency: settings.currency } : {}),
    ...settingsShown(settings),
    ...askedShown(asked),
    ...(isCompared ? { compare } : {}),
    source,
    ...(looked === undefined ? {} : { recounted: looked }),
    ...(remarks.length > 0 ? { remarks } : {}),
    series: labelled((group) => group.series.map(held)),
    ...(isCompared ? { comparison } : {}),
  };
  return { status: 200, body, rows, ...header };
}

/** The settings by which the values were computed, beside the currency: those that the metric has. */
function settingsShown({ convention, funnel, withinDays }: MetricSettings) {
  return {
    ...(convention ? { convention } : {}),
    ...(funnel === "" ? {} : { funnel }),
    ...(withinDays === null ? {} : { within: withinDays }),
  };
}

/** What was asked for, beside a comparison. */
function askedShown({ from, to, interval = "total", filters, ...asked }: MetricRequest["asked"]) {
  const { window, groupBy = [], top, sort, order, minimum } = asked;
  return {
    ...{ from, to, interval },
    ...(window === undefined ? {} : { window }),
    ...(groupBy.length === 0 ? {} : { groupBy: groupBy.join(",") }),
    ...(top === undefined ? {} : { top }),
    ...(sort === undefined ? {} : { sort }),
    ...(order === undefined ? {} : { order }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(Object.keys(filters).length > 0 ? { filter: shownFilters(filters) } : {}),
  };
}

function remarkOnTogether(tested: number): string {
  return inEnglish({ id: "remark.judgedTogether", values: { tested } });
}

/** A single value as itself. */
function shownFilters(filters: Filters): Record<string, string | string[]> {
  const shown = ([only = "", ...others]: readonly string[]) =>
    others.length === 0 ? only : [only, ...others];
  return Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, shown(values)]));
}

/** A row without data, for the names of its fields. */
function blankRow(metric: string, { series, comparison }: Series, groupBy: readonly string[]): Row {
  const label = groupBy.length === 0 ? {} : labelOf("", groupBy);
  const [compared] = comparison;
  return rowOf(metric, { ...label, ...series[0] }, compared && { ...label, ...compared });
}

/** A group's name; where several dimensions are grouped by, its value of each too. */
interface Label {
  readonly group?: string;
  readonly by?: Readonly<Record<string, string>>;
}

function labelOf(group: string, groupBy: readonly string[]): Label {
  return { group, ...(groupBy.length > 1 ? { by: valuesOfGroup(group, groupBy) } : {}) };
}

/** The entries of all groups one after the other, each with the name of its group. */
function labelledEntries<Entry extends object>(
  groups: readonly MeasuredGroup[],
  groupBy: readonly string[],
  entriesOf: (group: MeasuredGroup) => readonly Entry[],
): (Entry & Label)[] {
  return groups.flatMap((measured) => {
    const label = measured.group === undefined ? {} : labelOf(measured.group, groupBy);
    return entriesOf(measured).map((entry) => ({ ...label, ...entry }));
  });
}

function rowOf(metric: string, entry: object, compared: object | undefined): Row {
  return { metric, ...entry, ...(compared ? { compared } : {}) };
}
