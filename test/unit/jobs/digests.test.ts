import { expect, it } from "vitest";
import { defaultSettings, type Workspace } from "../../../lib/domain/workspace/settings.ts";
import { dueDigest } from "../../../lib/jobs/digests.ts";

const heard = { hook: { events: ["digest.ready" as const] } };

function workspace(own: Partial<Workspace>): Workspace {
  const made = { id: "w", createdAt: "2026-01-01T00:00:00Z", version: 1, trackedSince: {} };
  return { ...defaultSettings, ...made, subscriptions: heard, ...own };
}

it("a daily digest is due for the last closed day, once", () => {
  expect(dueDigest(workspace({ digest: "daily" }), "2026-06-03")).toBe("2026-06-03");
  const written = workspace({ digest: "daily", digestedThrough: "2026-06-03" });
  expect(dueDigest(written, "2026-06-03")).toBeUndefined();
  expect(dueDigest(written, "2026-06-04")).toBe("2026-06-04");
});

it("a weekly digest is due for the last whole ISO week, once", () => {
  // 2026-06-07 is a Sunday.
  expect(dueDigest(workspace({ digest: "weekly" }), "2026-06-07")).toBe("2026-06-07");
  expect(dueDigest(workspace({ digest: "weekly" }), "2026-06-10")).toBe("2026-06-07");
  const written = workspace({ digest: "weekly", digestedThrough: "2026-06-07" });
  expect(dueDigest(written, "2026-06-13")).toBeUndefined();
  expect(dueDigest(written, "2026-06-14")).toBe("2026-06-14");
});

it("none is due that nobody wants or hears of", () => {
  expect(dueDigest(workspace({}), "2026-06-07")).toBeUndefined();
  expect(dueDigest(workspace({ digest: "daily", subscriptions: {} }), "2026-06-07")).toBeUndefined();
});
