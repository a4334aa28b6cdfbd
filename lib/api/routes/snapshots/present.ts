import { addDays, beginning } from "../../../domain/calendar/days.ts";
import type { AnyMetric, Measurement, MetricSettings } from "../../../domain/metrics/metric.ts";
import {
  type Cells,
  createTimeline,
  emptyPeriod,
  type Period,
  periodOf,
} from "../../../domain/metrics/period.ts";
import { isLowSample, withoutSample } from "../../../domain/metrics/series.ts";
import { windowLengths } from "../../../domain/metrics/windows.ts";
import { metricSettings, type Workspace } from "../../../domain/workspace/settings.ts";
import type { MetricCounters } from "../../../store/counters/counters.ts";
import type { Snapshot } from "../../../store/snapshots/stored-snapshot.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { Row } from "../../pipeline/csv.ts";
import { exactNumber } from "../../pipeline/exact-number.ts";
import { inWords } from "../../pipeline/words.ts";
import type { snapshotsSchema } from "./answers.ts";

/** Snapshots as they are answered. */

export type SnapshotAnswer = AnswerOf<typeof snapshotsSchema>["items"][number];

type Windows = NonNullable<SnapshotAnswer["windows"]>;

/**
 * Presents a snapshot; the newest revision with its trailing windows.
 * @param convention computed from the counters of the snapshot where that is another than it was taken by
 */
export function presentSnapshot(
  workspace: Workspace,
  metric: AnyMetric,
  snapshot: Snapshot,
  counters: MetricCounters | undefined,
  convention?: string,
): SnapshotAnswer {
  const { date, revision, takenAt, restatedBecause, version } = snapshot;
  const taken = settingsOf(workspace, metric, snapshot);
  const settings = convention === undefined ? taken : { ...taken, convention };
  const isTaken = settings.convention === taken.convention;
  const measurement =
    counters || !isTaken ? closingMeasurement(metric, snapshot, settings, counters, isTaken) : snapshot;
  const { value, low, high, n, components, method } = measurement;
  return {
    ...{ date, metric: metric.id, version, value, low, high, n, components },
    ...(method ? { method } : {}),
    lowSample: isLowSample(metric, measurement),
    ...(metric.unit === "money" ? { currency: settings.currency } : {}),
    ...(settings.convention ? { convention: settings.convention } : {}),
    ...(counters ? { windows: windowsOf(metric, date, settings, counters) } : {}),
    ...{ revision, takenAt },
    ...(restatedBecause ? { restatedBecause: presentReason(restatedBecause) } : {}),
  };
}

function presentReason({ counters, ...reason }: NonNullable<Snapshot["restatedBecause"]>) {
  const changes = Object.entries(counters).map(
    ([counter, change]) => [counter, exactNumber(change)] as const,
  );
  return { ...reason, counters: Object.fromEntries(changes) };
}

/** The settings by which a snapshot was taken: what was said in another currency, or by another convention, stays so. */
function settingsOf(workspace: Workspace, metric: AnyMetric, { settings }: Snapshot): MetricSettings {
  return { ...metricSettings(workspace, metric.id, settings), ...settings };
}

/**
 * A day's measurement. A balance (customers, buyers to date, purchases to date) rests on the days before as well: it follows when
 * one of them is restated. Everything else stays as it was taken.
 */
function closingMeasurement(
  metric: AnyMetric,
  snapshot: Snapshot,
  settings: MetricSettings,
  counters: MetricCounters | undefined,
  isTaken: boolean,
): Pick<Measurement, "value" | "low" | "high" | "n" | "components" | "sample"> & {
  readonly method?: string | undefined;
} {
  const { date, counts } = snapshot;
  const range = { from: date, to: date };
  const own = createTimeline(range, new Map([[date, counts]]), {});
  const live = periodOf(counters?.timelineOf ?? (() => own), { ...range, calendar: "day" });
  const frozen: Period = {
    ...live,
    sum: (counter) => counts[counter] ?? 0n,
    count: (counter) => Number(counts[counter] ?? 0n),
    daily: (counter) => [Number(counts[counter] ?? 0n)],
    cells: (prefix) => cellsOf(counts, prefix),
    cellNames: (prefix) => [...cellsOf(counts, prefix).keys()].sort(),
  };
  const isBalance = [metric, ...metric.uses].some(
    ({ cumulative, wholeHistory }) => cumulative.length > 0 || wholeHistory,
  );
  const again = metric.compute(frozen, settings);
  // The measured values stay as they were; the sample is computed again from the same counters.
  if (isBalance || !isTaken) return again;
  return again.sample ? { ...snapshot, sample: again.sample } : snapshot;
}

