import type { Route } from "../../../route.ts";

/** The routes of API keys. */
export const keyRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/keys", function: "manage-keys", scope: "admin" },
  { method: "GET", path: "/v1/keys", function: "manage-keys", scope: "admin", isBudgeted: false },
  { method: "DELETE", path: "/v1/keys/{id}", function: "manage-keys", scope: "admin" },
];
