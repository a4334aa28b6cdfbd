import type { Route } from "../../../route.ts";

/** The routes that record facts. */
export const factRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/responses", function: "record-responses", scope: "ingest" },
  { method: "POST", path: "/v1/events", function: "record-events", scope: "ingest" },
];
