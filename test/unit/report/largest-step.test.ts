import { describe, expect, it } from "vitest";
import type { ComparisonEntry } from "../../../lib/domain/metrics/series.ts";
import type { Verdict } from "../../../lib/domain/metrics/verdict.ts";
import { daysOfChange, largestStep } from "../../../lib/report/largest-step.ts";
import { daily } from "./report.ts";

function lineOf(values: readonly (number | null)[], change: number, verdict: Verdict = "worse") {
  const compared = { from: "2026-09-01", to: "2026-09-30", value: 40, n: 90, lowSample: false };
  const comparison: ComparisonEntry = {
    ...{ ...compared, days: 30, daysKnown: 30, changeLow: null, changeHigh: null, pValue: 0.01 },
    ...{ change, changePercent: 10, significant: true, verdict },
  };
  return { points: daily(values), comparison };
}

describe("the largest step", () => {
  it("is the one in the direction of the whole change, with what was before and after", () => {
    expect(largestStep(lineOf([50, 48, 20, 60, 22], -30))).toMatchObject({
      ...{ from: "2026-10-05", to: "2026-10-05", before: 60, after: 22 },
    });
    expect(largestStep(lineOf([50, 48, 20, 60, 22], 30))).toMatchObject({ before: 20, after: 60 });
  });

  it("is none where the value moved little by little", () => {
    expect(largestStep(lineOf([50, 45, 40, 35, 30], -20))).toBeUndefined();
  });

  it("goes over gaps, and over intervals with few data", () => {
    expect(largestStep(lineOf([50, null, 20], -30))).toMatchObject({ before: 50, after: 20 });
    const [first, second, third] = daily([50, 0, 48]);
    if (!first || !second || !third) throw new Error("there are three days");
    const points = [first, { ...second, lowSample: true }, third];
    expect(largestStep({ ...lineOf([], -30), points })).toBeUndefined();
  });
});

describe("the days of a change", () => {
  const steps = [50, 50, 10, 10];

  it.each(["better", "worse", "changed"] as const)(
    "are those of its largest step where it is %s",
    (verdict) => {
      expect(daysOfChange(lineOf(steps, -40, verdict))).toEqual({ from: "2026-10-03", to: "2026-10-03" });
    },
  );

  it.each(["within-noise", "too-few", "too-small", "no-baseline"] as const)(
    "are none where it is %s",
    (verdict) => {
      expect(daysOfChange(lineOf(steps, -40, verdict))).toBeUndefined();
    },
  );

  it("are none where nothing is compared", () => {
    expect(daysOfChange({ points: daily(steps) })).toBeUndefined();
  });
});
