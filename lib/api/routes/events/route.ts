import type { Route } from "../../../route.ts";

/** The routes about events that have been recorded. */
export const eventRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/events", function: "list-facts", scope: "read" },
  { method: "GET", path: "/v1/events/{id}", function: "list-facts", scope: "read" },
  { method: "PATCH", path: "/v1/events/{id}", function: "exclude-facts", scope: "admin" },
];
