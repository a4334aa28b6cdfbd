import { describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import { isPredictionDue } from "../../../lib/jobs/prediction-queue.ts";

const last = "2026-11-29";
const customers = {
  entityKinds: ["customer"],
  createdAt: `${addDays(last, -2)}T00:00:00.000Z`,
  timeZone: "UTC",
};

describe("a prediction is due", () => {
  it("of a workspace that has customers and was never asked for one", () => {
    expect(isPredictionDue(customers, last, [])).toBe(true);
    expect(isPredictionDue({ ...customers, entityKinds: ["cart"] }, last, [])).toBe(false);
    expect(isPredictionDue({ ...customers, entityKinds: undefined }, last, [])).toBe(false);
  });

  it("a week after the last one, however late the run is, and not again before", () => {
    const due = [0, 1, 6, 7, 8, 30].filter((days) =>
      isPredictionDue({ ...customers, predictionsAskedThrough: addDays(last, -days) }, last, []),
    );
    expect(due).toEqual([7, 8, 30]);
  });

  it("not while the last day, or the days of an import, wait for their files, and though days change that have files", () => {
    const dueBeside = (waiting: readonly string[]) => isPredictionDue(customers, last, waiting);
    expect(dueBeside([last])).toBe(false);
    expect(dueBeside(Array.from({ length: 400 }, (_, index) => addDays("2024-01-01", index)))).toBe(false);
    expect(dueBeside(["2026-11-02", "2026-11-27"])).toBe(true);
  });

  it("two days later all the same: late facts of every hour do not put it off for ever", () => {
    const asked = (days: number, waiting: readonly string[]) =>
      isPredictionDue({ ...customers, predictionsAskedThrough: addDays(last, -days) }, last, waiting);
    const many = Array.from({ length: 400 }, (_, index) => addDays("2024-01-01", index));
    expect([7, 8, 9, 10].map((days) => asked(days, [last]))).toEqual([false, false, true, true]);
    expect([8, 9].map((days) => asked(days, many))).toEqual([false, true]);
    const older = { ...customers, createdAt: `${addDays(last, -9)}T00:00:00.000Z` };
    expect(isPredictionDue(older, last, [last])).toBe(true);
    // The first import of a workspace is waited for, however long ago the workspace was made.
    expect(isPredictionDue(older, last, many)).toBe(false);
  });
});
