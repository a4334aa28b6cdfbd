import { expect, it } from "vitest";
import { CustomerCases } from "../../../lib/metrics/customer-cases.ts";

function casesOf(
  ...added: readonly (readonly [customer: string, day: number, value: number])[]
): CustomerCases {
  const cases = new CustomerCases(false);
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
