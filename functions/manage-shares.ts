import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { deleteShare, getShares, postShare } from "../lib/api/routes/shares/handler.ts";

/** `/v1/shares`: links that open a page without a key. */
export const handler = endpoint({
  "GET /v1/shares": getShares,
  "POST /v1/shares": postShare,
  "DELETE /v1/shares/{id}": deleteShare,
});
