import { openApiDocument } from "../lib/api/openapi/document.ts";
import { publicEndpoint } from "../lib/api/pipeline/endpoint.ts";
import { readWorkspace } from "../lib/store/settings/workspaces.ts";
import { defaultTable } from "../lib/store/table/client.ts";
import { defaultWorkspace } from "../lib/workspace/settings.ts";

/** `GET /v1/openapi.json` and `GET /v1/health`. */
export const handler = publicEndpoint({
  "GET /v1/openapi.json": async () => ({
    status: 200,
    body: openApiDocument("/"),
    headers: { "cache-control": "public, max-age=300" },
  }),
  "GET /v1/health": async () => {
    // Any read will do: it fails when the table does not answer.
    await readWorkspace(defaultTable(), defaultWorkspace);
    return { status: 200, body: { status: "ok" } };
  },
});
