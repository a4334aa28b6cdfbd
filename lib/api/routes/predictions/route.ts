import type { Route } from "../../../route.ts";

export const predictionRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/predictions",
    function: "manage-predictions",
    scope: "admin",
    isBudgeted: true,
  },
  { method: "GET", path: "/v1/predictions", function: "manage-predictions", scope: "read" },
];
