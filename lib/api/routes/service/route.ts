import type { Route } from "../../../route.ts";

/** The routes of the service itself. */
export const serviceRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/openapi.json", function: "describe-api", scope: "public" },
  { method: "GET", path: "/v1/health", function: "describe-api", scope: "public" },
];
