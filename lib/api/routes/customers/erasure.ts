import { eraseCustomer } from "../../../store/ledger/erasure.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import type { Answer } from "../../pipeline/handler.ts";
import { customerIdOf } from "./handler.ts";

/** `DELETE /v1/customers/{id}`: erases a person, and says what was erased. Safe to repeat. */
export async function deleteCustomer(request: HttpRequest): Promise<Answer> {
  const { table, workspace, deadline } = request;
  // Whoever means something by a parameter would not want the person erased without it.
  const erased = await eraseCustomer(table, workspace, customerIdOf(request), deadline);
  const { facts, comments, customer } = erased;
  request.note({ erasedFacts: facts, erasedComments: comments, erasedCustomer: customer });
  return { status: 200, body: { erased } };
}
