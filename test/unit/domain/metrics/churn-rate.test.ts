import { describe, expect, it } from "vitest";
import { churnRate } from "../../../../lib/domain/metrics/churn-rate.ts";
import { periodOf } from "../../../../lib/domain/metrics/period.ts";
import { rangeOf } from "../../../../lib/domain/metrics/range.ts";
import { Counted, purchase, step } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

/** a and b join in February, c in March; b leaves in March; d joins and leaves in March; a leaves, returns and leaves in March. */
const lives = [
  step("joined", "a", "2026-02-03"),
  step("joined", "b", "2026-02-04"),
  step("joined", "e", "2026-02-05"),
  step("joined", "f", "2026-02-06"),
  step("joined", "c", "2026-03-02"),
  step("left", "b", "2026-03-10"),
  step("joined", "d", "2026-03-05"),
  step("left", "d", "2026-03-20"),
  step("left", "a", "2026-03-07"),
  step("returned", "a", "2026-03-09"),
  step("left", "a", "2026-03-30"),
];

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

describe("churn-rate", () => {
  const churn = (
    facts: object[],
    from: string,
    to: string,
    convention = "cohort",
    inactivityDays: number | null = null,
  ) => new Counted(facts, { inactivityDays }).measure("churn-rate", from, to, { convention });

  it("counts each customer of the start once, and nobody who joined inside the month", () => {
    const { value, n, components, method } = churn(lives, ...month);
    // Of a, b, e and f at the start, a (twice) and b were lost: 2 of 4.
    expect({ value, n, method }).toEqual({ value: 50, n: 4, method: "exact" });
    expect(components).toMatchObject({ start: 4, lost: 4, lostOfStart: 2 });
  });

  it("has the conventions net, baremetrics and stripe, each named", () => {
    expect(churn(lives, ...month, "net")).toMatchObject({ value: 25, method: "net" });
    expect(churn(lives, ...month, "baremetrics")).toMatchObject({ value: 100, method: "baremetrics" });
    const stripe = churn(lives, ...month, "stripe");
    expect(stripe).toMatchObject({ n: 6, method: "stripe" });
    expect(stripe.value).toBeCloseTo((100 * 4) / 6, 12);
  });

  it("compounds the days of a range that is no calendar interval", () => {
    const { value, method } = churn(lives, "2026-03-01", "2026-03-20");
    // Day 7: 1 of 6 (a; c and d had joined). Day 10: 1 of 6 (b; a was back). Day 20: 1 of 5 (d).
    expect(method).toBe("compounded");
    expect(value).toBeCloseTo(100 * (1 - (5 / 6) * (5 / 6) * (4 / 5)), 10);
  });

  it("without anyone at the start is null", () => {
    expect(churn(lives, "2026-01-01", "2026-01-31")).toMatchObject({ value: null, low: null, n: 0 });
  });

  it("counts a customer who stops buying as lost on the last of so many days", () => {
    const facts = [purchase("a", "2026-01-10"), purchase("b", "2026-01-10"), purchase("b", "2026-02-05")];
    const lostOn = (day: string) => churn(facts, day, day, "cohort", 30).components["lost"];
    // a: 10 January + 30 days = 9 February. b bought on 5 February: 7 March.
    expect(lostOn("2026-02-08")).toBe(0);
    expect(lostOn("2026-02-09")).toBe(1);
    expect(lostOn("2026-03-07")).toBe(1);
    expect(churn(facts, "2026-02-01", "2026-02-28", "cohort", 30).value).toBe(50);
  });

  it("keeps a customer who buys on the very day, and takes a later one as a return", () => {
    const kept = new Counted([purchase("a", "2026-01-10"), purchase("a", "2026-02-09")], {
      inactivityDays: 30,
    });
    expect(kept.measure("customers", "2026-01-01", "2026-02-28").components).toMatchObject({
      new: 1,
      returned: 0,
      lost: 0,
    });
    const late = new Counted([purchase("a", "2026-01-10"), purchase("a", "2026-02-10")], {
      inactivityDays: 30,
    });
    expect(late.measure("customers", "2026-01-01", "2026-02-28").components).toMatchObject({
      new: 1,
      returned: 1,
      lost: 1,
    });
  });

  it("is the complement of retention, to the last digit and with the bounds mirrored", () => {
    const counted = new Counted(lives);
    for (const [from, to] of [month, ["2026-03-01", "2026-03-20"]] as const) {
      const lost = counted.measure("churn-rate", from, to, { convention: "cohort" });
      const kept = counted.measure("retention-rate", from, to);
      expect(kept.value).toBe(100 - Number(lost.value));
      expect(kept.low).toBe(100 - Number(lost.high));
      expect(kept.high).toBe(100 - Number(lost.low));
    }
  });
});

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

