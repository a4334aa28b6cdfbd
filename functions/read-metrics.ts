import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { listMetrics } from "../lib/api/routes/metrics/catalogue.ts";
import { keysForMetric, readMetric } from "../lib/api/routes/metrics/handler.ts";

/** `GET /v1/metrics` and `GET /v1/metrics/{id}`: the catalogue, and values computed from the counters. */
export const handler = endpoint(
  {
    "GET /v1/metrics": withCsv(listMetrics),
    "GET /v1/metrics/{id}": withCsv(readMetric),
  },
  { "GET /v1/metrics/{id}": keysForMetric },
);
