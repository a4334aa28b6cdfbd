import { expect, it } from "vitest";
import { defaultSettings, type Workspace } from "../../../lib/domain/workspace/settings.ts";
import { statedThrough } from "../../../lib/queries/progress.ts";

const workspace: Workspace = {
  ...{ ...defaultSettings, id: "w", createdAt: "2026-10-09T02:00:00Z" },
  ...{ version: 1, trackedSince: {} },
};

it.each([
  ["without a snapshot nothing is stated", {}, undefined],
  [
    "every day up to the one to which none is missing",
    { snapshotsThrough: "2026-10-20", snapshotsTo: "2026-10-25" },
    "2026-10-20",
  ],
  [
    "every day before the workspace, once an imported one has its snapshot: those without need none",
    { snapshotsFrom: "2025-01-01", snapshotsTo: "2025-12-31" },
    "2026-10-08",
  ],
  [
    "only days before the workspace, as long as its first day has none",
    { snapshotsTo: "2026-10-25" },
    "2026-10-08",
  ],
])("%s", (_, snapshots, through) => {
  expect(statedThrough({ ...workspace, ...snapshots })).toBe(through);
});

it("the workspace's first day is that of its time zone", () => {
  const newYork = { ...workspace, timeZone: "America/New_York", snapshotsTo: "2026-10-25" };
  expect(statedThrough(newYork)).toBe("2026-10-07");
});
