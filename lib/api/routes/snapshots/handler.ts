import * as z from "zod";
import { addDays, beginning, type Day, eachDay } from "../../../calendar/days.ts";
import { totalSegment } from "../../../metrics/counting.ts";
import type { AnyMetric } from "../../../metrics/metric.ts";
import { findMetric, metrics } from "../../../metrics/registry.ts";
import { windowLengths } from "../../../metrics/windows.ts";
import { type MetricCounters, readMetricCounters } from "../../../store/counters/counters.ts";
import { listRevisions, listSnapshots } from "../../../store/snapshots/snapshot-items.ts";
import { lastClosedDay } from "../../../store/snapshots/snapshot-plan.ts";
import { takeDays } from "../../../store/snapshots/snapshots.ts";
import type { Snapshot } from "../../../store/snapshots/stored-snapshot.ts";
import { isUnavailable } from "../../../store/table/errors.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor, pageParameters } from "../../pipeline/pagination.ts";
import { dayParameter, parseBody, parseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem, invalidField, invalidParameter } from "../../pipeline/problem.ts";
import { rangeParameters, resolveRange } from "../../pipeline/range.ts";
import type { snapshotsSchema, takenSchema } from "./answers.ts";
import { fittingItems, presentSnapshot, snapshotColumns, snapshotRows } from "./present.ts";

/** Longest ranges: of a listing, and of a request to take snapshots. */
const maxListedDays = 3_660;
const maxTakenDays = 92;

/** The query parameters of `GET /v1/snapshots`. */
export const snapshotQuerySchema = z.strictObject({
  ...rangeParameters,
  ...pageParameters,
  metric: z
    .string()
    .refine((id) => findMetric(id) !== undefined, "is not the id of a metric")
    .optional()
    .meta({ description: "Only this metric" }),
  revisions: z
    .literal("all", { error: "must be all" })
    .optional()
    .meta({ description: "With earlier revisions of restated days" }),
});

/** The body of `POST /v1/snapshots`. */
export const retakeSchema = z
  .strictObject({ from: dayParameter, to: dayParameter })
  .meta({ id: "SnapshotRange", description: "Closed days, both included: at most 92" });

const cursorSchema = z.strictObject({ date: dayParameter, metric: z.string() });

/** `GET /v1/snapshots`: daily snapshots, by day and metric. */
export async function readSnapshots(
  request: HttpRequest,
): Promise<TableAnswer<AnswerOf<typeof snapshotsSchema>>> {
  const { table, workspace, deadline } = request;
  const query = parseQuery(snapshotQuerySchema, request.query);
  const { from, to, today } = resolveRange(query, workspace, Date.now(), { maxDays: maxListedDays });
  const cursor = decodeCursor(cursorSchema, query.cursor);
  // Without `from` the first day is another one tomorrow: a list that was begun today goes on.
  const earliest = query.from ?? addDays(to, 1 - maxListedDays);
  if (cursor && (cursor.date < earliest || cursor.date > to)) {
    throw invalidParameter("cursor", "is not a cursor of this list");
  }
  const start = cursor?.date ?? from;
  const chosen = metrics.filter(({ id }) => query.metric === undefined || id === query.metric);
  const single = query.metric === undefined ? undefined : chosen[0];
  const listed = await Promise.all(
    chosen.map(async (metric) => {
      const newest = await listSnapshots(
        table,
        workspace.id,
        metric.id,
        { from: start, to },
        query.limit + 1,
      );
      const older =
        query.revisions === "all"
          ? await listRevisions(table, workspace.id, metric.id, { from: start, to })
          : [];
      return [
        ...older.map((snapshot) => ({ metric, snapshot, isNewest: false })),
        ...newest.map((snapshot) => ({ metric, snapshot, isNewest: true })),
      ];
    }),
  );
  const ordered = listed
    .flat()
    .sort(
      (a, b) =>
        compareText(a.snapshot.date, b.snapshot.date) ||
        metrics.indexOf(a.metric) - metrics.indexOf(b.metric) ||
        a.snapshot.revision - b.snapshot.revision,
    );
  const begin = cursor
    ? ordered.findIndex(
        ({ metric, snapshot }) =>
          snapshot.date > cursor.date ||
          (snapshot.date === cursor.date && metrics.indexOf(metric) >= indexOfMetric(cursor.metric)),
      )
    : 0;
  const remaining = begin < 0 ? [] : ordered.slice(begin);
  const page = wholeDays(remaining, query.limit);
  const counters = new Map<string, MetricCounters>();
  for (const metric of new Set(page.map((entry) => entry.metric))) {
    const dates = page.filter((entry) => entry.metric === metric).map(({ snapshot }) => snapshot.date);
    const range = { from: addDays(dates[0] ?? from, 1 - Math.max(...windowLengths)), to: dates.at(-1) ?? to };
    const scope = { segment: totalSegment, range };
    counters.set(metric.id, await readMetricCounters(table, workspace.id, metric, scope, deadline));
  }
  const presented = page.map(({ metric, snapshot, isNewest }) =>
    presentSnapshot(workspace, metric, snapshot, isNewest ? counters.get(metric.id) : undefined),
  );
  const items = presented.slice(0, wholeDays(page, fittingItems(presented)).length);
  const next = remaining[items.length];
  return {
    status: 200,
    rows: single ? snapshotRows(workspace, single, items) : items,
    columns: snapshotColumns(workspace, single),
    body: {
      timeZone: workspace.timeZone,
      ...{ from, to, today },
      items,
      nextCursor: next ? encodeCursor({ date: next.snapshot.date, metric: next.metric.id }) : null,
    },
  };
}

