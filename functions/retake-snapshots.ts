import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { retakeSnapshots } from "../lib/api/routes/snapshots/handler.ts";

/** `POST /v1/snapshots`: takes the snapshots of closed days now, with the same result as the schedule's. */
export const handler = endpoint({ "POST /v1/snapshots": retakeSnapshots });
