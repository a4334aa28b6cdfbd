import { type Alert, alertFilters, type Raised } from "../domain/alerts/alert.ts";
import { addDays, type Day, earlierDay } from "../domain/calendar/days.ts";
import type { DayRange } from "../domain/calendar/intervals.ts";
import { surveyNames, surveyOf } from "../domain/facts/responses.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { betterIn } from "../domain/metrics/range.ts";
import { answerGroupOf, answerGroups } from "../domain/metrics/score-groups.ts";
import type { ComparisonEntry, SeriesEntry } from "../domain/metrics/series.ts";
import { noValue } from "../store/records/dimensions.ts";
import { findResponses, type StoredResponse } from "../store/records/responses.ts";
import { otherValue } from "../store/records/value-list.ts";
import { isTooMuch } from "../store/table/errors.ts";
import { chosenFacts } from "./chosen-facts.ts";
import { topicsOf } from "./comment-topics.ts";
import type { QueryContext } from "./context.ts";
import { rollingCounters } from "./counter-source.ts";
import type { MeasuredGroup, MetricSeries } from "./query.ts";
import { QueryRefusal } from "./refusal.ts";
import { runQuery } from "./run-query.ts";

/** What stands behind an alert: how large the change is, in which segment, and what customers wrote in those days. */

/** How many days before it a change is compared with: each weekday as often as any other. */
const daysBefore = 28;

/** How many answers are looked at for comments. */
const maxLooked = 200;

/** At most so many comments are quoted. */
const maxQuotes = 3;

/** A value of some days and of the days before them. */
export interface ChangeOfDays {
  readonly now: Pick<SeriesEntry, "from" | "to" | "value" | "n">;
  readonly before: ComparisonEntry;
}

/** What stands behind an alert. */
export interface AlertEvidence {
  readonly change: ChangeOfDays | undefined;
  /** The segment that moves it most, where one moves it the same way. */
  readonly where: (ChangeOfDays & { readonly dimension: string; readonly group: string }) | undefined;
  /** What customers wrote in these days; `undefined` where nobody asked or nobody wrote. */
  readonly wrote: { readonly topics: readonly string[]; readonly quotes: readonly string[] } | undefined;
}

/** Whether an alert's course is better, worse or only another one. */
export function meaningOf(
  metric: AnyMetric,
  convention: string,
  { side }: Pick<Raised, "side">,
): "better" | "worse" | "changed" {
  if (metric.isVolume) return "changed";
  return (betterIn(metric, convention) === "higher") === (side === "above") ? "better" : "worse";
}

/** The days of an alert, and what they are compared with. */
function daysOf({ definition }: Alert, { since, points }: Pick<Raised, "since" | "points">, through: Day) {
  const last = addDays(since, (definition.every === "week" ? 7 : 1) * points - 1);
  return {
    now: { from: since, to: earlierDay(last, through) },
    before: { from: addDays(since, -daysBefore), to: addDays(since, -1) },
  };
}

const nothingKnown: AlertEvidence = { change: undefined, where: undefined, wrote: undefined };

/**
 * Looks up what stands behind an alert; nothing can be where its dimension is no longer tracked.
 * @param through the last closed day
 * @throws StoreError `unavailable` when the table keeps throttling; `over-budget` where the context has a budget
 */
export async function readEvidence(
  context: QueryContext,
  alert: Alert,
  metric: AnyMetric,
  raised: Raised,
  through: Day,
): Promise<AlertEvidence> {
  const days = daysOf(alert, raised, through);
  const ask = (groupBy?: readonly string[]) => readChange(context, alert, metric, days, groupBy);
  const whole = await ask().catch((error: unknown) => {
    if (!(error instanceof QueryRefusal)) throw error;
    return undefined;
  });
  if (!whole) return nothingKnown;
  const [change] = changesOf(whole);
  const sign = raised.side === "above" ? 1 : -1;
  return {
    change: change?.of,
    where: await readWhere(context, alert, metric, sign, ask),
    wrote: await readWords(context, alert, metric, raised, days.now),
  };
}

