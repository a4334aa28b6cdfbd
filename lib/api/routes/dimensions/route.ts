import type { Route } from "../../../route.ts";

/** The routes of the values of a dimension. */
export const dimensionRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/dimensions/{id}", function: "manage-workspace", scope: "admin" },
  { method: "PATCH", path: "/v1/dimensions/{id}", function: "manage-workspace", scope: "admin" },
];
