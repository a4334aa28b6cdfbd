import type { Route } from "../../../route.ts";

/** The routes of the archive of closed days. */
export const archiveRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/archive", function: "read-customers", scope: "read" },
  { method: "POST", path: "/v1/archive", function: "retake-snapshots", scope: "admin", isBudgeted: true },
];
