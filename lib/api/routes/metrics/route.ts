import type { Route } from "../../../route.ts";

export const metricRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/metrics", function: "read-metrics", scope: "read" },
  { method: "GET", path: "/v1/metrics/{id}", function: "read-metrics", scope: "read" },
];
