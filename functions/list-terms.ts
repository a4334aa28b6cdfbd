import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { listTerms } from "../lib/api/routes/terms/handler.ts";

/** `GET /v1/terms`: the frequent terms of comments. */
export const handler = endpoint({ "GET /v1/terms": withCsv(listTerms) });
