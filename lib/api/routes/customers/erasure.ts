import { eraseCustomer } from "../../../store/ledger/erasure.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import type { erasedSchema } from "./answers.ts";
import { erasureQuerySchema } from "./query.ts";

/** `DELETE /v1/customers`: erases a person, and says what was erased. Safe to repeat. */
export async function deleteCustomer(request: HttpRequest): Promise<Answer<AnswerOf<typeof erasedSchema>>> {
  const { customerId } = parseQuery(erasureQuerySchema, request.query);
  const erased = await eraseCustomer(request, customerId);
  const { facts, comments, customer } = erased;
  request.note({ erasedFacts: facts, erasedComments: comments, erasedCustomer: customer });
  return { status: 200, body: { erased } };
}
