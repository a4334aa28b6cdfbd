import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { readSnapshots } from "../lib/api/routes/snapshots/handler.ts";

/** `GET /v1/snapshots`: the daily snapshots. */
export const handler = endpoint({ "GET /v1/snapshots": withCsv(readSnapshots) });
