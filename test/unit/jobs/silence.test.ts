import { describe, expect, it } from "vitest";
import { isUsual, partsOf, partsWithFacts } from "../../../lib/jobs/silence.ts";

const span = { from: 0, to: 12_000 };
const at = (occurredAt: number, recordedAt = occurredAt) => ({ occurredAt, recordedAt });

describe("the parts of a span", () => {
  it("are twelve, one after the other", () => {
    const parts = partsOf(span);
    expect(parts).toHaveLength(12);
    expect([parts[0], parts[11]]).toEqual([
      { from: 0, to: 1_000 },
      { from: 11_000, to: 12_000 },
    ]);
  });

  it("have facts where at least one happened: a large batch counts in one", () => {
    const batch = Array.from({ length: 500 }, () => at(3_500));
    expect(partsWithFacts(span, batch, 12_000)).toBe(1);
    expect(partsWithFacts(span, [at(0), at(999), at(1_000), at(11_999), at(12_000)], 12_000)).toBe(3);
  });

  it("have only facts that had come by then: what was imported later was not usual then", () => {
    expect(partsWithFacts(span, [at(500, 12_000), at(1_500, 12_001)], 12_000)).toBe(1);
  });
});

describe("facts usually come in a span", () => {
  it.each([
    [[12, 12, 12, 12], true],
    [[8, 8, 8, 0], true],
    [[12, 12, 0, 0], false],
    [[7, 7, 12, 12], false],
    [[7, 7, 7, 7], false],
    [[0, 0, 0, 0], false],
    [[], false],
  ])("where they came in %j of its parts in the weeks before: %s", (weeks, usual) => {
    expect(isUsual(weeks)).toBe(usual);
  });
});
