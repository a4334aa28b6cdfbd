import { publicEndpoint } from "../lib/api/pipeline/endpoint.ts";
import { checkHealth, describeApi } from "../lib/api/routes/service/handler.ts";

/** `GET /v1/openapi.json` and `GET /v1/health`. */
export const handler = publicEndpoint({
  "GET /v1/openapi.json": describeApi,
  "GET /v1/health": checkHealth,
});
