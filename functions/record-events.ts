import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { record } from "../lib/api/routes/facts/handler.ts";
import { parseEvent } from "../lib/domain/facts/parse.ts";

/** `POST /v1/events`: one fact or a batch, stored and counted in one step. */
export const handler = endpoint({
  "POST /v1/events": (request) => record(request, { batchField: "events", parse: parseEvent }),
});
