import type { Route } from "../../../route.ts";

/** The routes about survey responses. */
export const responseRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/responses", function: "list-facts", scope: "read" },
  { method: "GET", path: "/v1/responses/{id}", function: "list-facts", scope: "read" },
  { method: "PATCH", path: "/v1/responses/{id}", function: "exclude-facts", scope: "admin" },
];
