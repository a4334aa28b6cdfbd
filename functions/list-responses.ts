import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { listResponses, readResponse } from "../lib/api/routes/responses/handler.ts";

/** `GET /v1/responses`: survey responses with their comments. */
export const handler = endpoint({
  "GET /v1/responses": withCsv(listResponses),
  "GET /v1/responses/{id}": readResponse,
});
