import { addDays } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import type { Table } from "../table/client.ts";
import { type Item, queryPage } from "../table/items.ts";
import { type FactKind, factTimelinePartition, timelineIndex, timelineSpread } from "../table/keys.ts";
import { listByTime } from "./fact-places.ts";
import { factSize } from "./fact-size.ts";

/** When facts happened and when they came, a few of them: enough to see whether any still come. */

/** A fact's two instants, milliseconds since 1970-01-01T00:00:00Z. */
export interface Arrival {
  readonly occurredAt: number;
  readonly recordedAt: number;
}

/** Whose facts. */
export interface ArrivalScope {
  readonly workspace: { readonly id: string; readonly timeZone: string };
  readonly kind: FactKind;
}

/** Instants, milliseconds since 1970-01-01T00:00:00Z: the first is included, the last is not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The facts that happened last, the newest first. @param days how many days back it looks at most */
export async function newestArrivals(
  table: Table,
  { workspace, kind }: ArrivalScope,
  now: number,
  days: number,
  limit: number,
): Promise<Arrival[]> {
  const today = dayOf(now, workspace.timeZone);
  const range = { from: addDays(today, -days), to: addDays(today, 1) };
  const found: Arrival[] = [];
  for await (const { item } of listByTime(table, workspace.id, kind, range, {
    newestFirst: true,
    expected: limit,
  })) {
    if (item) found.push(arrivalOf(item));
    if (found.length >= limit) break;
  }
  return found;
}

/** The first facts that happened in a span, in order, at most `limit` of them. */
export async function firstArrivals(
  table: Table,
  { workspace, kind }: ArrivalScope,
  { from, to }: Span,
  limit: number,
): Promise<Arrival[]> {
  const range = { from: dayOf(from, workspace.timeZone), to: dayOf(to, workspace.timeZone) };
  const after = positionOf(from, workspace.timeZone);
  const found: Arrival[] = [];
  const listing = { newestFirst: false, expected: limit, after };
  for await (const { item } of listByTime(table, workspace.id, kind, range, listing)) {
    if (!item) continue;
    const arrival = arrivalOf(item);
    if (arrival.occurredAt >= to || found.length >= limit) break;
    found.push(arrival);
  }
  return found;
}

/** At most so many of a sample: some of them may have come much later than they happened. */
const sampleSize = 5;

/** A few facts that happened in a span, of a sixteenth of all facts: where there are thousands, this says as well whether there were any. */
export async function sampledArrivals(
  table: Table,
  { workspace, kind }: ArrivalScope,
  { from, to }: Span,
): Promise<Arrival[]> {
  const [part = ""] = timelineSpread;
  const { Items = [] } = await queryPage(table, {
    IndexName: timelineIndex,
    KeyConditionExpression: "gsi1pk = :partition AND gsi1sk BETWEEN :from AND :to",
    ExpressionAttributeValues: {
      ":partition": factTimelinePartition(workspace.id, kind, part),
      ":from": positionOf(from, workspace.timeZone),
      ":to": positionOf(to, workspace.timeZone),
    },
    Limit: sampleSize,
    size: factSize,
  });
  return Items.map(arrivalOf);
}

/** The place of an instant in the timeline: before all facts that happened then. */
function positionOf(instant: number, timeZone: string): string {
  return `${dayOf(instant, timeZone)}#${new Date(instant).toISOString()}`;
}

function arrivalOf(item: Item): Arrival {
  return { occurredAt: Number(item["occurredAt"]), recordedAt: Number(item["recordedAt"]) };
}
