import type { Route } from "../../../route.ts";

/** The route of several metrics at once. */
export const seriesRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/series", function: "read-metrics", scope: "read" },
];
