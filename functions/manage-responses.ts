import { endpoint } from "../lib/http/endpoint.ts";
import { changeResponse } from "../lib/http/exclusion.ts";

/** `PATCH /v1/responses/{id}`: takes a response out of the counts, and puts it back. */
export const handler = endpoint({ "PATCH /v1/responses/{id}": changeResponse });
