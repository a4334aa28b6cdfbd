import type { Route } from "../../../route.ts";

/** The routes of sources: webhooks that come in, and who administers where they come from. */
export const sourceRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/sources", function: "manage-sources", scope: "admin", isBudgeted: false },
  { method: "GET", path: "/v1/sources/{id}", function: "manage-sources", scope: "admin", isBudgeted: false },
  { method: "PUT", path: "/v1/sources/{id}", function: "manage-sources", scope: "admin" },
  { method: "DELETE", path: "/v1/sources/{id}", function: "manage-sources", scope: "admin" },
  { method: "POST", path: "/v1/sources/{id}", function: "receive-webhooks", scope: "address" },
  { method: "HEAD", path: "/v1/sources/{id}", function: "receive-webhooks", scope: "address" },
  {
    method: "GET",
    path: "/v1/sources/{id}/unmapped",
    function: "manage-sources",
    scope: "admin",
    isBudgeted: false,
  },
  { method: "POST", path: "/v1/sources/{id}/replay", function: "receive-webhooks", scope: "admin" },
];
