import { expect, it } from "vitest";
import { dayNumber } from "../../../../lib/domain/calendar/days.ts";
import { CustomerCases } from "../../../../lib/domain/metrics/customer-cases.ts";
import { TouchpointCases } from "../../../../lib/domain/metrics/touchpoint-cases.ts";
import { placeFacts } from "../../../fixtures/domain.ts";

/** What customers do to the touchpoints of their purchases, from what is gathered of them. */

const days = { from: dayNumber("2026-01-01"), to: dayNumber("2026-03-31") };

function gathered(cases: TouchpointCases, customer: string, day: number, touchpoint?: string): void {
  const what =
    touchpoint === undefined
      ? { type: "purchase.made", orderId: "o", money: { amount: "1.00", currency: "USD" } }
      : { type: "interaction.made", touchpoint };
  const [placed] = placeFacts([{ ...what, customerId: customer, occurredAt: "2026-02-01T12:00:00Z" }]);
  if (placed) cases.add(customer, day, placed.fact);
}

/** Customers with one to four touchpoints, who buy twice. */
function customersIn(cases: TouchpointCases, count: number, order: 1 | -1 = 1): void {
  const first = days.from + 40;
  const steps = Array.from({ length: count }, (_, index) => {
    const touchpoints = ["app", "shop", "mail", "web"].slice(0, 1 + (index % 4));
    return [
      ...touchpoints.map((name) => [`c${index}`, first, name] as const),
      [`c${index}`, first, undefined] as const,
      [`c${index}`, first + 20, undefined] as const,
      // Neither what came later nor what is older than 30 days is on the way to it.
      [`c${index}`, first + 21, "later"] as const,
      [`c${index}`, first - 10, "older"] as const,
    ];
  }).flat();
  for (const [customer, day, touchpoint] of order === 1 ? steps : steps.toReversed()) {
    gathered(cases, customer, day, touchpoint);
  }
}

it("are those of the purchases with the touchpoints of the 30 days before, in whatever order facts are read", () => {
  const expected = new CustomerCases(false, 10_000);
  for (let index = 0; index < 80; index += 1) {
    const different = 1 + (index % 4);
    expected.add(`c${index}`, days.from + 40, different + 1);
    expected.add(`c${index}`, days.from + 60, different);
  }
  for (const order of [1, -1] as const) {
    const cases = new TouchpointCases(10_000);
    customersIn(cases, 80, order);
    expect(cases.effects(days)).toEqual(expected.effects(days));
  }
});

it("leave out purchases of which the days before were not read", () => {
  const cases = new TouchpointCases(10_000);
  const year = { from: days.to - 364, to: days.to };
  for (let index = 0; index < 40; index += 1) {
    gathered(cases, `c${index}`, year.from + 28, "app");
    gathered(cases, `c${index}`, year.from + 28);
  }
  expect(cases.effects(year)).toEqual([]);
  expect(cases.effects({ ...year, from: year.from + 1 })).not.toEqual([]);
});

it("of many customers are those of a part of them, and nearly the same", () => {
  const [all, some] = [new TouchpointCases(100_000), new TouchpointCases(4_000)];
  customersIn(all, 4_000);
  customersIn(some, 4_000);
  const inflation = (cases: TouchpointCases) => cases.effects(days).at(-1)?.inflation ?? 0;
  expect(inflation(some) / inflation(all)).toBeGreaterThan(0.9);
  expect(inflation(some) / inflation(all)).toBeLessThan(1.1);
});
