import { withCsv } from "../lib/http/csv.ts";
import { endpoint } from "../lib/http/endpoint.ts";
import { listResponses, readResponse } from "../lib/http/responses.ts";

/** `GET /v1/responses`: survey responses with their comments. */
export const handler = endpoint({
  "GET /v1/responses": withCsv(listResponses),
  "GET /v1/responses/{id}": readResponse,
});
