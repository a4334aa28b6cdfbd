import { betterIn } from "../../../metrics/range.ts";
import type { MeasuredGroup, MetricSeries } from "../../../queries/query.ts";
import type { Workspace } from "../../../workspace/settings.ts";
import { columnsOf, type Row, type TableAnswer } from "../../pipeline/csv.ts";
import type { MetricRequest } from "./query.ts";

/** A metric's series as it is answered. */

/** Presents what a metric answered, with what was asked. */
export function presentSeries(
  workspace: Workspace,
  { parameters, range: { from, to }, windowDays, interval }: MetricRequest,
  { metric, settings, groups, blank, source, looked, remarks }: MetricSeries,
): TableAnswer {
  const { groupBy, top, filters } = parameters;
  const compare = parameters.compare === "none" ? undefined : parameters.compare;
  const series = labelled(groups, (group) => group.series);
  const comparison = labelled(groups, (group) => group.comparison);
  return {
    status: 200,
    body: {
      ...headOf({ metric, settings }, workspace),
      ...{ from, to, interval },
      ...(windowDays === undefined ? {} : { window: windowDays }),
      ...(groupBy === undefined ? {} : { groupBy }),
      ...(top === undefined ? {} : { top }),
      ...(Object.keys(filters).length > 0 ? { filter: filters } : {}),
      ...(compare ? { compare } : {}),
      source,
      ...(looked === undefined ? {} : { recounted: looked }),
      ...(remarks.length > 0 ? { remarks } : {}),
      series,
      ...(compare ? { comparison } : {}),
    },
    rows: series.map((entry, index) => rowOf(metric, entry, comparison[index])),
    isOpen: true,
    columns: blank ? blankColumns(metric, blank, groupBy === undefined ? {} : { group: "" }) : [],
  };
}

function headOf(
  { metric, settings }: Pick<MetricSeries, "metric" | "settings">,
  workspace: Workspace,
): Readonly<Record<string, unknown>> {
  return {
    metric: metric.id,
    name: metric.name,
    version: metric.version,
    unit: metric.unit,
    better: betterIn(metric, settings.convention),
    formula: metric.formula,
    timeZone: workspace.timeZone,
    ...(metric.unit === "money" ? { currency: settings.currency } : {}),
    ...(settings.convention ? { convention: settings.convention } : {}),
    ...(settings.funnel === "" ? {} : { funnel: settings.funnel }),
    ...(settings.withinDays === null ? {} : { within: settings.withinDays }),
  };
}

/** The entries of all groups one after the other, each with the name of its group. */
function labelled<Entry extends object>(
  groups: readonly MeasuredGroup[],
  entriesOf: (group: MeasuredGroup) => readonly Entry[],
): (Entry & { readonly group?: string })[] {
  return groups.flatMap((measured) => {
    const label = measured.group === undefined ? {} : { group: measured.group };
    return entriesOf(measured).map((entry) => ({ ...label, ...entry }));
  });
}

function rowOf(metric: MetricSeries["metric"], entry: object, compared: object | undefined): Row {
  return { metric: metric.id, ...entry, ...(compared ? { compared } : {}) };
}

/** The columns of an answer without rows. */
function blankColumns(
  metric: MetricSeries["metric"],
  { series, comparison }: MeasuredGroup,
  label: object,
): string[] {
  const [compared] = comparison;
  return columnsOf(rowOf(metric, { ...label, ...series[0] }, compared && { ...label, ...compared }));
}