describe("churn by reason", () => {
  const left = (customerId: string, day: string, more: object = {}) => ({
    ...step("left", customerId, day),
    ...more,
  });
  const because = (reason: string) => ({ reason });
  /** Ten at the start of October: three leave for the price, one for the service, one says nothing; one more comes and goes for the price. */
  const given = [
    ...Array.from("abcdefghij", (id) => step("joined", id, "2026-09-05")),
    step("joined", "k", "2026-10-02"),
    left("a", "2026-10-05", because("price")),
    left("b", "2026-10-06", { dimensions: { reason: "price" } }),
    left("c", "2026-10-20", because("price")),
    left("d", "2026-10-20", because("service")),
    left("e", "2026-10-21"),
    left("k", "2026-10-22", because("price")),
  ];
  const counted = new Counted(given);
  const of = (parts: readonly string[], convention = "cohort") =>
    counted.measure("churn-rate", ...october, { parts, convention });

  it("is the share of all at the start who were lost by it, and the reasons add up to the whole", () => {
    const whole = counted.measure("churn-rate", ...october);
    expect(whole).toMatchObject({
      value: 50,
      n: 10,
      components: { "lost price": 4, "lost service": 1, "lost (none)": 1 },
    });
    expect(of(["price"])).toMatchObject({
      ...{ value: 30, n: 10, method: "exact", sample: proportion(3, 10) },
      components: { start: 10, lost: 4, lostOfStart: 3, lostPercent: 66.66666666666667 },
    });
    expect(of(["service"])).toMatchObject({ value: 10, n: 10 });
    expect(of(["(none)"])).toMatchObject({ value: 10, n: 10 });
    expect(of(["service", "(none)"])).toMatchObject({ value: 20 });
    // Wilson for 3 of 10.
    expect(of(["price"]).low).toBeCloseTo(10.7789, 3);
    expect(of(["price"]).high).toBeCloseTo(60.3222, 3);
  });

  it("names the reasons of a period, the most frequent first", () => {
    const timelineOf = counted.timelineOf(churnRate, ...october);
    const interval = { from: october[0], to: october[1], calendar: "month" } as const;
    expect(churnRate.parts?.namesIn(periodOf(timelineOf, interval))).toEqual(["price", "(none)", "service"]);
  });

  it("calls those lost by inactivity (inactive)", () => {
    const silent = new Counted([purchase("a", "2026-09-20"), purchase("b", "2026-09-30")], {
      inactivityDays: 30,
    });
    const inactive = silent.measure("churn-rate", ...october, { parts: ["(inactive)"] });
    expect(inactive).toMatchObject({ value: 100, n: 2, components: { lost: 2 } });
  });

  it("follows the conventions lost/start and lost/(start + new), and says nothing of net churn", () => {
    expect(of(["price"], "baremetrics")).toMatchObject({ value: 40, n: 10 });
    expect(of(["price"], "stripe")).toMatchObject({ value: 36.36363636363637, n: 11 });
    expect(of(["price"], "net")).toMatchObject({ value: null, remarks: [{ id: "remark.netChurnByReason" }] });
  });

  it("shares out what days are compounded to by the losses", () => {
    const range = ["2026-10-01", "2026-10-25"] as const;
    const whole = Number(counted.measure("churn-rate", ...range).value);
    const values = ["price", "service", "(none)"].map((reason) =>
      Number(counted.measure("churn-rate", ...range, { parts: [reason] }).value),
    );
    expect(values[0]).toBeCloseTo((whole * 4) / 6, 10);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(whole, 10);
    const none = counted.measure("churn-rate", ...range, { parts: ["nobody's"] });
    expect(none).toMatchObject({ value: 0, components: { lost: 0 } });
  });
});
