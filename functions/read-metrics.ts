import { withCsv } from "../lib/http/csv.ts";
import { endpoint } from "../lib/http/endpoint.ts";
import { keysForMetric, listMetrics, readMetric } from "../lib/http/metrics.ts";

/** `GET /v1/metrics` and `GET /v1/metrics/{id}`: the catalogue, and values computed from the counters. */
export const handler = endpoint(
  {
    "GET /v1/metrics": withCsv(listMetrics),
    "GET /v1/metrics/{id}": withCsv(readMetric),
  },
  { "GET /v1/metrics/{id}": keysForMetric },
);
