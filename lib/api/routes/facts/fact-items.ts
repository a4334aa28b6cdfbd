import type { StoredFact } from "../../../store/records/facts.ts";
import type { StoredResponse } from "../../../store/records/responses.ts";
import { shownFact, shownResponse } from "../../../store/records/shown-fact.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { factItemSchema } from "../customers/answers.ts";
import type { responseItemSchema } from "../responses/answers.ts";

/** Stored facts as they are answered: what is shown of them fits the schemas of the answers. */

export function presentResponse(stored: StoredResponse): AnswerOf<typeof responseItemSchema> {
  return shownResponse(stored);
}

/** A stored fact of any type as it is answered, with its type. */
export function presentFact(stored: StoredFact): Omit<AnswerOf<typeof factItemSchema>, "customerId"> {
  return shownFact(stored);
}