/** A page of at most `limit` entries that never ends between two revisions of the same day and metric. */
function wholeDays<Entry extends { metric: AnyMetric; snapshot: Snapshot }>(
  entries: readonly Entry[],
  limit: number,
): Entry[] {
  const same = (a: Entry | undefined, b: Entry | undefined) =>
    a !== undefined && b !== undefined && a.metric === b.metric && a.snapshot.date === b.snapshot.date;
  let end = Math.min(limit, entries.length);
  while (end > 0 && same(entries[end - 1], entries[end])) end -= 1;
  if (end > 0) return entries.slice(0, end);
  // One day has more revisions than a page: it comes whole.
  while (end < entries.length && (end === 0 || same(entries[end - 1], entries[end]))) end += 1;
  return entries.slice(0, end);
}

function indexOfMetric(id: string): number {
  return metrics.findIndex((metric) => metric.id === id);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Days that are taken already are only looked at, so the same request gets further when it is sent again. */
function unfinished(next: Day): HttpProblem {
  return new HttpProblem(
    503,
    `the days before ${next} are taken, the others did not fit one request: send it again, or from ${next}`,
    { headers: { "retry-after": "1" } },
  );
}

/** `POST /v1/snapshots`: takes the snapshots of closed days now. */
export async function retakeSnapshots(request: HttpRequest): Promise<Answer<AnswerOf<typeof takenSchema>>> {
  const { table, workspace, deadline } = request;
  const { from, to } = parseBody(retakeSchema, request.body);
  const last = lastClosedDay(Date.now(), workspace.timeZone);
  if (from > to) throw invalidField("to", "must not be before from");
  if (to > last) throw invalidField("to", `must not be after ${last}: the day must be over for 5 minutes`);
  const days = from < beginning ? [] : eachDay(from, to);
  if (days.length === 0) throw invalidField("from", `must not be before ${beginning}`);
  if (days.length > maxTakenDays)
    throw invalidField("from", `must be at most ${maxTakenDays - 1} days before to`);
  const totals = { taken: 0, restated: 0, unchanged: 0 };
  let next = from;
  try {
    for await (const { date, taken, restated, unchanged } of takeDays(table, workspace, days, deadline)) {
      totals.taken += taken;
      totals.restated += restated;
      totals.unchanged += unchanged;
      next = addDays(date, 1);
    }
  } catch (error) {
    if (isUnavailable(error)) throw unfinished(next);
    throw error;
  }
  request.note({ days: days.length, ...totals });
  return { status: 200, body: { from, to, days: days.length, ...totals } };
}
