import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import {
  getAnnotation,
  getAnnotations,
  putAnnotation,
  removeAnnotation,
} from "../lib/api/routes/annotations/handler.ts";

/** `/v1/annotations`: what happened on some days. */
export const handler = endpoint({
  "GET /v1/annotations": withCsv(getAnnotations),
  "GET /v1/annotations/{id}": getAnnotation,
  "PUT /v1/annotations/{id}": putAnnotation,
  "DELETE /v1/annotations/{id}": removeAnnotation,
});
