import type { Route } from "../../../route.ts";

export const annotationRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/annotations",
    function: "manage-annotations",
    scope: "read",
    isBudgeted: false,
  },
  {
    method: "GET",
    path: "/v1/annotations/{id}",
    function: "manage-annotations",
    scope: "read",
    isBudgeted: false,
  },
  { method: "PUT", path: "/v1/annotations/{id}", function: "manage-annotations", scope: "admin" },
  { method: "DELETE", path: "/v1/annotations/{id}", function: "manage-annotations", scope: "admin" },
];
