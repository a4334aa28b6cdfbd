import { describe, expect, it } from "vitest";
import { RowProblem } from "../../../../lib/tools/import/problems.ts";
import { readScore } from "../../../../lib/tools/import/scores.ts";

describe("scores", () => {
  it.each([
    ["4", 4],
    ["4.0", 4],
    ["4 - Good", 4],
    ["4/5", 4],
    ["4 out of 5", 4],
    ["4 stars", 4],
    ["★★★★☆", 4],
    ["⭐⭐⭐", 3],
    ["Good", 5],
    ["Bad with comment", 1],
    ["thumbs_up", 5],
    ["👎🏽", 1],
    ["👍", 5],
    ["neutral", 3],
  ])("on 1–5 are read: %s", (text, score) => {
    expect(readScore(text, "1-5")).toBe(score);
  });

  it("by words are the ends of their scale", () => {
    expect([readScore("good", "0-10"), readScore("bad", "0-10")]).toEqual([10, 0]);
  });

  it.each(["4/10", "Offered", "not applicable", "no answer", "", "4.5"])("are refused: %j", (text) => {
    expect(() => readScore(text, "1-5")).toThrow(RowProblem);
  });
});
