import { withCsv } from "../lib/http/csv.ts";
import { endpoint } from "../lib/http/endpoint.ts";
import { listTerms } from "../lib/http/terms.ts";

/** `GET /v1/terms`: the frequent terms of comments. */
export const handler = endpoint({ "GET /v1/terms": withCsv(listTerms) });
