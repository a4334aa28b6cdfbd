import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { record } from "../lib/api/routes/facts/handler.ts";
import { parseResponse } from "../lib/domain/facts/parse.ts";

/** `POST /v1/responses`: one fact or a batch, stored and counted in one step. */
export const handler = endpoint({
  "POST /v1/responses": (request) => record(request, { batchField: "responses", parse: parseResponse }),
});
