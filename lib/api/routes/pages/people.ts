import { surveyNames } from "../../../facts/responses.ts";
import { renderCommentsPage, type TermGroup } from "../../../pages/comments-page.ts";
import { renderCustomersPage } from "../../../pages/customers-page.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { type PageRequest, pageAnswer } from "../../pipeline/page-endpoint.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { readCustomer } from "../customers/handler.ts";
import { readCustomers } from "../customers/list.ts";
import { listResponses } from "../responses/handler.ts";
import { listTerms } from "../terms/handler.ts";

/** The pages of what people wrote and did. They ask what the API's lists ask, and show it. */

/** Comments on one page. */
const commentsPerPage = 50;
const factsPerPage = 100;
const customersPerPage = 50;
const termsPerGroup = 15;

/** `GET /comments`: searched by words, survey, scores, tag and days, with the frequent words of a survey's groups. */
export async function showComments(request: PageRequest): Promise<TextAnswer> {
  const { query, frame } = request;
  const asked = { ...query, hasComment: "true", limit: String(commentsPerPage) };
  const [{ body }, terms] = await Promise.all([
    listResponses({ ...request, query: asked }),
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
  const { body } = await listTerms({ ...request, query });
  return body.groups;
}

/** `GET /customers`: one of them by its id, else the list. */
export async function showCustomer(request: PageRequest): Promise<TextAnswer> {
  const { query, frame } = request;
  const page = { frame, parameters: query };
  if (query["customerId"] === undefined) return listCustomers(request);
  try {
    const asked = { ...query, limit: String(factsPerPage) };
    const { body } = await readCustomer({ ...request, query: asked });
    return pageAnswer(renderCustomersPage({ ...page, customer: body }));
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.status !== 404) throw error;
    return pageAnswer(renderCustomersPage({ ...page, isMissing: true }), 404);
  }
}

/** A page of the list; where the archive is behind it says so, and one customer can be found all the same. */
async function listCustomers(request: PageRequest): Promise<TextAnswer> {
  const { query, frame } = request;
  const page = { frame, parameters: query };
  try {
    const { body } = await readCustomers({
      ...request,
      query: { limit: String(customersPerPage), ...query },
    });
    return pageAnswer(renderCustomersPage({ ...page, list: body }));
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.status !== 409) throw error;
    return pageAnswer(renderCustomersPage({ ...page, problem: error.message }));
  }
}