async function readChange(
  context: QueryContext,
  alert: Alert,
  metric: AnyMetric,
  { now, before }: { readonly now: DayRange; readonly before: DayRange },
  groupBy: readonly string[] | undefined,
): Promise<MetricSeries> {
  const plan = {
    intervals: [{ ...now, calendar: null }],
    previous: [{ ...before, calendar: null }],
    isCompared: true,
    span: { from: before.from, to: now.to },
  };
  const { convention, currency } = alert;
  return runQuery(context, {
    ...{ metric, plan, today: addDays(now.to, 1), filters: alertFilters(alert.definition), groupBy },
    settings: { ...(convention === "" ? {} : { convention }), currency },
    sources: [rollingCounters],
  });
}

interface GroupChange {
  readonly group: string | undefined;
  readonly of: ChangeOfDays;
  /** By how much its group moves the whole: its own change by its share of the cases, or its amounts by day. */
  readonly moves: number;
}

function changesOf({ metric, groups }: MetricSeries): GroupChange[] {
  const isTotal = metric.unit === "count" || (metric.unit === "money" && metric.minimumSample === 0);
  return groups.flatMap(({ group, series: [now], comparison: [before] }: MeasuredGroup) => {
    if (!now || !before || now.value === null || before.value === null) return [];
    const [later, earlier] = [Number(now.value), Number(before.value)];
    const days = (range: DayRange) => (Date.parse(range.to) - Date.parse(range.from)) / 86_400_000 + 1;
    const moves = isTotal ? later / days(now) - earlier / days(before) : now.n * (later - earlier);
    return [{ group, of: { now, before }, moves }];
  });
}

async function readWhere(
  { workspace }: QueryContext,
  alert: Alert,
  metric: AnyMetric,
  sign: number,
  ask: (groupBy: readonly string[]) => Promise<MetricSeries>,
): Promise<AlertEvidence["where"]> {
  if (Object.keys(alert.definition.filter ?? {}).length > 0) return undefined;
  const found = [];
  for (const dimension of workspace.trackedDimensions) {
    if (metric.parts?.dimension === dimension) continue;
    const series = await ask([dimension]).catch((error: unknown) => {
      // What the whole and the first dimensions have left of a request's budget can be too little for the others.
      if (isTooMuch(error) || error instanceof QueryRefusal) return undefined;
      throw error;
    });
    if (!series) continue;
    const changes = changesOf(series);
    const named = changes.filter(({ group }) => group !== noValue && group !== otherValue);
    // One value alone tells no difference.
    if (changes.length < 2) continue;
    const total = changes.reduce((sum, { moves }) => sum + sign * moves, 0);
    for (const { group = "", of, moves } of named) {
      if (sign * moves > 0 && total > 0)
        found.push({ dimension, group, ...of, share: (sign * moves) / total });
    }
  }
  const [most] = found.sort((a, b) => b.share - a.share);
  if (!most) return undefined;
  const { share: _, ...where } = most;
  return where;
}

async function readWords(
  context: QueryContext,
  alert: Alert,
  metric: AnyMetric,
  raised: Raised,
  range: DayRange,
): Promise<AlertEvidence["wrote"]> {
  const { table, workspace, deadline } = context;
  const survey = surveyOf(metric.id);
  const groups = survey ? answerGroups(survey) : [];
  const group = meaningOf(metric, alert.convention, raised) === "better" ? groups.at(-1) : groups[0];
  const matches = ({ fact, excluded }: StoredResponse) =>
    fact.comment !== undefined &&
    !excluded &&
    (survey === undefined ||
      (fact.survey === survey && (group === undefined || answerGroupOf(fact) === group)));
  const filters = alertFilters(alert.definition);
  const search = {
    ...{ range, matches, limit: maxLooked, maxLooked },
    choose: (found: readonly StoredResponse[]) => chosenFacts({ table, workspace, deadline }, found, filters),
    filter: { surveys: survey ? [survey] : surveyNames, hasComment: true },
  };
  const { responses } = await findResponses(table, workspace.id, search, deadline);
  if (responses.length === 0) return undefined;
  const topics = topicsOf(responses);
  const isTelling = ({ fact }: StoredResponse) =>
    topics.some(
      (topic) => fact.tags?.includes(topic) || fact.comment?.toLowerCase().includes(topic.toLowerCase()),
    );
  const texts = (some: readonly StoredResponse[]) => some.map(({ fact }) => fact.comment ?? "");
  const quotes = [...new Set([...texts(responses.filter(isTelling)), ...texts(responses)])].slice(
    0,
    maxQuotes,
  );
  return { topics, quotes };
}
