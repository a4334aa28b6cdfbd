import type { Route } from "../../../route.ts";

/** The routes of the settings. */
export const workspaceRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/workspace", function: "manage-workspace", scope: "read" },
  { method: "PATCH", path: "/v1/workspace", function: "manage-workspace", scope: "admin" },
];
