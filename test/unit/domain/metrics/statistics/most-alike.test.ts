import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MostAlike } from "../../../../../lib/domain/metrics/statistics/most-alike.ts";

function mostOf(values: readonly number[], share: number): number | undefined {
  const alike = new MostAlike(share);
  for (const value of values) alike.add(value);
  return alike.value;
}

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);
const others = (count: number): number[] => Array.from({ length: count }, (_, at) => 90 - at);

describe("what most values are", () => {
  it("is the value of more than the share", () => {
    expect(mostOf([...others(6), ...times(7, 100)], 0.5)).toBe(100);
    expect(mostOf([...times(6, 100), ...others(6)], 0.5)).toBeUndefined();
    expect(mostOf([...times(40, 100), ...others(2)], 0.95)).toBe(100);
    expect(mostOf([...times(38, 100), ...others(2)], 0.95)).toBeUndefined();
  });

  it("is not known of fewer than ten, and never where all would have to be more than alike", () => {
    expect(mostOf(times(9, 100), 0.5)).toBeUndefined();
    expect(mostOf(times(10, 100), 0.5)).toBe(100);
    expect(mostOf(times(100, 100), 1)).toBeUndefined();
  });

  it("is the median, whatever their order, where more than half are one value", () => {
    const values = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 10, maxLength: 40 });
    fc.assert(
      fc.property(values, (some) => {
        const most = mostOf(some, 0.5);
        const median = some.toSorted()[Math.floor(some.length / 2)];
        const isMost = some.filter((value) => value === median).length > some.length / 2;
        expect(most).toBe(isMost ? median : undefined);
        expect(mostOf(some.toReversed(), 0.5)).toBe(most);
      }),
    );
  });
});
