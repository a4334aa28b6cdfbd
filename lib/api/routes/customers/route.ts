import type { Route } from "../../../route.ts";

/** The routes about customers. */
export const customerRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/customers", function: "read-customers", scope: "read" },
  { method: "GET", path: "/v1/customers/counts", function: "read-customers", scope: "read" },
  { method: "DELETE", path: "/v1/customers", function: "erase-customers", scope: "admin", takesQuery: true },
];
