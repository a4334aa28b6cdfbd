import { describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import { defaultSettings, type Workspace } from "../../../lib/domain/workspace/settings.ts";
import { isMeasuringDue } from "../../../lib/jobs/customer-effects-due.ts";

/** When customers are measured again. */

const through = "2026-05-10";
const made: Workspace = {
  ...{ ...defaultSettings, id: "shop", createdAt: "2026-01-01T00:00:00Z", version: 1, trackedSince: {} },
};
const measured = (isPartial: boolean): Workspace => ({
  ...made,
  customers: { through, isPartial, effects: {} },
});

describe("measuring customers", () => {
  it("begins with the first closed days", () => {
    expect(isMeasuringDue(made, through, false)).toBe(false);
    expect(isMeasuringDue(made, through, true)).toBe(true);
    expect(isMeasuringDue({ ...made, snapshotsTo: through }, through, false)).toBe(true);
  });

  it("is due again a week later", () => {
    const due = [0, 1, 6, 7].map((days) => isMeasuringDue(measured(false), addDays(through, days), true));
    expect(due).toEqual([false, false, false, true]);
  });

  it("while days are still being closed is due on the next day, never twice a day", () => {
    const due = [0, 1].map((days) => isMeasuringDue(measured(true), addDays(through, days), true));
    expect(due).toEqual([false, true]);
  });
});
