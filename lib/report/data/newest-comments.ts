import type { DayRange } from "../../calendar/intervals.ts";
import { type ResponseFact, surveyNames } from "../../facts/responses.ts";
import { answerGroupOf, answerGroups } from "../../metrics/score-groups.ts";
import { findResponses, type StoredResponse } from "../../store/records/responses.ts";
import { maxIntents } from "../../store/records/value-lists.ts";
import type { Table } from "../../store/table/client.ts";
import { isTooMuch } from "../../store/table/errors.ts";
import type { Deadline } from "../../store/table/retries.ts";
import type { CommentGroup, ReportComment, ReportComments } from "../model.ts";

/** The newest comments of every survey, by group of answers. */

/** The comments to find. */
export interface CommentScope {
  readonly range: DayRange;
  /** Whether a response is one of those asked for. */
  accepts(response: StoredResponse): boolean;
  /** At most so many of each group. */
  readonly perGroup: number;
}

/** At most so many facts are looked at. */
const maxLooked = 400;

/**
 * Finds comments, the newest first; what was taken out of the counts is left out.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readNewestComments(
  table: Table,
  workspace: string,
  { range, accepts, perGroup }: CommentScope,
  deadline: Deadline,
): Promise<ReportComments> {
  const groups = new Map(
    surveyNames.map(
      (survey) => [survey, new Map<string, ReportComment[]>(noCommentsIn(answerGroups(survey)))] as const,
    ),
  );
  // Groups that are full take no more: else many happy answers would keep the few unhappy ones from being found.
  const takes = (response: StoredResponse): boolean => {
    const { fact, excluded, day } = response;
    const { survey, comment } = fact;
    if (comment === undefined || excluded || !accepts(response)) return false;
    if (day < range.from || day > range.to) return false;
    const group = answerGroupOf(fact);
    const ofSurvey = groups.get(survey);
    const found = ofSurvey?.get(group) ?? [];
    if (!ofSurvey || found.length >= perGroup) return false;
    if (!ofSurvey.has(group) && ofSurvey.size >= maxIntents) return false;
    ofSurvey.set(group, [...found, { day, text: comment, ...scoreOf(fact) }]);
    return true;
  };
  const search = { range, matches: takes, limit: maxLooked, maxLooked };
  const { looked, next } = await findResponses(table, workspace, search, deadline).catch((error: unknown) => {
    // They come after the figures, for what these have left of the budget.
    if (isTooMuch(error)) return { looked: 0, next: "" };
    throw error;
  });
  const bySurvey = [...groups].map(([survey, ofSurvey]) => {
    const found = [...ofSurvey].map(([group, comments]): CommentGroup => ({ group, comments }));
    return [survey, found.filter(({ comments }) => comments.length > 0)] as const;
  });
  return { bySurvey: new Map(bySurvey), isComplete: next === undefined, looked };
}

function noCommentsIn(names: readonly string[]): [string, ReportComment[]][] {
  return names.map((name) => [name, []]);
}

function scoreOf(fact: ResponseFact): Pick<ReportComment, "score" | "scale"> {
  return "score" in fact ? { score: fact.score, scale: fact.scale } : {};
}