function cellsOf(counts: Snapshot["counts"], prefix: string): Cells {
  const cells = Object.entries(counts).filter(([name]) => name.startsWith(prefix));
  return new Map(cells.map(([name, sum]) => [name.slice(prefix.length), sum] as const));
}

function windowsOf(
  metric: AnyMetric,
  date: string,
  settings: MetricSettings,
  counters: MetricCounters,
): Windows {
  const over = (days: number) => {
    const interval = { from: addDays(date, 1 - days), to: date, calendar: null };
    const measurement = metric.compute(periodOf(counters.timelineOf, interval), settings);
    return { ...inWords(withoutSample(measurement)), lowSample: isLowSample(metric, measurement) };
  };
  return { 7: over(7), 30: over(30), 90: over(90), 365: over(365) };
}

/**
 * The header of snapshots as CSV.
 * @param metric which one is asked for; of all at once no components are columns, as they would be thousands
 */
export function snapshotColumns(workspace: Workspace, metric: AnyMetric | undefined): string[] {
  const evidence = metric
    ? [...knownComponents(workspace, metric).map((name) => `components.${name}`), "moreComponents"]
    : [];
  const figures = ["value", "low", "high", "n", ...evidence, ...(metric ? ["method"] : []), "lowSample"];
  const windows = windowLengths.flatMap((days) => figures.map((figure) => `windows.${days}.${figure}`));
  return [
    ...["date", "metric", "version", ...figures, ...(metric ? [] : ["components", "method"])],
    ...["currency", "convention", ...windows, "revision", "takenAt"],
    ...["facts", "ids", "causes", "counters"].map((name) => `restatedBecause.${name}`),
  ];
}

/** The components that a metric has on every day. Intents, for example, are there only where somebody came with them. */
function knownComponents(workspace: Workspace, metric: AnyMetric): string[] {
  const nothing = emptyPeriod({ from: beginning, to: beginning, calendar: "day" });
  return Object.keys(metric.compute(nothing, metricSettings(workspace, metric.id)).components);
}

/**
 * Snapshots of one metric as rows: components that only some days have are in one column, `moreComponents`.
 */
export function snapshotRows(
  workspace: Workspace,
  metric: AnyMetric,
  items: readonly SnapshotAnswer[],
): Row[] {
  const known = new Set(knownComponents(workspace, metric));
  const withMore = <Figures extends { readonly components?: object }>(figures: Figures) => {
    const more = Object.entries(figures.components ?? {}).filter(([name]) => !known.has(name));
    return more.length === 0 ? figures : { ...figures, moreComponents: Object.fromEntries(more) };
  };
  return items.map((item) => {
    const windows = Object.entries(item.windows ?? {}).map(([days, figures]) => [days, withMore(figures)]);
    return { ...withMore(item), windows: Object.fromEntries(windows) };
  });
}

/** A page ends early where its items take more: Lambda hands on 6 MB, and what an item adds as CSV is less than that. */
const maxPageBytes = 4 * 1_048_576;

/** How many of the items, one at least, fit into one answer. Intents, and the ids of late facts, can make an item large. */
export function fittingItems(items: readonly object[], maxBytes = maxPageBytes): number {
  let bytes = 0;
  const end = items.findIndex((item) => {
    // Lambda hands the body on as a JSON text.
    bytes += Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
    return bytes > maxBytes;
  });
  return end < 0 ? items.length : Math.max(1, end);
}
