import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber } from "../../../../../lib/domain/calendar/days.ts";
import {
  type CohortMember,
  type CohortQuestion,
  cohortsOf,
  meanRow,
} from "../../../../../lib/domain/metrics/lifetime/cohorts.ts";

const year = { from: "2026-01-01", to: "2026-12-31" };
const question: CohortQuestion = {
  ...{ range: year, by: "month", through: "2026-04-10", lastOver: "2026-04-09" },
};

function member(joined: string, purchases: readonly (readonly [string, number])[], group = ""): CohortMember {
  const days = purchases.map(([day, amount]) => ({
    ...{ day: dayNumber(day), orders: 1, amountMinor: BigInt(amount) },
  }));
  return { joined: dayNumber(joined), group, purchases: days };
}

const members = [
  member("2026-01-05", [
    ["2026-01-05", 100],
    ["2026-01-31", 50],
    ["2026-03-01", 30],
  ]),
  member("2026-01-31", [["2026-01-31", 200]]),
  member("2026-03-02", [
    ["2026-03-02", 10],
    ["2026-04-01", 20],
  ]),
];

describe("cohorts", () => {
  it("are who joined in the same month, by what they did at each age", () => {
    const [january, march] = cohortsOf(members, question);
    expect(january).toMatchObject({ from: "2026-01-01", to: "2026-01-31", customers: 2 });
    const shown = january?.cells.map(({ age, buyers, orders, amountMinor, amountSoFarMinor, isOver }) => [
      ...[age, buyers, orders, amountMinor, amountSoFarMinor, isOver],
    ]);
    expect(shown).toEqual([
      [0, 2, 3, 350n, 350n, true],
      [1, 0, 0, 0n, 350n, true],
      [2, 1, 1, 30n, 380n, true],
      [3, 0, 0, 0n, 380n, false],
    ]);
    expect(march?.cells.map(({ buyers, isOver }) => [buyers, isOver])).toEqual([
      [1, true],
      [1, false],
    ]);
  });

  it("have a row of means over those that have come to an age, weighted by their customers", () => {
    const row = meanRow(cohortsOf(members, question));
    expect(
      row.map(({ cohorts, customers, buyers, amountMinor }) => [cohorts, customers, buyers, amountMinor]),
    ).toEqual([
      [2, 3, 3, 360n],
      // April is not over: nothing is said of March's customers at age 1.
      [1, 2, 0, 0n],
      [1, 2, 1, 30n],
    ]);
  });

  it("of groups are apart, and add up to those of all", () => {
    const grouped = members.map((one, index) => ({ ...one, group: index === 0 ? "web" : "shop" }));
    const apart = cohortsOf(grouped, question);
    expect(apart.map(({ from, group, customers }) => [from, group, customers])).toEqual([
      ["2026-01-01", "shop", 1],
      ["2026-01-01", "web", 1],
      ["2026-03-01", "shop", 1],
    ]);
    expect(meanRow(apart).map(({ amountMinor }) => amountMinor)).toEqual([360n, 0n, 30n]);
  });

  it("are only those of the days that are asked for, whole, and none of what is to come", () => {
    const of = (from: string, to: string) =>
      cohortsOf(members, { ...question, range: { from, to } }).map(({ from: first }) => first);
    expect(of("2026-01-20", "2026-02-28")).toEqual(["2026-01-01"]);
    expect(of("2026-02-01", "2026-12-31")).toEqual(["2026-03-01"]);
    expect(of("2026-05-01", "2026-12-31")).toEqual([]);
  });

  it("count every customer and every purchase of the range once, whatever the interval", () => {
    const day = fc.integer({ min: dayNumber("2026-01-01"), max: dayNumber("2026-04-10") });
    const anyMember = fc.record({
      joined: day,
      later: fc.array(fc.record({ day, orders: fc.nat(3), amountMinor: fc.bigInt(0n, 999n) }), {
        maxLength: 5,
      }),
    });
    const by = fc.constantFrom("week" as const, "month" as const, "quarter" as const, "year" as const);
    fc.assert(
      fc.property(fc.array(anyMember, { maxLength: 30 }), by, (all, interval) => {
        const own = all.map(({ joined, later }) => ({
          ...{ joined, group: "" },
          purchases: later.filter((purchase) => purchase.day >= joined),
        }));
        const cohorts = cohortsOf(own, { ...question, by: interval });
        const sum = (value: (cohort: (typeof cohorts)[number]) => number) =>
          cohorts.reduce((total, cohort) => total + value(cohort), 0);
        expect(sum(({ customers }) => customers)).toBe(own.length);
        const orders = own
          .flatMap(({ purchases }) => purchases)
          .reduce((total, one) => total + one.orders, 0);
        expect(sum(({ cells }) => cells.at(-1)?.ordersSoFar ?? 0)).toBe(orders);
        for (const { cells, customers } of cohorts) {
          for (const { buyers } of cells) expect(buyers).toBeLessThanOrEqual(customers);
        }
      }),
    );
  });
});
