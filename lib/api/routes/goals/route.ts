import type { Route } from "../../../route.ts";

export const goalRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/goals", function: "manage-goals", scope: "read" },
  { method: "GET", path: "/v1/goals/{id}", function: "manage-goals", scope: "read" },
  { method: "PUT", path: "/v1/goals/{id}", function: "manage-goals", scope: "admin", isBudgeted: true },
  { method: "DELETE", path: "/v1/goals/{id}", function: "manage-goals", scope: "admin" },
];
