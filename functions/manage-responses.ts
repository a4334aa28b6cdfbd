import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { changeResponse } from "../lib/api/routes/responses/exclusion.ts";

/** `PATCH /v1/responses/{id}`: takes a response out of the counts, and puts it back. */
export const handler = endpoint({ "PATCH /v1/responses/{id}": changeResponse });
