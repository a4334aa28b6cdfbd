import { parseEvent } from "../lib/facts/parse.ts";
import { endpoint } from "../lib/http/endpoint.ts";
import { record } from "../lib/http/record.ts";

/** `POST /v1/events`: one fact or a batch, stored and counted in one step. */
export const handler = endpoint({
  "POST /v1/events": (request) => record(request, { batchField: "events", parse: parseEvent }),
});
