import * as z from "zod";
import { addDays, beginning, type Day, eachDay } from "../../../domain/calendar/days.ts";
import { findMetric, metrics } from "../../../domain/metrics/registry.ts";
import { defaultFiles } from "../../../store/files/bucket.ts";
import { lastClosedDay } from "../../../store/snapshots/snapshot-plan.ts";
import { takeDays } from "../../../store/snapshots/snapshots.ts";
import { isUnavailable } from "../../../store/table/errors.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor, pageParameters } from "../../pipeline/pagination.ts";
import { dayParameter, parseBody, parseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem, invalidField, invalidParameter } from "../../pipeline/problem.ts";
import { rangeParameters, resolveRange } from "../../pipeline/range.ts";
import { conventionParameter } from "../metrics/query.ts";
import type { snapshotsSchema, takenSchema } from "./answers.ts";
import { readPage, wholeDays } from "./page.ts";
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
  convention: conventionParameter.meta({
    description:
      "With `metric`: one of its conventions, computed from the counters that the snapshots keep; the one by which they were taken when absent",
  }),
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
  refuseConvention(query);
  const { from, to, today } = resolveRange(query, workspace, Date.now(), { maxDays: maxListedDays });
  const cursor = decodeCursor(cursorSchema, query.cursor);
  // Without `from` the first day is another one tomorrow: a list that was begun today goes on.
  const earliest = query.from ?? addDays(to, 1 - maxListedDays);
  if (cursor && (cursor.date < earliest || cursor.date > to)) {
    throw invalidParameter("cursor", "is not a cursor of this list");
  }
  const chosen = metrics.filter(({ id }) => query.metric === undefined || id === query.metric);
  const single = query.metric === undefined ? undefined : chosen[0];
  const page = await readPage({ table, workspace, deadline }, query.limit, {
    metrics: chosen.map(({ id }) => id),
    range: { from: cursor?.date ?? from, to },
    hasRevisions: query.revisions === "all",
    start: cursor,
  });
  const presented = page.entries.map(({ metric, snapshot, isNewest }) =>
    presentSnapshot(
      workspace,
      metric,
      snapshot,
      isNewest ? page.counters.get(metric) : undefined,
      query.convention,
    ),
  );
  const items = presented.slice(0, wholeDays(page.entries, fittingItems(presented)).length);
  const next = page.entries[items.length]?.snapshot ?? page.next;
  return {
    status: 200,
    rows: single ? snapshotRows(workspace, single, items) : items,
    columns: snapshotColumns(workspace, single),
    body: {
      timeZone: workspace.timeZone,
      ...{ from, to, today },
      items,
      nextCursor: next ? encodeCursor({ date: next.date, metric: next.metric }) : null,
    },
  };
}

/** @throws HttpProblem 400 for a convention that the metric asked for does not have */
function refuseConvention({ metric, convention }: z.output<typeof snapshotQuerySchema>): void {
  if (convention === undefined) return;
  const known = metric === undefined ? [] : (findMetric(metric)?.conventions ?? []);
  if (known.includes(convention)) return;
  const detail =
    known.length === 0 ? "needs metric, one that has conventions" : `must be one of ${known.join(", ")}`;
  throw invalidParameter("convention", detail);
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
    const taking = takeDays(table, workspace, days, deadline, defaultFiles());
    for await (const { date, taken, restated, unchanged } of taking) {
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
