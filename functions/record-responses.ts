import { parseResponse } from "../lib/facts/parse.ts";
import { endpoint } from "../lib/http/endpoint.ts";
import { record } from "../lib/http/record.ts";

/** `POST /v1/responses`: one fact or a batch, stored and counted in one step. */
export const handler = endpoint({
  "POST /v1/responses": (request) => record(request, { batchField: "responses", parse: parseResponse }),
});
