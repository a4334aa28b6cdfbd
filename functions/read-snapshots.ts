import { withCsv } from "../lib/http/csv.ts";
import { endpoint } from "../lib/http/endpoint.ts";
import { readSnapshots } from "../lib/http/snapshots.ts";

/** `GET /v1/snapshots`: the daily snapshots. */
export const handler = endpoint({ "GET /v1/snapshots": withCsv(readSnapshots) });
