import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { listEvents, readEvent } from "../lib/api/routes/events/handler.ts";
import { listResponses, readResponse } from "../lib/api/routes/responses/handler.ts";

/** `GET /v1/responses` and `GET /v1/events`, and one of them by its id: facts as they were sent, with their comments. */
export const handler = endpoint({
  "GET /v1/responses": withCsv(listResponses),
  "GET /v1/responses/{id}": readResponse,
  "GET /v1/events": withCsv(listEvents),
  "GET /v1/events/{id}": readEvent,
});
