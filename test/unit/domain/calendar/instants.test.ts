import fc from "fast-check";
import { expect, it } from "vitest";
import { instantText } from "../../../../lib/domain/calendar/instants.ts";

it("writes every instant as toISOString does", () => {
  const most = 8_640_000_000_000_000;
  const near = fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_000 + 86_400_000 * 400 });
  fc.assert(
    fc.property(fc.oneof(near, fc.integer({ min: -most, max: most })), (instant) => {
      expect(instantText(instant)).toBe(new Date(instant).toISOString());
    }),
    { numRuns: 2_000, examples: [[0], [-1], [most], [-most], [253_402_300_800_000], [-62_167_219_200_001]] },
  );
});

it("writes them the same after more days than it remembers", () => {
  for (let day = 0; day < 10_002; day += 1) instantText(day * 86_400_000);
  expect(instantText(86_399_999)).toBe("1970-01-01T23:59:59.999Z");
});

it("refuses days after the last one, and what is no number", () => {
  expect(() => instantText(8_640_000_086_400_000)).toThrow(RangeError);
  expect(() => instantText(Number.NaN)).toThrow(RangeError);
});
