import { weeksBefore } from "../domain/calendar/zones.ts";
import {
  type Arrival,
  type ArrivalScope,
  firstArrivals,
  newestArrivals,
  type Span,
  sampledArrivals,
} from "../store/records/arrivals.ts";
import type { Table } from "../store/table/client.ts";
import type { FactKind } from "../store/table/keys.ts";
import { isUsual, judgedHours, partsOf, partsWithFacts, weeksLookedAt } from "./silence.ts";

/** Each hour's look at whether facts still come: by what is usual for a workspace at this weekday and hour. */

const factKinds: readonly FactKind[] = ["responses", "events"];

const hourMilliseconds = 3_600_000;

/** Where nothing has come for so many days, nobody waits for it any more. */
const maxDaysOfSilence = 28;

/** So many of the newest facts are asked when the last one came: those that happened last may not be those that came last. */
const newestAsked = 16;

/** So many facts of a week are read one by one; where there are more, parts of the span are sampled. */
const maxFactsOfWeek = 200;

/** The part of all by which one hour's run begins after the one before: of the golden section, so that beginnings are spread evenly however many there are. */
const turn = (Math.sqrt(5) - 1) / 2;

/**
 * The same workspaces, beginning with others in each hour: where the time does not suffice for all, none is always left out.
 * @param hour counted since 1970-01-01T00:00:00Z
 */
export function inTurn<Item>(all: readonly Item[], hour: number): Item[] {
  const first = Math.floor(((hour * turn) % 1) * all.length);
  return [...all.slice(first), ...all.slice(0, first)];
}

/** Facts of one kind that come, or that stopped coming. */
export interface KindOfFacts {
  readonly kind: FactKind;
  /** When the last fact happened, milliseconds since 1970-01-01T00:00:00Z, where they stopped. */
  readonly stoppedAt: number | undefined;
}

/**
 * Looks at the facts of a workspace.
 * @param now milliseconds since 1970-01-01T00:00:00Z
 * @returns the kinds of which it can be told whether they come
 */
export async function lookAtArrivals(
  table: Table,
  workspace: ArrivalScope["workspace"],
  now: number,
): Promise<KindOfFacts[]> {
  const looks = factKinds.map(async (kind): Promise<KindOfFacts[]> => {
    const scope = { workspace, kind };
    const newest = await newestArrivals(table, scope, now, maxDaysOfSilence, newestAsked);
    const last = newest[0]?.occurredAt;
    if (last === undefined) return [];
    const cameLast = Math.max(...newest.map(({ recordedAt }) => recordedAt));
    if (now - Math.max(cameLast, last) < hourMilliseconds) return [{ kind, stoppedAt: undefined }];
    const isUnusual = await isUnusualSilence(table, scope, { from: last, to: now });
    return isUnusual ? [{ kind, stoppedAt: last }] : [];
  });
  return (await Promise.all(looks)).flat();
}

/** A week in which the hours of a silence are looked at. */
interface Week {
  readonly span: Span;
  /** The first facts of the span. */
  readonly facts: readonly Arrival[];
  /** Up to when these are all that there are. */
  readonly completeTo: number;
}

async function isUnusualSilence(table: Table, scope: ArrivalScope, silence: Span): Promise<boolean> {
  const weeks = await Promise.all(
    Array.from({ length: weeksLookedAt }, (_, index) => readWeek(table, scope, silence, index + 1)),
  );
  for (const hours of judgedHours) {
    if (silence.from + hours * hourMilliseconds > silence.to) return false;
    const counts = weeks.map((week) => partsOfWeek(table, scope, week, hours * hourMilliseconds));
    if (isUsual(await Promise.all(counts))) return true;
  }
  return false;
}

async function readWeek(table: Table, scope: ArrivalScope, { from, to }: Span, weeks: number): Promise<Week> {
  const { timeZone } = scope.workspace;
  const start = weeksBefore(from, weeks, timeZone);
  // Not of a later part of the silence than is judged.
  const end = Math.min(start + 24 * hourMilliseconds, weeksBefore(to, weeks, timeZone));
  const facts = await firstArrivals(table, scope, { from: start, to: end }, maxFactsOfWeek);
  const isComplete = facts.length < maxFactsOfWeek;
  return {
    span: { from: start, to: weeksBefore(to, weeks, timeZone) },
    facts,
    completeTo: isComplete ? end : (facts.at(-1)?.occurredAt ?? start),
  };
}

/** In how many parts of the beginning of a week's span facts happened that were known by its end. */
async function partsOfWeek(
  table: Table,
  scope: ArrivalScope,
  { span, facts, completeTo }: Week,
  length: number,
): Promise<number> {
  const judged = { from: span.from, to: span.from + length };
  if (judged.to <= completeTo) return partsWithFacts(judged, facts, span.to);
  const samples = await Promise.all(partsOf(judged).map((part) => sampledArrivals(table, scope, part)));
  return partsWithFacts(judged, samples.flat(), span.to);
}
