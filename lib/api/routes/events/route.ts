import type { Route } from "../../../route.ts";

/** The routes about events that have been recorded. */
export const eventRoutes: readonly Route[] = [
  { method: "PATCH", path: "/v1/events/{id}", function: "manage-responses", scope: "admin" },
];
