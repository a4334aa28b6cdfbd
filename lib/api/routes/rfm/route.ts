import type { Route } from "../../../route.ts";

export const rfmRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/rfm", function: "read-customers", scope: "read" },
];
