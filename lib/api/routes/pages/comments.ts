import { surveyNames } from "../../../domain/facts/responses.ts";
import { renderCommentsPage, type TermGroup } from "../../../pages/comments-page.ts";
import { readOnce } from "../../../store/table/read-once.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { type PageRequest, pageAnswer } from "../../pipeline/page-endpoint.ts";
import { withReadBudget } from "../../pipeline/read-budget.ts";
import { listResponses } from "../responses/handler.ts";
import { listTerms } from "../terms/handler.ts";

/** The page of comments. It calls the handlers of the API's lists, and shows their answers. */

const commentsPerPage = 50;
const termsPerGroup = 15;

/** `GET /comments`: searched by words, survey, scores, tag and days, with the frequent words of a survey's groups. */
export async function showComments(asking: PageRequest): Promise<TextAnswer> {
  // The list and its words are looked for in the same answers, at the same time: each with a budget of its own.
  const request = { ...asking, table: readOnce(asking.table) };
  const { query, frame } = request;
  const asked = { ...query, hasComment: "true", limit: String(commentsPerPage) };
  const [{ body }, terms] = await Promise.all([
    listResponses(withReadBudget({ ...request, query: asked })),
    termsOf(request),
  ]);
  const text = renderCommentsPage({
    frame,
    parameters: query,
    surveys: surveyNames,
    comments: body.items,
    nextCursor: body.nextCursor ?? undefined,
    terms,
  });
  return pageAnswer(text);
}

/** Terms are those of a survey's days, whatever else is searched for; the first page shows them. */
async function termsOf(request: PageRequest): Promise<readonly TermGroup[]> {
  const { survey, from, to, cursor } = request.query;
  if (survey === undefined || cursor !== undefined) return [];
  const query = {
    ...{ survey, limit: String(termsPerGroup) },
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const { body } = await listTerms(withReadBudget({ ...request, query }));
  return body.groups;
}
