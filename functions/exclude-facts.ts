import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { changeEvent } from "../lib/api/routes/events/exclusion.ts";
import { changeResponse } from "../lib/api/routes/responses/exclusion.ts";

/** `PATCH /v1/responses/{id}` and `/v1/events/{id}`: exclude a fact from the counts, or include it again. */
export const handler = endpoint({
  "PATCH /v1/responses/{id}": changeResponse,
  "PATCH /v1/events/{id}": changeEvent,
});
