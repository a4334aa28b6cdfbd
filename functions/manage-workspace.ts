import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { changeDimension, getDimension } from "../lib/api/routes/dimensions/handler.ts";
import { getWorkspace, patchWorkspace } from "../lib/api/routes/workspace/handler.ts";

/** `/v1/workspace` and `/v1/dimensions`: the settings, and the values that count by name. */
export const handler = endpoint({
  "GET /v1/workspace": getWorkspace,
  "PATCH /v1/workspace": patchWorkspace,
  "GET /v1/dimensions/{id}": getDimension,
  "PATCH /v1/dimensions/{id}": changeDimension,
});
