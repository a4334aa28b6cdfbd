import * as z from "zod";
import { textSchema } from "../../../domain/facts/base.ts";
import { maxChanges, setExcluded } from "../../../store/ledger/exclusion.ts";
import { isResponse } from "../../../store/records/responses.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseBody } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import type { responseDetailSchema } from "./answers.ts";
import { presentInFull } from "./handler.ts";

/** Taking responses out of the counts, and putting them back. */

/** The body of `PATCH /v1/responses/{id}`, and of the same for events. */
export const exclusionSchema = z
  .strictObject({
    excluded: z
      .boolean({ error: "must be true or false" })
      .meta({ description: "Whether the fact is left out of all counts" }),
    reason: textSchema(500, { multiline: true }).meta({
      description: "Why, for the audit; at most 500 characters",
      example: "Test answer of our own staff",
    }),
  })
  .meta({ id: "ExclusionRequest" });

/** `PATCH /v1/responses/{id}`. Asking for the state that there is changes nothing. */
export async function changeResponse(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof responseDetailSchema>>> {
  const { principal, parameters } = request;
  const { excluded, reason } = parseBody(exclusionSchema, request.body);
  const id = parameters["id"] ?? "";
  const change = { keyId: principal.keyId, excluded, reason };
  const changed = await setExcluded(request, id, isResponse, change);
  if (!changed) throw new HttpProblem(404, "there is no response with this id");
  const { outcome, fact } = changed;
  if (outcome === "full") {
    throw new HttpProblem(409, `the response has been taken out or put back ${maxChanges} times already`);
  }
  if (outcome === "superseded") {
    throw new HttpProblem(
      409,
      "another response has replaced it, and counts in its place: take that one out first",
    );
  }
  request.note({ excluded, changed: outcome === "changed" });
  return { status: 200, body: presentInFull(fact) };
}
