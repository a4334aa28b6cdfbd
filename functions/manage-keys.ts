import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { deleteKey, getKeys, postKey } from "../lib/api/routes/keys/handler.ts";

/** `/v1/keys`: the API keys of the workspace. */
export const handler = endpoint({
  "POST /v1/keys": postKey,
  "GET /v1/keys": withCsv(getKeys),
  "DELETE /v1/keys/{id}": deleteKey,
});
