import type { Route } from "../../../route.ts";

/** The routes of shared links. */
export const shareRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/shares", function: "manage-shares", scope: "admin", isBudgeted: false },
  { method: "POST", path: "/v1/shares", function: "manage-shares", scope: "admin" },
  { method: "DELETE", path: "/v1/shares/{id}", function: "manage-shares", scope: "admin" },
];
