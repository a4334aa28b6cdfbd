import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { archiveNow } from "../lib/api/routes/archive/archive-now.ts";
import { retakeSnapshots } from "../lib/api/routes/snapshots/handler.ts";

/**
 * `POST /v1/snapshots`: takes the snapshots of closed days now, with the same result as the schedule's. `POST /v1/archive`: asks for all
 * that the schedule would take next.
 */
export const handler = endpoint({ "POST /v1/snapshots": retakeSnapshots, "POST /v1/archive": archiveNow });
