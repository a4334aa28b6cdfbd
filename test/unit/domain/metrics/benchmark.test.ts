import { expect, it } from "vitest";
import { benchmarksOf } from "../../../../lib/domain/metrics/benchmark.ts";
import { churnRate } from "../../../../lib/domain/metrics/churn-rate.ts";
import { surveyResponseRate } from "../../../../lib/domain/metrics/survey-response-rate.ts";

const month = { from: "2026-03-01", to: "2026-03-31" };
const year = { from: "2025-01-01", to: "2025-12-31" };

it("a churn rate is held against the figure of as long a time, and of no other", () => {
  expect(benchmarksOf(churnRate, "cohort", { ...month, value: 6 })).toMatchObject([
    { low: 5, high: 5, of: "small SaaS businesses, a month", side: "above", isBetter: false },
  ]);
  expect(benchmarksOf(churnRate, "cohort", { ...year, value: 6 })).toMatchObject([
    { low: 5, high: 7, of: "large SaaS businesses, a year", side: "within", isBetter: null },
  ]);
  expect(benchmarksOf(churnRate, "cohort", { ...year, value: 4 })).toMatchObject([
    { side: "below", isBetter: true },
  ]);
  expect(benchmarksOf(churnRate, "cohort", { from: "2026-03-01", to: "2026-03-07", value: 6 })).toEqual([]);
});

it("nothing is held against another convention's figure, and no missing value against any", () => {
  expect(benchmarksOf(churnRate, "net", { ...month, value: 6 })).toEqual([]);
  expect(benchmarksOf(churnRate, "cohort", { ...month, value: null })).toEqual([]);
  expect(benchmarksOf(surveyResponseRate, "", { ...month, value: 15 })).toMatchObject([{ side: "within" }]);
  expect(benchmarksOf(surveyResponseRate, "", { ...month, value: 15.1 })).toMatchObject([
    { side: "above", isBetter: true },
  ]);
});
