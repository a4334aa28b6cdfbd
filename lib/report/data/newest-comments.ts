import type { DayRange } from "../../domain/calendar/intervals.ts";
import { type ResponseFact, type SurveyName, surveyNames } from "../../domain/facts/responses.ts";
import { answerGroupOf, answerGroups } from "../../domain/metrics/score-groups.ts";
import { findResponses, type StoredResponse } from "../../store/records/responses.ts";
import { maxIntents } from "../../store/records/value-lists.ts";
import type { Table } from "../../store/table/client.ts";
import { isTooMuch } from "../../store/table/errors.ts";
import type { Deadline } from "../../store/table/retries.ts";
import type { CommentGroup, ReportComment, ReportComments } from "../model.ts";

/** The newest comments of every survey, by group of answers: of the days in which it changed, where it did. */

/** The comments to find. */
export interface CommentScope {
  readonly range: DayRange;
  /** The surveys whose comments are wanted. */
  readonly surveys: readonly SurveyName[];
  /** The days of the range in which a survey's metric changed, by survey. */
  readonly daysOfChange?: ReadonlyMap<SurveyName, DayRange>;
  /** Of some responses those asked for, in their order; all where absent. */
  readonly choose?:
    | ((responses: readonly StoredResponse[]) => Promise<readonly StoredResponse[]>)
    | undefined;
  /** At most so many of each group. */
  readonly perGroup: number;
}

/** At most so many facts are looked at. */
const maxLooked = 400;

/** What was found for some surveys. */
interface Found extends Omit<ReportComments, "daysOfChange"> {}

/**
 * Finds comments, the newest first; what was taken out of the counts is left out. Of a survey that changed in some days, those of these
 * days, if there are any.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readNewestComments(
  table: Table,
  workspace: string,
  scope: CommentScope,
  deadline: Deadline,
): Promise<ReportComments> {
  const asked = [...(scope.daysOfChange ?? [])];
  const ofChange = await Promise.all(
    asked.map(async ([survey, range]) => {
      const found = await findComments(table, workspace, { ...scope, range }, [survey], deadline);
      return { survey, range, groups: found.bySurvey.get(survey) ?? [] };
    }),
  );
  const changed = ofChange.filter(({ groups }) => groups.length > 0);
  const others = scope.surveys.filter((survey) => !changed.some((one) => one.survey === survey));
  const newest = others.length > 0 ? await findComments(table, workspace, scope, others, deadline) : nothing;
  const bySurvey = new Map([
    ...newest.bySurvey,
    ...changed.map(({ survey, groups }) => [survey, groups] as const),
  ]);
  return {
    ...newest,
    bySurvey,
    daysOfChange: new Map(changed.map(({ survey, range }) => [survey, range])),
  };
}

const nothing: Found = { bySurvey: new Map(), isComplete: true, looked: 0 };

async function findComments(
  table: Table,
  workspace: string,
  { range, choose, perGroup }: CommentScope,
  surveys: readonly SurveyName[],
  deadline: Deadline,
): Promise<Found> {
  const groups = new Map(
    surveyNames
      .filter((survey) => surveys.includes(survey))
      .map(
        (survey) =>
          [survey as string, new Map<string, ReportComment[]>(noCommentsIn(answerGroups(survey)))] as const,
      ),
  );
  // Groups that are full take no more: else many happy answers would keep the few unhappy ones from being found.
  const matches = ({ fact, excluded }: StoredResponse): boolean => {
    const ofSurvey = groups.get(fact.survey);
    if (!ofSurvey || fact.comment === undefined || excluded) return false;
    const found = ofSurvey.get(answerGroupOf(fact));
    return found ? found.length < perGroup : ofSurvey.size < maxIntents;
  };
  const take = (response: StoredResponse): boolean => {
    const { fact, day } = response;
    const { survey, comment = "" } = fact;
    if (!matches(response)) return false;
    const group = answerGroupOf(fact);
    const ofSurvey = groups.get(survey);
    ofSurvey?.set(group, [...(ofSurvey.get(group) ?? []), { day, text: comment, ...scoreOf(fact) }]);
    return true;
  };
  const takeOf = async (responses: readonly StoredResponse[]) =>
    ((await choose?.(responses)) ?? responses).filter(take);
  // Once every group has its comments there is nothing more to look for.
  const wanted = [...groups.keys()].reduce((sum, survey) => sum + groupsOf(survey) * perGroup, 0);
  const filter = { surveys, hasComment: true };
  const search = { range, filter, matches, choose: takeOf, limit: Math.min(wanted, maxLooked), maxLooked };
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

/** How many groups the answers of a survey can be in. */
function groupsOf(survey: string): number {
  const named = surveyNames.find((name) => name === survey);
  return named === undefined ? 0 : answerGroups(named).length || maxIntents;
}

function noCommentsIn(names: readonly string[]): [string, ReportComment[]][] {
  return names.map((name) => [name, []]);
}

function scoreOf(fact: ResponseFact): Pick<ReportComment, "score" | "scale"> {
  return "score" in fact ? { score: fact.score, scale: fact.scale } : {};
}
