import { surveyOf } from "../../../domain/facts/responses.ts";
import { answerGroupOf, answerGroups } from "../../../domain/metrics/score-groups.ts";
import type { Evidence } from "../../../pages/news.ts";
import { topicsOf } from "../../../queries/comment-topics.ts";
import type { KeptCounters } from "../../../queries/kept-counters.ts";
import { readMetricReports } from "../../../report/data/metric-reports.ts";
import type { MetricReport, Report } from "../../../report/model.ts";
import { type NewsItem, newsOf } from "../../../report/news-items.ts";
import { verdictOn } from "../../../report/verdict.ts";
import { familiesOf } from "../../../store/counters/counters.ts";
import { noValue } from "../../../store/records/dimensions.ts";
import { findResponses, type StoredResponse } from "../../../store/records/responses.ts";
import { otherValue } from "../../../store/records/value-list.ts";
import { readValueList } from "../../../store/records/value-lists.ts";
import { isTooMuch } from "../../../store/table/errors.ts";
import { choosing } from "../../pipeline/dimension-filters.ts";
import type { PageRequest } from "../../pipeline/page-endpoint.ts";
import { unitsUsed, withEventualReads } from "../../pipeline/read-budget.ts";

/** What stands behind the changes that the overview tells: where they are, and what customers wrote in those days. */

/** Read units of the whole overview, beside what access takes: nothing more is looked up once the next look could pass them. */
const maxUnits = 95;

/** How many answers are looked at for comments, and the read units that this takes, as each of sixteen partitions is asked for somewhat more than its share. */
const looks = [
  { looked: 200, units: 25 },
  // What the least that is charged for sixteen requests pays for.
  { looked: 48, units: 10 },
] as const;

const maxQuotes = 2;

type Context = PageRequest & { readonly kept: KeptCounters };

/** What was read for the page before. */
export interface ReadBefore {
  /** Read units that the request had used before anything was read for the page. */
  readonly before: number;
  /** The counters of the page's figures. */
  readonly kept: KeptCounters;
}

/**
 * Looks into the changes, the most important first: as many as there are read units for.
 */
export async function readEvidence(
  request: PageRequest,
  report: Report,
  { before, kept }: ReadBefore,
): Promise<ReadonlyMap<MetricReport, Evidence>> {
  const context = { ...withEventualReads(request), kept };
  const used = () => unitsUsed(context) - before;
  const unitsOfFamily = used() / new Set(report.metrics.flatMap(({ metric }) => familiesOf(metric))).size;
  const items = newsOf(report.metrics, report.language);
  const found = new Map<MetricReport, Evidence>();
  const add = (item: NewsItem, more: Evidence) =>
    found.set(item.shown, { ...found.get(item.shown), ...more });
  const lists = new Map<string, ReturnType<typeof readValueList>>();
  const listOf = (dimension: string) => {
    const list = lists.get(dimension) ?? readValueList(context.table, context.workspace, dimension);
    lists.set(dimension, list);
    return list;
  };
  const lookAtComments = async (item: NewsItem) => {
    const look = looks.find(({ units }) => maxUnits - used() >= units);
    if (!request.hasComments || !look) return;
    add(item, await orNothing(() => commentsOf(context, report, item, look.looked)));
  };
  // What customers say of the most important change that they were asked about comes before where the others are.
  const asked = items.find(({ shown }) => surveyOf(shown.metric.id) !== undefined);
  if (asked) await lookAtComments(asked);
  for (const item of items) {
    if (item !== asked) await lookAtComments(item);
    for (const dimension of context.workspace.trackedDimensions) {
      if (found.get(item.shown)?.where) break;
      // A segment has no more than the whole, which has been read.
      const unitsOf = (segments: number) =>
        (segments + 1) * familiesOf(item.shown.metric).length * unitsOfFamily;
      const isAffordable = (segments: number) => used() + unitsOf(segments) <= maxUnits;
      // One value alone tells no difference.
      if (!isAffordable(2)) break;
      if (!isAffordable((await listOf(dimension)).named.size)) continue;
      add(item, await whereIn(context, report, item, dimension));
    }
  }
  return found;
}

/** Looks with the budget of the request: what a list reserves before it is sent is many times what it uses. Where that is too little there is nothing. */
async function orNothing(look: () => Promise<Evidence>): Promise<Evidence> {
  try {
    return await look();
  } catch (error) {
    if (isTooMuch(error)) return {};
    throw error;
  }
}

/** What people wrote in the days of the largest step, by the answers that tell most about the change. */
async function commentsOf(
  context: Context,
  { filters }: Report,
  { shown, verdict, days }: NewsItem,
  maxLooked: number,
): Promise<Evidence> {
  const survey = surveyOf(shown.metric.id);
  const groups = survey ? answerGroups(survey) : [];
  const group = verdict.kind === "worse" ? groups[0] : groups.at(-1);
  if (survey === undefined || group === undefined) return {};
  const { table, workspace, deadline } = context;
  const matches = ({ fact, excluded }: StoredResponse) =>
    fact.survey === survey && fact.comment !== undefined && !excluded && answerGroupOf(fact) === group;
  const search = {
    ...{ range: days, matches, choose: choosing(context, filters) },
    filter: { surveys: [survey], hasComment: true },
    ...{ limit: maxLooked, maxLooked },
  };
  const { responses } = await findResponses(table, workspace.id, search, deadline);
  if (responses.length === 0) return {};
  const topics = topicsOf(responses);
  const comments = responses.map(({ fact }) => fact.comment ?? "");
  const about = ({ fact }: StoredResponse) =>
    topics.some(
      (topic) => fact.tags?.includes(topic) || fact.comment?.toLowerCase().includes(topic.toLowerCase()),
    );
  const telling = responses.filter(about).map(({ fact }) => fact.comment ?? "");
  const quotes = [...new Set([...telling, ...comments])].slice(0, maxQuotes);
  return { comments: { group, topics, quotes } };
}

/** The group of a dimension whose change has the same verdict as the whole, and is the largest; over the same days. */
async function whereIn(
  context: Context,
  { range, today, interval, compare, filters, language }: Report,
  { shown, verdict }: NewsItem,
  dimension: string,
): Promise<Evidence> {
  // Only what has counters of its own is cheap enough.
  if (Object.keys(filters).length > 0 || shown.metric.parts?.dimension === dimension) return {};
  const scope = {
    range,
    today,
    interval,
    compare,
    filters,
    groupBy: [dimension],
    skipsRestatements: true,
    skipsGoals: true,
  };
  const settings = { convention: shown.convention === "" ? undefined : shown.convention };
  const asked = { ...scope, metrics: [shown.metric], currency: shown.currency, settings };
  const [grouped] = await readMetricReports(context, asked);
  const lines = (grouped?.lines ?? []).filter(
    ({ group, total, comparison }) =>
      group !== noValue &&
      group !== otherValue &&
      !total.lowSample &&
      verdictOn(shown, comparison, language).kind === verdict.kind,
  );
  const size = ({ comparison }: (typeof lines)[number]) => Math.abs(Number(comparison?.change ?? 0));
  const [line] = lines.toSorted((a, b) => size(b) - size(a));
  return line && (grouped?.lines.length ?? 0) > 1 ? { where: { dimension, line } } : {};
}
