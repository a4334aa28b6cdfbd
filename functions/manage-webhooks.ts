import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { getDeliveries, redeliver, testWebhook } from "../lib/api/routes/webhooks/deliveries.ts";
import {
  getWebhook,
  getWebhooks,
  putWebhook,
  removeWebhook,
  rotate,
} from "../lib/api/routes/webhooks/handler.ts";

/** `/v1/webhooks`: who is told what, and what became of it. */
export const handler = endpoint({
  "GET /v1/webhooks": getWebhooks,
  "GET /v1/webhooks/{id}": getWebhook,
  "PUT /v1/webhooks/{id}": putWebhook,
  "DELETE /v1/webhooks/{id}": removeWebhook,
  "POST /v1/webhooks/{id}/rotate": rotate,
  "POST /v1/webhooks/{id}/test": testWebhook,
  "GET /v1/webhooks/{id}/deliveries": getDeliveries,
  "POST /v1/webhooks/{id}/deliveries/{delivery}/redeliver": redeliver,
});
