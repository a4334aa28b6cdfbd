import { renderCustomersPage } from "../../../pages/customers-page.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { type PageRequest, pageAnswer } from "../../pipeline/page-endpoint.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { readCustomer } from "../customers/handler.ts";
import { readCustomers } from "../customers/list.ts";

/** The page of customers. It calls the handlers of the API, and shows their answers. */

const factsPerPage = 100;
const customersPerPage = 50;

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
    return pageAnswer(renderCustomersPage({ ...page, isBehind: true }));
  }
}
