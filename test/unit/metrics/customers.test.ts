import { describe, expect, it } from "vitest";
import { Counted, purchase, step } from "../../fixtures/domain.ts";

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

describe("customers", () => {
  it("is start + new + returned − lost", () => {
    const { value, n, components } = new Counted(lives).measure("customers", ...month);
    expect({ value, n }).toEqual({ value: 3, n: 3 });
    expect(components).toEqual({ start: 4, new: 2, returned: 1, lost: 4, end: 3 });
  });

  it("of nothing is 0, not null", () => {
    expect(new Counted([]).measure("customers", ...month).value).toBe(0);
  });

  it("ignores the end of someone who is no customer", () => {
    const counted = new Counted([step("left", "x", "2026-03-03"), step("left", "b", "2026-03-04")]);
    expect(counted.measure("customers", ...month).components).toMatchObject({ lost: 0, end: 0 });
  });
});

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

describe("repeat-purchase-rate", () => {
  it("is of all customers to date, as of the interval's last day", () => {
    const counted = new Counted([
      purchase("a", "2026-01-10"),
      purchase("a", "2026-03-10"),
      purchase("a", "2026-03-11"),
      purchase("b", "2026-02-10"),
      purchase("c", "2026-03-15"),
      purchase("c", "2026-03-15"),
      purchase(undefined, "2026-03-16"),
    ]);
    const rate = (from: string, to: string) => counted.measure("repeat-purchase-rate", from, to);
    expect(rate("2026-02-01", "2026-02-28")).toMatchObject({ value: 0, n: 2 });
    expect(rate(...month)).toMatchObject({
      n: 3,
      components: { buyers: 3, repeatBuyers: 2, newBuyers: 1, newRepeatBuyers: 2 },
    });
    expect(rate(...month).value).toBeCloseTo(200 / 3, 12);
    expect(rate("2025-01-01", "2025-12-31").value).toBeNull();
  });
});

describe("sales and average-order-value", () => {
  const refund = (day: string, amount: string, currency = "USD") => ({
    type: "purchase.refunded",
    occurredAt: `${day}T12:00:00Z`,
    money: { amount, currency },
  });

  it("are purchases − refunds, and revenue/orders without them", () => {
    const counted = new Counted([
      purchase("a", "2026-03-02", "19.99"),
      purchase(undefined, "2026-03-03", "0.02"),
      refund("2026-03-04", "5.00"),
    ]);
    expect(counted.measure("sales", ...month)).toMatchObject({
      value: "15.01",
      components: { orders: 2, revenue: "20.01", refunds: 1, refunded: "5.00" },
    });
    expect(counted.measure("average-order-value", ...month)).toMatchObject({ value: "10.005", n: 2 });
  });

  it("can be negative in a month of refunds, and an average of no orders is null", () => {
    const counted = new Counted([refund("2026-03-04", "7.10")]);
    expect(counted.measure("sales", ...month).value).toBe("-7.10");
    expect(counted.measure("average-order-value", ...month).value).toBeNull();
  });

  it("never add currencies, and know how many decimals each has", () => {
    const counted = new Counted([
      purchase("a", "2026-03-02", "100", "JPY"),
      purchase("b", "2026-03-02", "1.234", "BHD"),
      purchase("c", "2026-03-02", "9.99", "USD"),
    ]);
    const of = (currency: string, currencyDecimals: number) =>
      counted.measure("sales", ...month, { currency, currencyDecimals }).value;
    expect([of("JPY", 0), of("BHD", 3), of("USD", 2)]).toEqual(["100", "1.234", "9.99"]);
  });

  it("are exact beyond 2^53", () => {
    const counted = new Counted(
      Array.from({ length: 200 }, (_, index) => ({
        ...purchase("a", "2026-03-02", "999999999999.99"),
        orderId: String(index),
      })),
    );
    expect(counted.measure("sales", ...month).value).toBe("199999999999998.00");
  });

  it("have Student's interval, from the sum of squares", () => {
    const amounts = ["10.00", "20.00", "30.00", "40.00"];
    const counted = new Counted(amounts.map((amount, index) => purchase(`c${index}`, "2026-03-02", amount)));
    const { low, high } = counted.measure("average-order-value", ...month);
    // s = 12.9099, t(3) = 3.182446, 25 ± 20.5426.
    expect(Number(low)).toBeCloseTo(4.4574, 3);
    expect(Number(high)).toBeCloseTo(45.5426, 3);
  });
});

