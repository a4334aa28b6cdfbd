import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayFromNumber } from "../../../../lib/domain/calendar/days.ts";
import { customer } from "../../../../lib/domain/entities/customer.ts";
import { joined, SuspectedDrift } from "../../../../lib/store/reconciliation/suspected-drift.ts";

describe("the days to look at again", () => {
  it("are those of the counters and customers in doubt, and all of a year in doubt", () => {
    const day = (when: string) => ({ family: "nps", segment: "all", when });
    const drift = new SuspectedDrift(
      [day("2025-01-02"), day("2025-01-04"), day("2024")],
      [{ subject: { entity: customer, id: "c" }, days: ["2025-01-03"] }],
    );
    expect(drift.ranges()).toEqual([
      { from: "2024-01-01", to: "2024-12-31" },
      { from: "2025-01-02", to: "2025-01-04" },
    ]);
    expect(drift.size).toBe(4);
  });

  it("are joined to ranges that hold the same days, none twice", () => {
    const ranges = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 })));
    fc.assert(
      fc.property(ranges, (shapes) => {
        const given = shapes.map(([start, length]) => ({
          from: dayFromNumber(20_000 + start),
          to: dayFromNumber(20_000 + start + length),
        }));
        const result = joined(given);
        for (let day = 20_000; day < 20_080; day += 1) {
          const text = dayFromNumber(day);
          const holds = ({ from, to }: { from: string; to: string }) => from <= text && text <= to;
          expect(result.filter(holds)).toHaveLength(given.some(holds) ? 1 : 0);
        }
      }),
    );
  });
});
