import type { DayRange } from "../calendar/intervals.ts";
import type { ScoreSurvey } from "../facts/responses.ts";
import { scoreGroups } from "../metrics/score-groups.ts";
import type { CommentGroup, ReportComment, ReportComments } from "../report/model.ts";
import type { Table } from "../store/client.ts";
import { findResponses, type StoredResponse } from "../store/responses.ts";
import type { Deadline } from "../store/retries.ts";

/** The newest comments of every survey, by group of scores. */

/** What to find. */
export interface CommentScope {
  readonly range: DayRange;
  /** Whether a response with these dimensions is one of those asked for. */
  accepts(dimensions: Readonly<Record<string, string>>): boolean;
  /** At most so many of each group. */
  readonly perGroup: number;
}

/** At most so many facts are looked at. */
const mostLooked = 400;

const surveys = Object.keys(scoreGroups) as ScoreSurvey[];

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
  const groups = new Map<string, ReportComment[]>(
    surveys.flatMap((survey) => scoreGroups[survey].names.map((group) => [keyOf(survey, group), []])),
  );
  // Groups that are full take no more: else many happy answers would keep the few unhappy ones from being found.
  const takes = ({ fact, excluded, day }: StoredResponse): boolean => {
    const { survey, scale, score, comment, dimensions } = fact;
    if (comment === undefined || excluded || !accepts(dimensions)) return false;
    const group = groups.get(keyOf(survey, scoreGroups[survey].of(scale, score)));
    if (!group || group.length >= perGroup || day < range.from || day > range.to) return false;
    group.push({ day, score, scale, text: comment });
    return true;
  };
  const search = { range, matches: takes, limit: groups.size * perGroup, mostLooked };
  const { looked, next } = await findResponses(table, workspace, search, deadline);
  const bySurvey = surveys.map((survey) => {
    const found = scoreGroups[survey].names.map(
      (group): CommentGroup => ({ group, comments: groups.get(keyOf(survey, group)) ?? [] }),
    );
    return [survey, found.filter(({ comments }) => comments.length > 0)] as const;
  });
  return { bySurvey: new Map(bySurvey), isComplete: next === undefined, looked };
}

function keyOf(survey: string, group: string): string {
  return `${survey} ${group}`;
}
