import type { Route } from "../../../route.ts";

/** The route of frequent terms. */
export const termRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/terms", function: "list-terms", scope: "read" },
];
