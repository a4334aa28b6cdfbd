import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import {
  getSource,
  getSources,
  getUnmapped,
  putSource,
  removeSource,
} from "../lib/api/routes/sources/handler.ts";

/** `/v1/sources`: where facts come from by themselves. */
export const handler = endpoint({
  "GET /v1/sources": getSources,
  "GET /v1/sources/{id}": getSource,
  "PUT /v1/sources/{id}": putSource,
  "DELETE /v1/sources/{id}": removeSource,
  "GET /v1/sources/{id}/unmapped": getUnmapped,
});
