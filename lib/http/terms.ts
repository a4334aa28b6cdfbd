import type { ScoreSurvey } from "../facts/responses.ts";
import { scoreGroups } from "../metrics/score-groups.ts";
import { findResponses, type StoredResponse } from "../store/responses.ts";
import type { Deadline } from "../store/retries.ts";
import { TermCounter } from "../text/terms.ts";
import type { TableAnswer } from "./csv.ts";
import { splitDimensions } from "./dimension-filters.ts";
import type { HttpRequest } from "./endpoint.ts";
import { parseQuery } from "./parameters.ts";
import { resolveDays, responseTest } from "./response-filters.ts";
import { termsQuerySchema, usualComments } from "./terms-query.ts";

/** Frequent terms of the comments of each score group. */

/** At most so many characters of comments are looked at, and so many responses for each comment. */
const mostCharacters = 2_000_000;
const responsesForComment = 4;

/** `GET /v1/terms`: looks at the newest comments; what was taken out of the counts is left out. */
export async function listTerms(request: HttpRequest): Promise<TableAnswer> {
  const { table, workspace, deadline } = request;
  const { dimensions, rest } = splitDimensions(request.query);
  const { limit = 20, comments: most = usualComments, ...filters } = parseQuery(termsQuerySchema, rest);
  const isChosen = responseTest({ ...filters, hasComment: "true" }, dimensions);
  const search = {
    range: resolveDays(filters, workspace, Date.now()),
    matches: (response: StoredResponse) => !response.excluded && isChosen?.(response) !== false,
    ...{ limit: most, mostLooked: most * responsesForComment },
  };
  const { responses, looked, next } = await findResponses(table, workspace.id, search, deadline);
  const { counters, comments } = countTerms(filters.survey, responses, deadline);
  request.note({ comments, looked });
  const groups = [...counters].map(([group, counter]) => ({
    group,
    comments: counter.comments,
    terms: counter.top(limit).map((term) => ({
      ...term,
      sharePercent: (100 * term.comments) / counter.comments,
    })),
  }));
  const complete = next === undefined && comments === responses.length;
  return {
    status: 200,
    body: { survey: filters.survey, groups, lookedAt: { comments, responses: looked, complete } },
    rows: groups.flatMap(({ group, terms }) => terms.map((term) => ({ group, ...term }))),
  };
}

function countTerms(
  survey: ScoreSurvey,
  responses: readonly StoredResponse[],
  deadline: Deadline,
): { counters: ReadonlyMap<string, TermCounter>; comments: number } {
  const { names, of } = scoreGroups[survey];
  const counters = new Map(names.map((name) => [name, new TermCounter()] as const));
  let [comments, characters] = [0, 0];
  for (const { fact } of responses) {
    const { comment = "", scale, score } = fact;
    characters += comment.length;
    if (characters > mostCharacters || deadline.remaining() <= 0) break;
    counters.get(of(scale, score))?.add(comment);
    comments += 1;
  }
  return { counters, comments };
}
