import { endpoint } from "../lib/http/endpoint.ts";
import { retakeSnapshots } from "../lib/http/snapshots.ts";

/** `POST /v1/snapshots`: takes the snapshots of closed days now, with the same result as the schedule's. */
export const handler = endpoint({ "POST /v1/snapshots": retakeSnapshots });
