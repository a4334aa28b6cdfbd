import { describe, expect, it } from "vitest";
import { CustomerCases } from "../../../../lib/domain/metrics/customer-cases.ts";

function casesOf(
  ...added: readonly (readonly [customer: string, day: number, value: number])[]
): CustomerCases {
  const cases = new CustomerCases(false, 1_000);
  for (const [customer, day, value] of added) cases.add(customer, day, value);
  return cases;
}

it("windows are of 7, 30, 90 and 365 days as far as the days reach, and of all of them", () => {
  const cases = casesOf(["a", 100, 1], ["b", 100, 3]);
  const lengthsOf = (from: number) => cases.effects({ from, to: 100 }).map(({ days }) => days);
  expect([lengthsOf(96), lengthsOf(61), lengthsOf(-900)]).toEqual([[5], [7, 30, 40], [7, 30, 90, 365]]);
});

it("a customer's cases of one window resemble each other, those of two windows are apart", () => {
  const cases = casesOf(["a", 100, 10], ["a", 95, 10], ["b", 100, 20], ["b", 95, 20]);
  const [week] = cases.effects({ from: 90, to: 100 });
  const [apart] = casesOf(["a", 100, 10], ["a", 90, 10], ["b", 100, 20], ["b", 90, 20]).effects({
    ...{ from: 80, to: 100 },
  });
  expect([week?.inflation, apart?.inflation]).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)]);
});

it("cases of one day are added up", () => {
  const [effect] = casesOf(["a", 5, 10], ["a", 5, 10], ["b", 5, 20], ["b", 5, 20]).effects({
    from: 1,
    to: 7,
  });
  expect(effect?.inflation).toBeCloseTo(3, 12);
});

describe("of more days than are held", () => {
  const days = 60;
  /** Customers who order once a week, each its own amount. */
  const weekly = (customers: number, maxDays: number) => {
    const cases = new CustomerCases(true, maxDays);
    let most = 0;
    for (let day = days - 1; day >= 0; day -= 1) {
      for (let index = 0; index < customers; index += 1) {
        if (index % 7 === day % 7) cases.add(`customer ${index}`, day, 10 + ((index * 7_919) % 97));
        most = Math.max(most, cases.heldDays);
      }
    }
    return { most, effects: cases.effects({ from: 0, to: days - 1 }) };
  };

  it("never more are held, and a part of the customers tells what all of them would", () => {
    const [all, some] = [weekly(4_000, 1_000_000), weekly(4_000, 10_000)];
    expect(all.most).toBeGreaterThan(30_000);
    expect(some.most).toBeLessThanOrEqual(10_000);
    expect(some.most).toBeGreaterThan(5_000);
    expect(some.effects.map((one) => one.days)).toEqual(all.effects.map((one) => one.days));
    for (const [index, effect] of all.effects.entries()) {
      const found = some.effects[index];
      expect((found?.inflation ?? 0) / effect.inflation).toBeCloseTo(1, 1);
      expect((found?.clustersPerCase ?? 0) / effect.clustersPerCase).toBeCloseTo(1, 1);
    }
  });

  it("a customer who stays has all days, those from before others were left out too", () => {
    const [all, some] = [weekly(30, 1_000_000), weekly(30, 150)];
    const week = (of: typeof all) => of.effects.at(-1);
    expect(week(some)?.customersPerCase).toBeCloseTo(week(all)?.customersPerCase ?? 0, 2);
  });

  it("of one customer with more days than that nothing is held", () => {
    const cases = new CustomerCases(false, 3);
    for (let day = 0; day < 40; day += 1) cases.add("b", day, 1);
    expect(cases.heldDays).toBeLessThanOrEqual(3);
  });
});
