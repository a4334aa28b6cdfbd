import { expect, it } from "vitest";
import { addDurations } from "../../../../lib/domain/metrics/durations.ts";
import { feedbackPart } from "../../../../lib/domain/metrics/feedback.ts";
import { nps } from "../../../../lib/domain/metrics/nps.ts";

it("the durations of two groups together are as many, and their sums and cells add up", () => {
  const one = { n: 2, sum: 30n, squares: 500n, cells: new Map([["c1", 2n]]) };
  const other = {
    ...{ n: 3, sum: 70n, squares: 1_700n },
    cells: new Map([
      ["c1", 1n],
      ["c4", 2n],
    ]),
  };
  expect(addDurations(one, other)).toEqual({
    ...{ n: 5, sum: 100n, squares: 2_200n },
    cells: new Map([
      ["c1", 3n],
      ["c4", 2n],
    ]),
  });
  expect(one.cells).toEqual(new Map([["c1", 2n]]));
});

it("the part of a survey that a metric of all surveys reads counts its responses and comments alone", () => {
  const { counters, counts, increments, family } = feedbackPart(nps, "nps");
  const answered = { kind: "answered", scale: "0-10", score: 9, day: "2026-10-02", segments: {} } as const;
  expect({ counters, family }).toEqual({ counters: ["nps-responses", "nps-comments"], family: "nps" });
  expect(counts).toEqual(["answered"]);
  expect(increments({ ...answered, survey: "nps", hasComment: true })).toEqual({
    "nps-responses": 1,
    "nps-comments": 1,
  });
  expect(increments({ ...answered, survey: "nps", hasComment: false })).toEqual({ "nps-responses": 1 });
  expect(increments({ ...answered, survey: "csat", hasComment: true })).toEqual({});
  expect(increments({ kind: "cart-started", day: "2026-10-02", segments: {} })).toEqual({});
});
