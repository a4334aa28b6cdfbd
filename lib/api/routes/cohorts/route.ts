import type { Route } from "../../../route.ts";

export const cohortRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/cohorts", function: "read-customers", scope: "read" },
];
