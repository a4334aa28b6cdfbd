import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { getWorkspace, patchWorkspace } from "../lib/api/routes/workspace/handler.ts";

/** `GET` and `PATCH /v1/workspace`: the settings. */
export const handler = endpoint({
  "GET /v1/workspace": getWorkspace,
  "PATCH /v1/workspace": patchWorkspace,
});
