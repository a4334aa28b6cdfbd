import { describe, expect, it } from "vitest";
import { churnRate } from "../../../lib/metrics/churn-rate.ts";
import { rangeOf } from "../../../lib/metrics/range.ts";
import { Counted, purchase, step } from "../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

/** Four at the start; one is new, one is lost, comes back and is lost again, another is lost: three at the end. */
const facts = [
  ...["a", "b", "c", "d"].map((id) => step("joined", id, "2026-09-05")),
  step("joined", "e", "2026-10-03"),
  step("left", "b", "2026-10-05"),
  step("returned", "b", "2026-10-12"),
  step("left", "b", "2026-10-20"),
  step("left", "c", "2026-10-20"),
];

const churn = (convention: string, given: object[] = facts) =>
  new Counted(given).measure("churn-rate", ...october, { convention });

const proportion = (successes: number, n: number) => ({ kind: "proportion", successes, n });

describe("churn by the conventions of others", () => {
  it.each([
    // Wilson for 2 of 4, 1 of 4, 3 of 4 and 3 of 5.
    ["cohort", 50, 4, 15.004, 84.996, proportion(2, 4)],
    ["net", 25, 4, 4.559, 69.936, proportion(1, 4)],
    ["baremetrics", 75, 4, 30.064, 95.441, proportion(3, 4)],
    ["stripe", 60, 5, 23.072, 88.238, proportion(3, 5)],
  ])(
    "%s is %d of %i hundredths, with its interval and its sample",
    (convention, value, n, low, high, sample) => {
      const measured = churn(convention);
      expect(measured).toMatchObject({ value, n, sample });
      expect(measured.components).toMatchObject({ start: 4, end: 3, new: 1, returned: 1, lost: 3 });
      expect(measured.low).toBeCloseTo(low, 2);
      expect(measured.high).toBeCloseTo(high, 2);
    },
  );

  it("has no interval and no sample where it is no share: more losses than customers, or a growing business", () => {
    const twice = [
      step("joined", "a", "2026-09-05"),
      step("left", "a", "2026-10-05"),
      step("returned", "a", "2026-10-06"),
      step("left", "a", "2026-10-07"),
    ];
    const none = { low: null, high: null };
    expect(churn("baremetrics", twice)).toMatchObject({ value: 200, n: 1, ...none });
    expect(churn("baremetrics", twice)).not.toHaveProperty("sample");
    const growing = [step("joined", "a", "2026-09-05"), step("joined", "b", "2026-10-05")];
    expect(churn("net", growing)).toMatchObject({ value: -100, ...none });
    expect(churn("net", growing)).not.toHaveProperty("sample");
  });

  it("is a share up to none and up to all", () => {
    expect(churn("net", [step("joined", "a", "2026-09-05")])).toMatchObject({
      ...{ value: 0, low: 0, sample: proportion(0, 1) },
    });
    const all = [step("joined", "a", "2026-10-02"), step("left", "a", "2026-10-05")];
    expect(churn("stripe", all)).toMatchObject({ value: 100, high: 100, sample: proportion(1, 1) });
    expect(churn("net", [])).toMatchObject({ value: null, n: 0, low: null, high: null });
    expect(churn("net", [])).not.toHaveProperty("sample");
    expect(churn("cohort", [])).not.toHaveProperty("sample");
  });

  it("is never below 0 but for net churn, and never above 100 for a share of those at the start", () => {
    const ranges = ["cohort", "net", "baremetrics", "stripe"].map((convention) =>
      rangeOf(churnRate, convention),
    );
    expect(ranges).toEqual([
      { min: 0, max: 100 },
      { min: null, max: 100 },
      { min: 0, max: null },
      { min: 0, max: null },
    ]);
  });
});

describe("churn of days that are no calendar interval", () => {
  it("is compounded, over the customers on average at the start of a day", () => {
    const measured = new Counted(facts).measure("churn-rate", "2026-10-01", "2026-10-20", {
      convention: "cohort",
    });
    // Lost are 1 of 5 and 2 of 5: 1 − 4/5·3/5. Ten days begin with 4 customers and ten with 5.
    expect(measured.value).toBeCloseTo(52, 9);
    expect(measured).toMatchObject({ n: 5, method: "compounded", components: { lostOfStart: 3 } });
    // S = 0.48, Greenwood: S²·(1/(5·4) + 2/(5·3)) = 0.04224, so 0.48·0.52/0.04224 customers tell as much.
    expect(measured.sample).toEqual({
      kind: "proportion",
      successes: expect.closeTo(0.52 * 5.90909, 4),
      n: expect.closeTo(5.90909, 4),
    });
  });

  it("leaves out the days that begin with nobody", () => {
    const young = ["a", "b"].map((id) => step("joined", id, "2026-10-05"));
    const measured = new Counted(young).measure("churn-rate", "2026-10-01", "2026-10-08");
    expect(measured).toMatchObject({ value: 0, n: 2, components: { lostOfStart: 0 } });
  });
});

describe("customers at the start", () => {
  it("are those who came, and came back, less those who were lost", () => {
    const given = [
      step("joined", "a", "2026-08-01"),
      step("left", "a", "2026-08-10"),
      step("returned", "a", "2026-09-01"),
      step("joined", "b", "2026-09-01"),
    ];
    expect(new Counted(given).measure("customers", ...october).components).toMatchObject({
      start: 2,
      end: 2,
    });
  });
});

describe("customer lifetime value", () => {
  const bought = [...facts, purchase("a", "2026-10-06", "40.00"), purchase("d", "2026-10-07", "30.00")];
  const daysPerMonth = 365.2425 / 12;

  it("is what a customer brings in a period, for as many periods as churn lets expect, by the margin", () => {
    const { value, components } = new Counted(bought).measure("clv", ...october);
    // 70.00 of 3.5 customers on average are 20.00; half of them leave, so two periods.
    expect(value).toBe("40");
    expect(components).toMatchObject({ averageOrderValue: "35", cappedValue: "40", churn: 0.5 });
    expect(components["lifespanMonths"]).toBeCloseTo((2 * 31) / daysPerMonth, 9);
    expect(components["purchaseFrequency"]).toBeCloseTo(2 / 3.5, 12);
    expect(new Counted(bought).measure("clv", ...october, { margin: 0.5 }).value).toBe("20");
  });

  it("is capped where nobody leaves, and null like all its parts without customers or orders", () => {
    const loyal = [step("joined", "a", "2026-09-05"), purchase("a", "2026-10-06", "31.00")];
    const { value, components } = new Counted(loyal).measure("clv", ...october, { maxLifespanMonths: 10 });
    expect(value).toBeNull();
    expect(components["lifespanMonths"]).toBeNull();
    expect(Number(components["cappedValue"])).toBeCloseTo(10 * daysPerMonth, 6);
    const nothing = new Counted([]).measure("clv", ...october);
    expect(nothing.value).toBeNull();
    expect(nothing.components).toMatchObject({
      ...{ averageOrderValue: null, purchaseFrequency: null, lifespanMonths: null, cappedValue: null },
    });
  });
});
