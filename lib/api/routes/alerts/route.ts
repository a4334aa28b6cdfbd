import type { Route } from "../../../route.ts";

export const alertRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/alerts", function: "manage-alerts", scope: "read" },
  { method: "GET", path: "/v1/alerts/{id}", function: "manage-alerts", scope: "read" },
  { method: "PUT", path: "/v1/alerts/{id}", function: "manage-alerts", scope: "admin" },
  { method: "DELETE", path: "/v1/alerts/{id}", function: "manage-alerts", scope: "admin" },
];
