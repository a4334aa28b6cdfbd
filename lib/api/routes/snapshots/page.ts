import { addDays } from "../../../domain/calendar/days.ts";
import { totalSegment } from "../../../domain/metrics/counting.ts";
import type { AnyMetric } from "../../../domain/metrics/metric.ts";
import { findMetric } from "../../../domain/metrics/registry.ts";
import { windowLengths } from "../../../domain/metrics/windows.ts";
import { type MetricCounters, readCountersOfAll } from "../../../store/counters/counters.ts";
import {
  listInOrder,
  type SnapshotListing,
  type SnapshotPlace,
} from "../../../store/snapshots/snapshot-items.ts";
import type { Snapshot } from "../../../store/snapshots/stored-snapshot.ts";
import { chunksOf } from "../../../store/table/chunks.ts";
import type { StoreContext } from "../../../store/table/context.ts";
import { isTooMuch } from "../../../store/table/errors.ts";

/** A page of snapshots with the counters of their trailing windows: as much of it as one request may read. */

/** An entry of the list. */
export interface SnapshotEntry {
  readonly metric: AnyMetric;
  readonly snapshot: Snapshot;
  readonly isNewest: boolean;
}

/** A page as it was read. */
export interface SnapshotsPage {
  readonly entries: readonly SnapshotEntry[];
  /** Of each metric that has entries: what the trailing windows are computed from. */
  readonly counters: ReadonlyMap<AnyMetric, MetricCounters>;
  /** Where the next page begins; `undefined` after the last one. */
  readonly next: SnapshotPlace | undefined;
}

/** How many metrics have their counters read together: families that neighbours share are read once. */
const metricsAtOnce = 8;

/**
 * Reads a page. It has fewer entries than `limit` where more would cost more than one request may, and more only where one day
 * of one metric has more revisions.
 * @throws StoreError `over-budget` when not even one entry can be read; `unavailable` when the table keeps throttling
 */
export async function readPage(
  context: StoreContext,
  limit: number,
  listing: Omit<SnapshotListing, "expected">,
): Promise<SnapshotsPage> {
  const { table, workspace } = context;
  const listed: SnapshotEntry[] = [];
  const list = listInOrder(table, workspace.id, { ...listing, expected: limit + 1 });
  let after: SnapshotEntry | undefined;
  for await (const { metric: id, ...entry } of list) {
    const metric = findMetric(id);
    if (!metric) continue;
    if (listed.length >= limit && !isSamePlace(listed.at(-1), { metric, ...entry })) {
      after = { metric, ...entry };
      break;
    }
    listed.push({ metric, ...entry });
  }
  const whole = wholeDays(listed, limit);
  const counters = await readWindows(context, whole);
  const end = whole.findIndex(({ metric }) => !counters.has(metric));
  const entries = end < 0 ? whole : whole.slice(0, end);
  const next = listed[entries.length] ?? after;
  return { entries, counters, next: next?.snapshot };
}

/**
 * The counters from which the windows of some entries are computed: of all of their metrics, or of as many of the first ones as the budget
 * is enough for. They may miss what was recorded a moment ago, and cost half.
 */
async function readWindows(
  { table, workspace }: StoreContext,
  entries: readonly SnapshotEntry[],
): Promise<ReadonlyMap<AnyMetric, MetricCounters>> {
  const read = new Map<AnyMetric, MetricCounters>();
  const metrics = [...new Set(entries.map(({ metric }) => metric))];
  const dates = entries.map(({ snapshot }) => snapshot.date);
  const [first = "", last = ""] = [dates[0], dates.at(-1)];
  const scope = {
    segment: totalSegment,
    range: { from: first && addDays(first, 1 - Math.max(...windowLengths)), to: last },
  };
  const eventual = { ...table, isEventual: true };
  try {
    for (const part of chunksOf(metrics, metricsAtOnce)) {
      const counters = await readCountersOfAll(eventual, workspace.id, part, scope);
      for (const [metric, ofMetric] of counters) read.set(metric, ofMetric);
    }
  } catch (error) {
    if (!isTooMuch(error) || read.size === 0) throw error;
  }
  return read;
}

/** A page of at most `limit` entries that never ends between two revisions of the same day and metric. */
export function wholeDays<Entry extends Pick<SnapshotEntry, "metric" | "snapshot">>(
  entries: readonly Entry[],
  limit: number,
): Entry[] {
  let end = Math.min(limit, entries.length);
  while (end > 0 && isSamePlace(entries[end - 1], entries[end])) end -= 1;
  if (end > 0) return entries.slice(0, end);
  // One day has more revisions than a page: it comes whole.
  while (end < entries.length && (end === 0 || isSamePlace(entries[end - 1], entries[end]))) end += 1;
  return entries.slice(0, end);
}

function isSamePlace(
  a: Pick<SnapshotEntry, "metric" | "snapshot"> | undefined,
  b: Pick<SnapshotEntry, "metric" | "snapshot"> | undefined,
): boolean {
  return a !== undefined && b !== undefined && a.metric === b.metric && a.snapshot.date === b.snapshot.date;
}
