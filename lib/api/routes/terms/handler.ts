import type { ResponseFact, SurveyName } from "../../../facts/responses.ts";
import { answerGroupOf, answerGroups } from "../../../metrics/score-groups.ts";
import { findResponses, type StoredResponse } from "../../../store/records/responses.ts";
import { otherValue } from "../../../store/records/value-list.ts";
import { maxIntents } from "../../../store/records/value-lists.ts";
import type { Deadline } from "../../../store/table/retries.ts";
import { TermCounter } from "../../../text/terms.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import { splitDimensions } from "../../pipeline/dimension-filters.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { withReadBudget } from "../../pipeline/read-budget.ts";
import { resolveDays, responseTest } from "../responses/filters.ts";
import { maxLookedAt } from "../responses/handler.ts";
import type { termsSchema } from "./answers.ts";
import { defaultComments, termsQuerySchema } from "./query.ts";

/** Frequent terms and tags of the comments of each score group. */

/** At most so many characters of comments are looked at, and so many responses for each comment. */
const maxCharacters = 2_000_000;
const responsesForComment = 4;

/** `GET /v1/terms`: looks at the newest comments; what was taken out of the counts is left out. */
export async function listTerms(request: HttpRequest): Promise<TableAnswer<AnswerOf<typeof termsSchema>>> {
  const { table, workspace, deadline } = withReadBudget(request);
  const { dimensions, rest } = splitDimensions(request.query);
  const { limit = 20, comments: most = defaultComments, ...filters } = parseQuery(termsQuerySchema, rest);
  const isChosen = responseTest({ ...filters, hasComment: "true" }, dimensions, workspace);
  const search = {
    range: resolveDays(filters, workspace, Date.now()),
    matches: (response: StoredResponse) => !response.excluded && isChosen?.(response) !== false,
    ...{ limit: most, maxLooked: Math.min(most * responsesForComment, maxLookedAt) },
  };
  const { responses, looked, next } = await findResponses(table, workspace.id, search, deadline);
  const { groups: counted, comments } = countTerms(filters.survey, responses, deadline);
  request.note({ comments, looked });
  const groups = [...counted].map(([group, { terms, tags }]) => {
    const share = (of: number) => ({ comments: of, sharePercent: (100 * of) / terms.comments });
    return {
      group,
      comments: terms.comments,
      terms: terms.top(limit).map(({ term, comments: of }) => ({ term, ...share(of) })),
      tags: topTags(tags, limit).map(({ tag, comments: of }) => ({ tag, ...share(of) })),
    };
  });
  const complete = next === undefined && comments === responses.length;
  return {
    status: 200,
    body: { survey: filters.survey, groups, lookedAt: { comments, responses: looked, complete } },
    rows: groups.flatMap(({ group, terms, tags }) => [...terms, ...tags].map((row) => ({ group, ...row }))),
    columns: ["group", "term", "comments", "sharePercent", "tag"],
  };
}

/** Counts of the comments of one group. */
interface CommentGroup {
  readonly terms: TermCounter;
  /** Tag → comments. */
  readonly tags: Map<string, number>;
}

function countTerms(
  survey: SurveyName,
  responses: readonly StoredResponse[],
  deadline: Deadline,
): { groups: ReadonlyMap<string, CommentGroup>; comments: number } {
  const newGroup = (): CommentGroup => ({ terms: new TermCounter(), tags: new Map() });
  const groups = new Map(answerGroups(survey).map((name) => [name, newGroup()] as const));
  let [comments, characters] = [0, 0];
  for (const { fact } of responses) {
    const { comment = "", tags = [] } = fact;
    characters += comment.length;
    if (characters > maxCharacters || deadline.remaining() <= 0) break;
    const name = groupFor(fact, groups);
    const group = groups.get(name) ?? newGroup();
    groups.set(name, group);
    group.terms.add(comment);
    for (const tag of new Set(tags)) group.tags.set(tag, (group.tags.get(tag) ?? 0) + 1);
    comments += 1;
  }
  return { groups: inOrder(survey, groups), comments };
}

/** Intents have no order of their own: the one with the most comments comes first. */
function inOrder(survey: SurveyName, groups: ReadonlyMap<string, CommentGroup>) {
  if (answerGroups(survey).length > 0) return groups;
  return new Map(
    [...groups].sort(([a, one], [b, other]) => other.terms.comments - one.terms.comments || (a < b ? -1 : 1)),
  );
}

/** The group of an answer, as long as there are not too many. */
function groupFor(fact: ResponseFact, groups: ReadonlyMap<string, CommentGroup>): string {
  const name = answerGroupOf(fact);
  return groups.has(name) || groups.size < maxIntents ? name : otherValue;
}

/** The most frequent tags; equally frequent ones in the order of their text. */
function topTags(tags: ReadonlyMap<string, number>, most: number): { tag: string; comments: number }[] {
  return [...tags]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([tag, comments]) => ({ tag, comments }));
}
