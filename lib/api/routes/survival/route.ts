import type { Route } from "../../../route.ts";

export const survivalRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/survival", function: "read-customers", scope: "read" },
];
