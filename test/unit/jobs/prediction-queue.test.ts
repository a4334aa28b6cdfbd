import { describe, expect, it } from "vitest";
import { addDays } from "../../../lib/calendar/days.ts";
import { isPredictionDue } from "../../../lib/jobs/prediction-queue.ts";

const last = "2026-11-29";
const entityKinds = ["customer"];

describe("a prediction is due", () => {
  it("of a workspace that has customers and was never asked for one", () => {
    expect(isPredictionDue({ entityKinds }, last, [])).toBe(true);
    expect(isPredictionDue({ entityKinds: ["cart"] }, last, [])).toBe(false);
    expect(isPredictionDue({}, last, [])).toBe(false);
  });

  it("a week after the last one, however late the run is, and not again before", () => {
    const due = [0, 1, 6, 7, 8, 30].filter((days) =>
      isPredictionDue({ entityKinds, predictionsAskedThrough: addDays(last, -days) }, last, []),
    );
    expect(due).toEqual([7, 8, 30]);
  });

  it("not while the last day, or the days of an import, wait for their files, and though days change that have files", () => {
    const dueBeside = (waiting: readonly string[]) => isPredictionDue({ entityKinds }, last, waiting);
    expect(dueBeside([last])).toBe(false);
    expect(dueBeside(Array.from({ length: 400 }, (_, index) => addDays("2024-01-01", index)))).toBe(false);
    expect(dueBeside(["2026-11-02", "2026-11-27"])).toBe(true);
  });
});
