import type { Route } from "../../../route.ts";

export const reportRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/report", function: "render-report", scope: "read" },
];