describe("clv", () => {
  const facts = [
    purchase("a", "2026-02-10", "100.00"),
    purchase("b", "2026-02-10", "50.00"),
    purchase("a", "2026-03-10", "60.00"),
    purchase("c", "2026-03-12", "30.00"),
    step("left", "b", "2026-03-20"),
  ];

  it("is average order value × frequency × lifespan × margin", () => {
    const { value, n, components } = new Counted(facts).measure("clv", ...month, { margin: 0.5 });
    // Start 2 (a, b), end 2 (a, c): 2 on average. 2 orders of 45.00 on average, frequency 1, churn 1/2, lifespan 2 months.
    expect(Number(value)).toBeCloseTo(45 * 1 * 2 * 0.5, 9);
    expect(n).toBe(2);
    expect(components).toMatchObject({
      orders: 2,
      revenue: "90.00",
      averageOrderValue: "45",
      averageActiveCustomers: 2,
      purchaseFrequency: 1,
      churn: 0.5,
    });
  });

  it("without churn is null, with a value capped at the longest lifespan beside it", () => {
    const { value, components } = new Counted(facts.slice(0, 4)).measure("clv", ...month, {
      maxLifespanMonths: 12,
    });
    expect(value).toBeNull();
    // 90.00 of (2 + 3)/2 customers in 31 days; 12 months of 30.436875 days.
    expect(Number(components["cappedValue"])).toBeCloseTo((90 / 2.5) * ((12 * 30.436875) / 31), 6);
  });

  it("without customers is null", () => {
    expect(new Counted([]).measure("clv", ...month).value).toBeNull();
  });

  it("is unknown without orders, however many customers leave: no order has a value", () => {
    const facts = [
      ...["a", "b", "c"].map((id) => step("joined", id, "2026-02-05")),
      step("left", "c", "2026-03-05"),
      {
        type: "spend.recorded",
        occurredAt: "2026-03-05T10:00:00Z",
        money: { amount: "10.00", currency: "USD" },
      },
      step("joined", "d", "2026-03-06"),
    ];
    const counted = new Counted(facts);
    const { value, components } = counted.measure("clv", ...month);
    expect(value).toBeNull();
    expect(components).toMatchObject({ orders: 0, averageOrderValue: null, cappedValue: null });
    const cost = counted.measure("acquisition-cost", ...month);
    expect(cost).toMatchObject({ value: "10", components: { lifetimeValueToCost: null } });
    expect(cost.remarks).toEqual([expect.stringContaining("without orders")]);
  });
});

describe("money in several currencies", () => {
  const facts = [purchase("a", "2026-10-02", "10.00"), purchase("b", "2026-10-03", "20.00", "EUR")];

  it.each([
    ["sales", "Purchases and refunds"],
    ["average-order-value", "Orders"],
    ["clv", "Orders"],
  ])("is a series of its own each: %s says which others there are", (id, what) => {
    const counted = new Counted(facts);
    const remark = (other: string) => `${what} in ${other} are not in this value: ask for currency=${other}.`;
    expect(counted.measure(id, "2026-10-01", "2026-10-31").remarks).toEqual([remark("EUR")]);
    const euro = { currency: "EUR" };
    expect(counted.measure(id, "2026-10-01", "2026-10-31", euro).remarks).toEqual([remark("USD")]);
    expect(counted.measure(id, "2026-10-02", "2026-10-02").remarks).toBeUndefined();
  });
});
