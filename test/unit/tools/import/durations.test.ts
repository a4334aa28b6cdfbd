import { describe, expect, it } from "vitest";
import { readDuration } from "../../../../lib/tools/import/durations.ts";
import { RowProblem } from "../../../../lib/tools/import/problems.ts";

describe("durations", () => {
  it.each([
    ["00:02:05", 125],
    ["2:05", 125],
    ["1.02:00:00", 93_600],
    ["1 day, 2:00:00", 93_600],
    ["90", 90],
    ["1.5", 1.5],
    ["1h 5m", 3_900],
    ["2 min 5 sec", 125],
    ["3 days 4 hours", 273_600],
    ["2 Std. 5 Min.", 7_500],
    ["PT2M5S", 125],
    ["P1DT1H", 90_000],
    ["-00:00:10", -10],
  ])("are read as seconds: %s", (text, seconds) => {
    expect(readDuration(text, "seconds") / 1000).toBe(seconds);
  });

  it("without a unit are in the one that the mapping says", () => {
    expect(readDuration("1.5", "hours")).toBe(5_400_000);
  });

  it.each(["", "soon", "P", "PT", "1 parsec", "1:2", "5 apples 3 s"])("are refused: %j", (text) => {
    expect(() => readDuration(text, "seconds")).toThrow(RowProblem);
  });
});
