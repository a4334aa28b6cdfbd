import { expect, it } from "vitest";
import type { ReportLine } from "../../../lib/report/model.ts";
import { peakOf } from "../../../lib/report/peak.ts";

function line(change: number, values: readonly (number | null)[], low: readonly number[] = []): ReportLine {
  const points = values.map((value, index) => ({
    ...{ from: `2026-09-0${index + 1}`, to: `2026-09-0${index + 1}`, value, lowSample: low.includes(index) },
  }));
  return { points, comparison: { change } } as unknown as ReportLine;
}

it("a change for less is furthest where the value is least, one for more where it is greatest", () => {
  expect(peakOf(line(-5, [4, 1, 3]))?.from).toBe("2026-09-02");
  expect(peakOf(line(5, [4, 1, 5, 3]))?.from).toBe("2026-09-03");
});

it("low samples and intervals without a value tell nothing, and of equal ones the latest is told", () => {
  expect(peakOf(line(5, [4, 9, null, 3], [1]))?.from).toBe("2026-09-01");
  expect(peakOf(line(5, [4, 2, 4]))?.from).toBe("2026-09-03");
  expect(peakOf(line(5, [null]))).toBeUndefined();
});
