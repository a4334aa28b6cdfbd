import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { reconcileDays } from "../lib/api/routes/reconciliation/handler.ts";

/** `POST /v1/reconciliation`: recounts the stored facts of some days, and puts right what differs on request. */
export const handler = endpoint({ "POST /v1/reconciliation": reconcileDays });
