import type { Filters } from "../../../domain/facts/characteristics.ts";
import { sentiments } from "../../../domain/facts/market.ts";
import { answerGroupOf, answerGroups } from "../../../domain/metrics/score-groups.ts";
import { TermCounter } from "../../../domain/text/terms.ts";
import {
  findEvents,
  findResponses,
  type StoredEvent,
  type StoredResponse,
} from "../../../store/records/responses.ts";
import { otherValue } from "../../../store/records/value-list.ts";
import { maxIntents } from "../../../store/records/value-lists.ts";
import type { Deadline } from "../../../store/table/retries.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import { choosing, splitDimensions } from "../../pipeline/dimension-filters.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { invalidParameter } from "../../pipeline/problem.ts";
import { type EventFilters, eventTest } from "../events/handler.ts";
import { type ResponseFilters, resolveDays, responseTest, tableFilter } from "../responses/filters.ts";
import { maxLookedAt } from "../responses/handler.ts";
import type { termsSchema } from "./answers.ts";
import { defaultComments, messageTypes, termsQuerySchema } from "./query.ts";

/** Frequent terms and tags of the comments of each score group. */

/** At most so many characters of comments are looked at, and so many responses for each comment. */
const maxCharacters = 2_000_000;
const responsesForComment = 4;

/** `GET /v1/terms`: looks at the newest comments, or messages; what was taken out of the counts is left out. */
export async function listTerms(request: HttpRequest): Promise<TableAnswer<AnswerOf<typeof termsSchema>>> {
  const { dimensions, rest } = splitDimensions(request.query);
  const { limit = 20, comments: most = defaultComments, ...filters } = parseQuery(termsQuerySchema, rest);
  const { survey, type } = filters;
  const asked = { limit: most, maxLooked: Math.min(most * responsesForComment, maxLookedAt) };
  if ((survey === undefined) === (type === undefined))
    throw invalidParameter("survey", survey ? "must not stand beside type" : "is missing: or ask for a type");
  if (survey === undefined && filters.surveyId !== undefined)
    throw invalidParameter("surveyId", "must not stand beside type: messages are of no survey");
  const { texts, looked, next } =
    survey === undefined
      ? await messagesOf(request, { ...filters, type }, dimensions, asked)
      : await commentsOf(request, { ...filters, survey }, dimensions, asked);
  const first = survey === undefined ? messageGroups(type ?? []) : answerGroups(survey);
  const { groups: counted, comments } = countTerms(first, texts, request.deadline);
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
  const complete = next === undefined && comments === texts.length;
  return {
    status: 200,
    body: {
      ...(survey === undefined ? { type } : { survey }),
      groups,
      lookedAt: { comments, responses: looked, complete },
    },
    rows: groups.flatMap(({ group, terms, tags }) => [...terms, ...tags].map((row) => ({ group, ...row }))),
    columns: ["group", "term", "comments", "sharePercent", "tag"],
  };
}

/** What was found: the newest texts, and where a further search would begin. */
interface FoundTexts {
  readonly texts: readonly Text[];
  readonly looked: number;
  readonly next: string | undefined;
}

/** Something that was written, and the group in which it counts. */
interface Text {
  readonly group: string;
  readonly text: string;
  readonly tags: readonly string[];
}

interface Bounds {
  readonly limit: number;
  readonly maxLooked: number;
}

async function commentsOf(
  request: HttpRequest,
  filters: ResponseFilters,
  dimensions: Filters,
  bounds: Bounds,
): Promise<FoundTexts> {
  const { table, workspace, deadline } = request;
  const withComment = { ...filters, hasComment: "true" } as const;
  const isAskedFor = responseTest(withComment);
  const search = {
    range: resolveDays(filters, workspace, Date.now()),
    filter: tableFilter(withComment),
    matches: (response: StoredResponse) => !response.excluded && isAskedFor?.(response) !== false,
    choose: choosing(request, dimensions),
    ...bounds,
  };
  const { responses, looked, next } = await findResponses(table, workspace.id, search, deadline);
  const texts = responses.map(({ fact }) => {
    return { group: answerGroupOf(fact), text: fact.comment ?? "", tags: fact.tags ?? [] };
  });
  return { texts, looked, next };
}

async function messagesOf(
  request: HttpRequest,
  filters: EventFilters & Parameters<typeof resolveDays>[0],
  dimensions: Filters,
  bounds: Bounds,
): Promise<FoundTexts> {
  const { table, workspace, deadline } = request;
  const isChosen = eventTest({ ...filters, hasMessage: "true" }, dimensions, workspace);
  const search = {
    range: resolveDays(filters, workspace, Date.now()),
    matches: (event: StoredEvent) => !event.excluded && isChosen?.(event) !== false,
    ...bounds,
  };
  const { facts, looked, next } = await findEvents(table, workspace.id, search, deadline);
  const texts = facts.map(({ fact }) => {
    const text = "message" in fact ? (fact.message ?? "") : "";
    return { group: fact.type === "mention.seen" ? fact.sentiment : fact.type, text, tags: [] };
  });
  return { texts, looked, next };
}

/** The groups of messages: mentions from the unhappiest to the happiest, then the types of tickets' events. */
function messageGroups(types: readonly string[]): string[] {
  return messageTypes
    .filter((type) => types.includes(type))
    .flatMap((type) => (type === "mention.seen" ? sentiments.toReversed() : [type]));
}

/** Counts of the comments of one group. */
interface CommentGroup {
  readonly terms: TermCounter;
  /** Tag → comments. */
  readonly tags: Map<string, number>;
}

/** @param first the groups that are shown in any case, in order */
function countTerms(
  first: readonly string[],
  texts: readonly Text[],
  deadline: Deadline,
): { groups: ReadonlyMap<string, CommentGroup>; comments: number } {
  const newGroup = (): CommentGroup => ({ terms: new TermCounter(), tags: new Map() });
  const groups = new Map(first.map((name) => [name, newGroup()] as const));
  let [comments, characters] = [0, 0];
  for (const { group: own, text, tags } of texts) {
    characters += text.length;
    if (characters > maxCharacters || deadline.remaining() <= 0) break;
    const name = groupFor(own, groups);
    const group = groups.get(name) ?? newGroup();
    groups.set(name, group);
    group.terms.add(text);
    for (const tag of new Set(tags)) group.tags.set(tag, (group.tags.get(tag) ?? 0) + 1);
    comments += 1;
  }
  return { groups: first.length > 0 ? groups : inOrder(groups), comments };
}

/** Intents have no order of their own: the one with the most comments comes first. */
function inOrder(groups: ReadonlyMap<string, CommentGroup>) {
  return new Map(
    [...groups].sort(([a, one], [b, other]) => other.terms.comments - one.terms.comments || (a < b ? -1 : 1)),
  );
}

/** The group of an answer, as long as there are not too many. */
function groupFor(name: string, groups: ReadonlyMap<string, CommentGroup>): string {
  return groups.has(name) || groups.size < maxIntents ? name : otherValue;
}

/** The most frequent tags; equally frequent ones in the order of their text. */
function topTags(tags: ReadonlyMap<string, number>, most: number): { tag: string; comments: number }[] {
  return [...tags]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([tag, comments]) => ({ tag, comments }));
}
