import { endpoint } from "../lib/http/endpoint.ts";
import { reconcileDays } from "../lib/http/reconciliation.ts";

/** `POST /v1/reconciliation`: recounts the stored facts of some days, and puts right what differs on request. */
export const handler = endpoint({ "POST /v1/reconciliation": reconcileDays });
