import { maxChanges, setExcluded } from "../../../store/ledger/exclusion.ts";
import type { StoredFact } from "../../../store/records/facts.ts";
import { isResponse } from "../../../store/records/responses.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseBody } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { exclusionSchema } from "../responses/exclusion.ts";
import type { eventDetailSchema } from "./answers.ts";
import { presentEventInFull } from "./handler.ts";

/** Taking events out of the counts, and putting them back. */

const isEvent = (stored: StoredFact): stored is StoredFact => !isResponse(stored);

/** `PATCH /v1/events/{id}`: of events of any type. Asking for the state that there is changes nothing. */
export async function changeEvent(request: HttpRequest): Promise<Answer<AnswerOf<typeof eventDetailSchema>>> {
  const { principal, parameters } = request;
  const { excluded, reason } = parseBody(exclusionSchema, request.body);
  const change = { keyId: principal.keyId, excluded, reason };
  const changed = await setExcluded(request, parameters["id"] ?? "", isEvent, change);
  if (!changed) throw new HttpProblem(404, "there is no event with this id");
  const { outcome, fact } = changed;
  if (outcome === "full") {
    throw new HttpProblem(409, `the event has been taken out or put back ${maxChanges} times already`);
  }
  if (outcome === "erased") {
    throw new HttpProblem(409, "the person whom the event was about has been erased: it stays as it is");
  }
  if (outcome === "superseded") {
    throw new HttpProblem(
      409,
      "another event has replaced it, and counts in its place: take that one out first",
    );
  }
  request.note({ excluded, changed: outcome === "changed" });
  return { status: 200, body: presentEventInFull(fact) };
}
