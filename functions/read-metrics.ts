import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { listMetrics } from "../lib/api/routes/metrics/catalogue.ts";
import { keysForMetric, readMetric } from "../lib/api/routes/metrics/handler.ts";
import { readSeries } from "../lib/api/routes/series/handler.ts";

/** `GET /v1/metrics`, `GET /v1/metrics/{id}` and `GET /v1/series`: the catalogue, and values computed from the counters. */
export const handler = endpoint(
  {
    "GET /v1/metrics": withCsv(listMetrics),
    "GET /v1/metrics/{id}": withCsv(readMetric),
    "GET /v1/series": withCsv(readSeries),
  },
  { "GET /v1/metrics/{id}": keysForMetric },
);
