import type { Route } from "../../../route.ts";

/** Only administrators: who can say where facts are sent can read all of them. */
export const webhookRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/webhooks", function: "manage-webhooks", scope: "admin", isBudgeted: false },
  {
    method: "GET",
    path: "/v1/webhooks/{id}",
    function: "manage-webhooks",
    scope: "admin",
    isBudgeted: false,
  },
  { method: "PUT", path: "/v1/webhooks/{id}", function: "manage-webhooks", scope: "admin" },
  { method: "DELETE", path: "/v1/webhooks/{id}", function: "manage-webhooks", scope: "admin" },
  { method: "POST", path: "/v1/webhooks/{id}/rotate", function: "manage-webhooks", scope: "admin" },
  { method: "POST", path: "/v1/webhooks/{id}/test", function: "manage-webhooks", scope: "admin" },
  {
    method: "GET",
    path: "/v1/webhooks/{id}/deliveries",
    function: "manage-webhooks",
    scope: "admin",
    isBudgeted: false,
  },
  {
    method: "POST",
    path: "/v1/webhooks/{id}/deliveries/{delivery}/redeliver",
    function: "manage-webhooks",
    scope: "admin",
  },
];
