import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { readReconciliation, reconcileDays } from "../lib/api/routes/reconciliation/handler.ts";

/** Reconciliation: recounts the stored facts of some days, puts right what differs on request, and says how a long one stands. */
export const handler = endpoint({
  "POST /v1/reconciliation": reconcileDays,
  "GET /v1/reconciliation/{id}": readReconciliation,
});
