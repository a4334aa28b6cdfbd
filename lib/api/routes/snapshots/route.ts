import type { Route } from "../../../route.ts";

export const snapshotRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/snapshots", function: "read-snapshots", scope: "read" },
  { method: "POST", path: "/v1/snapshots", function: "retake-snapshots", scope: "admin" },
];
