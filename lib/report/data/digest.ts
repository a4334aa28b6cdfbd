import { stateNow } from "../../domain/alerts/alert.ts";
import { addDays, type Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { surveyNames } from "../../domain/facts/responses.ts";
import type { Language } from "../../domain/language/language.ts";
import { findMetric, metrics } from "../../domain/metrics/registry.ts";
import { topicsOf } from "../../queries/comment-topics.ts";
import type { QueryContext } from "../../queries/context.ts";
import { KeptCounters } from "../../queries/kept-counters.ts";
import { findResponses } from "../../store/records/responses.ts";
import { listAlerts } from "../../store/settings/alerts.ts";
import type { SaidAlert } from "../alert-words.ts";
import type { MetricReport } from "../model.ts";
import { type NewsItem, newsOf } from "../news-items.ts";
import { readMetricReports } from "./metric-reports.ts";

/** What a digest tells, read from the counters. */

/** How many days a digest is about: each weekday once, compared with as many before. */
const digestDays = 7;

/** How many answers are looked at for what customers said. */
const maxLooked = 300;

/** What there is to tell of some days. */
export interface Digest {
  readonly range: DayRange;
  /** What changed and matters, the most important first. */
  readonly news: readonly NewsItem[];
  /** The metrics that have goals. */
  readonly withGoals: readonly MetricReport[];
  /** Alerts that are raised, and those that were cleared in these days. */
  readonly raised: readonly SaidAlert[];
  readonly cleared: readonly SaidAlert[];
  /** Days that were stated anew, since facts came late. */
  readonly restated: readonly Day[];
  /** What several comments of these days are about. */
  readonly topics: readonly string[];
}

/**
 * Reads what there is to tell of the days up to one.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readDigest(context: QueryContext, through: Day, language: Language): Promise<Digest> {
  const range = { from: addDays(through, 1 - digestDays), to: through };
  const scope = { metrics, range, today: addDays(through, 1), interval: "day", compare: "previous" } as const;
  const kept = { ...context, kept: new KeptCounters() };
  const reports = await readMetricReports(kept, { ...scope, filters: {} });
  const alerts = (await listAlerts(context.table, context.workspace.id)).flatMap((alert) => {
    const metric = findMetric(alert.definition.metric);
    return metric ? [{ alert: { ...alert, state: stateNow(alert, context.workspace) }, metric }] : [];
  });
  const isOfRange = ({ alert: { state } }: SaidAlert) => (state?.cleared?.endedOn ?? "") >= range.from;
  return {
    range,
    news: newsOf(reports, language),
    withGoals: reports.filter(({ goals }) => goals.length > 0),
    raised: alerts.filter(({ alert }) => alert.state?.raised),
    cleared: alerts.filter((one) => !one.alert.state?.raised && isOfRange(one)),
    restated: [
      ...new Set(reports.flatMap(({ restatements }) => restatements.map(({ date }) => date))),
    ].sort(),
    topics: await readTopics(context, range),
  };
}

async function readTopics(
  { table, workspace, deadline }: QueryContext,
  range: DayRange,
): Promise<readonly string[]> {
  const search = {
    ...{ range, limit: maxLooked, maxLooked },
    matches: ({ fact, excluded }: { fact: { comment?: unknown }; excluded?: unknown }) =>
      fact.comment !== undefined && !excluded,
    filter: { surveys: surveyNames, hasComment: true },
  };
  const { responses } = await findResponses(table, workspace.id, search, deadline);
  return topicsOf(responses);
}
