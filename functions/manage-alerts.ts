import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { getAlert, getAlerts, putAlert, removeAlert } from "../lib/api/routes/alerts/handler.ts";

/** `/v1/alerts`: the alerts of the workspace, and what they are raised for. */
export const handler = endpoint({
  "GET /v1/alerts": getAlerts,
  "GET /v1/alerts/{id}": getAlert,
  "PUT /v1/alerts/{id}": putAlert,
  "DELETE /v1/alerts/{id}": removeAlert,
});
