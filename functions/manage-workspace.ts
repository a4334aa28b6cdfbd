import { endpoint } from "../lib/http/endpoint.ts";
import { getWorkspace, patchWorkspace } from "../lib/http/workspace.ts";

/** `GET` and `PATCH /v1/workspace`: the settings. */
export const handler = endpoint({
  "GET /v1/workspace": getWorkspace,
  "PATCH /v1/workspace": patchWorkspace,
});
