import type { Route } from "../../../route.ts";

export const reconciliationRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/reconciliation", function: "reconcile", scope: "admin" },
  { method: "GET", path: "/v1/reconciliation/{id}", function: "reconcile", scope: "admin" },
];
