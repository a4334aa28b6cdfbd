import { publicEndpoint } from "../lib/http/endpoint.ts";
import { openApiDocument } from "../lib/openapi/document.ts";
import { defaultTable } from "../lib/store/client.ts";
import { readWorkspace } from "../lib/store/workspaces.ts";
import { defaultWorkspace } from "../lib/telemetry/names.ts";

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
