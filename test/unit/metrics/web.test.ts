import { describe, expect, it } from "vitest";
import { Counted } from "../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;
const noon = "2026-10-10T12:00:00Z";

/** An event of a type, at noon of 10 October unless it says when. */
const at = (type: string, fields: object = {}, occurredAt = noon) => ({ type, occurredAt, ...fields });

describe("bounce-rate", () => {
  it("of three sessions of one page and one of five is 75", () => {
    const facts = [
      at("session.ended", { pages: 1, seconds: 10, count: 3 }),
      at("session.ended", { pages: 5, seconds: 50 }),
    ];
    const { value, low, high, n, components } = new Counted(facts).measure("bounce-rate", ...october);
    expect({ value, n }).toEqual({ value: 75, n: 4 });
    // Wilson by hand: centre 1.23018, margin 0.64082, both over 1.96036.
    expect(Number(low)).toBeCloseTo(30.064, 2);
    expect(Number(high)).toBeCloseTo(95.441, 2);
    // Pages: mean 8/4, s² = (4·28 − 8²)/(4·3) = 4, s.e. 1, t of 3 degrees of freedom 3.182446; not below one page.
    expect(components).toMatchObject({ sessions: 4, bounced: 3, pagesPerSession: 2, pagesPerSessionLow: 1 });
    expect(components["pagesPerSessionHigh"]).toBeCloseTo(5.182446, 5);
    // Seconds: mean 80/4, s² = (4·2800 − 80²)/(4·3) = 400, s.e. 10.
    expect(components).toMatchObject({ secondsPerSession: 20, secondsPerSessionLow: 0 });
    expect(components["secondsPerSessionHigh"]).toBeCloseTo(51.82446, 4);
  });

  it("is the same whether alike sessions come as one fact or as many", () => {
    const session = { pages: 2, seconds: 604_800 };
    const one = new Counted([at("session.ended", { ...session, count: 500 })]);
    const many = new Counted(Array.from({ length: 500 }, () => at("session.ended", session)));
    expect(one.measure("bounce-rate", ...october)).toEqual(many.measure("bounce-rate", ...october));
  });

  it("loses nothing of sums beyond exact numbers", () => {
    // Σx² = 604,800²·10⁶ + 604,799² is above 2^53: rounded, the variance of these would not be what it is.
    const facts = [
      at("session.ended", { pages: 1, seconds: 604_800, count: 1_000_000 }),
      at("session.ended", { pages: 1, seconds: 604_799 }),
    ];
    const { components, value } = new Counted(facts).measure("bounce-rate", ...october);
    expect(value).toBe(100);
    // s² = n/(n(n − 1))·(1 − 1/n) of one value that is lower by 1, so s/√n ≈ 1/n: 10⁻⁶; times 1.96.
    const width = Number(components["secondsPerSessionHigh"]) - Number(components["secondsPerSessionLow"]);
    expect(width).toBeCloseTo(2 * 1.96e-6, 8);
  });
});

describe("cta-engagement", () => {
  const measure = (views: number, clicks: number) =>
    new Counted([
      ...(views > 0 ? [at("cta.viewed", { cta: "buy", count: views })] : []),
      ...(clicks > 0 ? [at("cta.clicked", { cta: "buy", count: clicks })] : []),
    ]).measure("cta-engagement", ...october);

  it("of 30 clicks for 1,000 views is 3", () => {
    const { value, low, high, n, components } = measure(1_000, 30);
    expect({ value, n, components }).toEqual({
      value: 3,
      n: 1_000,
      components: { views: 1_000, clicks: 30 },
    });
    // Wilson by hand: centre (0.03 + 0.0019207)/1.0038415, margin 1.96·√(0.0000291 + 0.00000096)/1.0038415.
    expect(Number(low)).toBeCloseTo(2.109, 2);
    expect(Number(high)).toBeCloseTo(4.251, 2);
  });

  it("with more clicks than views is above 100, without an interval, and says so", () => {
    const measured = measure(10, 12);
    expect(measured).toMatchObject({ value: 120, low: null, high: null, n: 10 });
    expect(measured.remarks?.[0]).toContain("more clicks than views");
    expect(measured.sample).toBeUndefined();
  });

  it("of clicks without a view is null, not infinite", () => {
    expect(measure(0, 3)).toMatchObject({ value: null, low: null, high: null, n: 0 });
  });
});

describe("organic-search", () => {
  it("adds up visits", () => {
    const facts = [at("search.landed", { keyword: "shoes", count: 40 }), at("search.landed")];
    expect(new Counted(facts).measure("organic-search", ...october)).toMatchObject({ value: 41, n: 41 });
  });
});

describe("uptime", () => {
  it("of one failed probe in 1,000,000 is 99.9999", () => {
    const facts = [at("probe.checked", { up: true, count: 999_999 }), at("probe.checked", { up: false })];
    const { value, components } = new Counted(facts).measure("uptime", ...october);
    expect(value).toBeCloseTo(99.9999, 10);
    expect(components).toEqual({ probes: 1_000_000, good: 999_999, failed: 1 });
  });

  it("without a failure is 100, but never certain", () => {
    const { value, low, high } = new Counted([at("probe.checked", { up: true, count: 96 })]).measure(
      "uptime",
      ...october,
    );
    // Wilson for 96 of 96: 96/(96 + 3.8415).
    expect({ value, high }).toEqual({ value: 100, high: 100 });
    expect(Number(low)).toBeCloseTo(96.152, 2);
  });
});

describe("page-speed", () => {
  const loads = (milliseconds: readonly number[]) =>
    milliseconds.map((time) => at("page.loaded", { milliseconds: time }));
  const measure = (facts: object[]) => new Counted(facts).measure("page-speed", ...october);

  it("of loads of 1, 2, 3 and 4 seconds is 3.25, within one per cent", () => {
    const { value, low, high, n, components } = measure(loads([4_000, 1_000, 3_000, 2_000]));
    expect(n).toBe(4);
    // Three quarters, a half and nine tenths of the way from 1 to 4.
    expect(Math.abs(Number(value) - 3.25)).toBeLessThanOrEqual(0.0325);
    expect(Math.abs(Number(components["p50"]) - 2.5)).toBeLessThanOrEqual(0.025);
    expect(Math.abs(Number(components["p90"]) - 3.7)).toBeLessThanOrEqual(0.037);
    expect(components).toMatchObject({ loads: 4, mean: 2.5 });
    expect({ low, high }).toEqual({ low: null, high: null });
  });

  it("has an interval from the 7th to the 13th of 13 loads", () => {
    // Of 13 loads at most 6 are below the 75th percentile in 2.43 %, all 13 in 0.75¹³ = 2.38 % of all samples.
    const { low, high } = measure(loads(Array.from({ length: 13 }, (_, index) => 1_000 * (index + 1))));
    expect(Math.abs(Number(low) - 7)).toBeLessThanOrEqual(0.07);
    expect(Math.abs(Number(high) - 13)).toBeLessThanOrEqual(0.13);
  });

  it("takes a fact with a count for so many loads", () => {
    const { n, components } = measure([
      at("page.loaded", { milliseconds: 1_000, count: 3 }),
      at("page.loaded", { milliseconds: 5_000 }),
    ]);
    expect(n).toBe(4);
    // (3·1 + 5)/4.
    expect(components["mean"]).toBe(2);
  });

  it("is 0 for loads that took no time, and of no loads null", () => {
    expect(measure(loads([0, 0]))).toMatchObject({ value: 0, components: { mean: 0 } });
    expect(measure([])).toMatchObject({ value: null, n: 0 });
  });

  it("gives a sample for a test of a difference as soon as there is an interval", () => {
    expect(measure(loads([1_000, 2_000])).sample).toBeUndefined();
    const facts = [
      at("page.loaded", { milliseconds: 1_000, count: 50 }),
      at("page.loaded", { milliseconds: 9_000, count: 50 }),
    ];
    const { sample, low, high } = measure(facts);
    expect(sample).toMatchObject({
      kind: "estimate",
      standardError: (Number(high) - Number(low)) / (2 * 1.959963984540054),
    });
  });
});

describe("mobile-score", () => {
  it("of 80, 90 and 100 is 90", () => {
    const facts = [80, 90, 100].map((score) => at("mobile.scored", { score }));
    const { value, low, high, n, components } = new Counted(facts).measure("mobile-score", ...october);
    expect({ value, n }).toEqual({ value: 90, n: 3 });
    // s = 10, s/√3 = 5.7735, t of 2 degrees of freedom 4.302653; not above 100.
    expect(Number(low)).toBeCloseTo(65.1586, 3);
    expect(high).toBe(100);
    expect(components["standardDeviation"]).toBeCloseTo(10, 12);
  });
});

describe("social-mentions", () => {
  const on = (day: number, count: number, sentiment = "neutral") =>
    at("mention.seen", { sentiment, count }, `2026-10-${String(day).padStart(2, "0")}T12:00:00Z`);

  it("counts mentions, and the net sentiment as a share of them", () => {
    const facts = [on(1, 6, "positive"), on(1, 2), on(1, 2, "negative")];
    const { value, components } = new Counted(facts).measure("social-mentions", ...october);
    expect(value).toBe(10);
    // 100·(6 − 2)/10. Adjusted Wald by hand: 6.75, 3.5 and 2.75 of 13: 30.769 ± 1.96·100·√((0.7308 − 0.3077²)/13).
    expect(components).toMatchObject({ positive: 6, neutral: 2, negative: 2, netSentiment: 40 });
    expect(components["netSentimentLow"]).toBeCloseTo(-12.58, 1);
    expect(components["netSentimentHigh"]).toBeCloseTo(74.12, 1);
  });

  it("names days that stand out", () => {
    const counts = [5, 4, 6, 5, 5, 4, 40];
    const measured = new Counted(counts.map((count, index) => on(10 + index, count))).measure(
      "social-mentions",
      ...october,
    );
    // Median 5, MAD 1: 5 + 3·max(1.4826, √5, 1) = 11.708.
    expect(measured.components["spikeThreshold"]).toBeCloseTo(11.7082, 4);
    expect(measured.components["spikes"]).toBe(1);
    expect(measured.remarks).toEqual([expect.stringContaining("2026-10-16 (40)")]);
  });

  it("takes mentions of every sentiment for the spikes of a day", () => {
    const usual = Array.from({ length: 7 }, (_, index) => on(10 + index, 5));
    const loud = [on(17, 4), on(17, 4, "positive"), on(17, 4, "negative")];
    const { components, remarks } = new Counted([...usual, ...loud]).measure("social-mentions", ...october);
    // 12 of all kinds; the threshold is 5 + 3·√5 = 11.708.
    expect(components).toMatchObject({ spikes: 1, positive: 4, negative: 4 });
    expect(remarks).toEqual([expect.stringContaining("2026-10-17 (12)")]);
  });

  it("names a day only when it passes the threshold", () => {
    // Median 4, MAD 0: 4 + 3·√4 = 10.
    const usual = Array.from({ length: 8 }, (_, index) => on(1 + index, 4));
    const spikes = (count: number) =>
      new Counted([...usual, on(10, count)]).measure("social-mentions", ...october).components["spikes"];
    expect([spikes(10), spikes(11)]).toEqual([0, 1]);
  });

  it("names the ten highest days, of the same height the earlier first, and counts the others", () => {
    const usual = Array.from({ length: 18 }, (_, index) => on(1 + index, 1));
    const heights = [50, 60, 50, 60, 50, 50, 50, 50, 50, 50, 50, 70];
    const { components, remarks } = new Counted([
      ...usual,
      ...heights.map((count, index) => on(19 + index, count)),
    ]).measure("social-mentions", ...october);
    expect(components["spikes"]).toBe(12);
    const first = ["2026-10-30 (70)", "2026-10-20 (60)", "2026-10-22 (60)", "2026-10-19 (50)"];
    const then = ["21", "23", "24", "25", "26", "27"].map((day) => `2026-10-${day} (50)`);
    expect(remarks).toEqual([
      `Days with far more mentions than usual, the highest first: ${[...first, ...then].join(", ")}.`,
    ]);
  });

  it("of fewer than seven days names none", () => {
    const { components, remarks } = new Counted([on(1, 1), on(6, 900)]).measure(
      "social-mentions",
      ...october,
    );
    expect(components).toMatchObject({ spikes: 0, spikeThreshold: null });
    expect(remarks).toBeUndefined();
  });
});

describe("share-price", () => {
  const quote = (occurredAt: string, amount: string, symbol = "ACME", currency = "USD") =>
    at("share.quoted", { symbol, money: { amount, currency } }, occurredAt);
  const facts = [
    quote("2026-10-02T20:00:00Z", "101.00"),
    quote("2026-10-02T14:00:00Z", "98.00"),
    quote("2026-10-05T14:00:00Z", "103.00"),
    quote("2026-10-05T20:00:00Z", "102.90"),
    quote("2026-10-05T19:59:59.999Z", "150.00"),
  ];

  it("is the last of the last day with a quote, whatever the order of arrival", () => {
    const { value, low, high, n, components } = new Counted(facts).measure("share-price", ...october);
    expect({ value, low, high, n }).toEqual({ value: "102.90", low: null, high: null, n: 2 });
    // From the first quote, 98.00, to the last: 4.90, 5 % of 98.
    expect(components).toMatchObject({ firstPrice: "98.00", lastPrice: "102.90", change: "4.90" });
    expect(components["changePercent"]).toBeCloseTo(5, 12);
  });

  it("carries nothing over to days without a quote", () => {
    const counted = new Counted(facts);
    expect(counted.measure("share-price", "2026-10-03", "2026-10-04").value).toBeNull();
    expect(counted.measure("share-price", "2026-10-03", "2026-10-05").value).toBe("102.90");
    expect(counted.measure("share-price", "2026-10-02", "2026-10-04").value).toBe("101.00");
  });

  it("never mixes symbols, on one day or on several", () => {
    const other = quote("2026-10-06T14:00:00Z", "7.00", "OTHER");
    const mixed = new Counted([...facts, other]);
    const measured = mixed.measure("share-price", ...october);
    expect(measured).toMatchObject({ value: null, n: 3 });
    expect(measured.remarks).toEqual([expect.stringContaining("Several symbols")]);
    expect(mixed.measure("share-price", "2026-10-06", "2026-10-31").value).toBe("7.00");
    expect(mixed.measure("share-price", "2026-10-01", "2026-10-05").value).toBe("102.90");
  });

  it("never mixes currencies, and says which others there are", () => {
    const counted = new Counted([...facts, quote("2026-10-06T14:00:00Z", "80.00", "ACME", "GBP")]);
    const measured = counted.measure("share-price", ...october);
    expect(measured).toMatchObject({ value: "102.90", n: 2 });
    expect(measured.remarks).toEqual([expect.stringContaining("currency=GBP")]);
    expect(counted.measure("share-price", ...october, { currency: "GBP" }).value).toBe("80.00");
    const third = new Counted([
      ...[...facts, quote("2026-10-06T14:00:00Z", "80.00", "ACME", "GBP")],
      quote("2026-10-06T14:00:00Z", "70.00", "ACME", "EUR"),
    ]).measure("share-price", ...october);
    expect(third.remarks).toEqual(["Prices in EUR, GBP are not in this value: ask for currency=EUR."]);
  });

  it("says nothing of symbols or currencies where there is no quote, or only one of each", () => {
    expect(new Counted([]).measure("share-price", ...october)).not.toHaveProperty("remarks");
    expect(new Counted(facts).measure("share-price", ...october)).not.toHaveProperty("remarks");
  });

  it("is exact to the last digit of the highest price", () => {
    const counted = new Counted([quote("2026-10-02T14:00:00Z", "999999999.99")]);
    expect(counted.measure("share-price", ...october).value).toBe("999999999.99");
  });
});

describe("cart-abandonment", () => {
  const start = (cartId: string, occurredAt: string) => at("cart.started", { cartId }, occurredAt);
  const buy = (cartId: string, occurredAt: string) => at("cart.bought", { cartId }, occurredAt);
  const measure = (facts: object[], from: string, to: string, cartHours = 24) =>
    new Counted(facts, { cartHours }).measure("cart-abandonment", from, to);

  const facts = [
    start("in-time", "2026-10-01T10:00:00Z"),
    buy("in-time", "2026-10-01T11:00:00Z"),
    start("never", "2026-10-01T10:00:00Z"),
    start("next-day", "2026-10-01T10:00:00Z"),
    buy("next-day", "2026-10-02T10:00:00Z"),
    start("late", "2026-10-01T10:00:00Z"),
    buy("late", "2026-10-05T10:00:00Z"),
    buy("unknown", "2026-10-01T10:00:00Z"),
  ];

  it("decides carts on the day of their purchase, or when their time runs out", () => {
    // Day 1: one bought. Day 2: bought 24 hours later to the minute, one late, one never.
    expect(measure(facts, "2026-10-01", "2026-10-01")).toMatchObject({
      value: 0,
      n: 1,
      components: { bought: 1, abandoned: 0, startedInPeriod: 4 },
    });
    const second = measure(facts, "2026-10-02", "2026-10-02");
    expect(second).toMatchObject({ n: 3, components: { bought: 2, abandoned: 1, boughtLate: 1 } });
    expect(second.value).toBeCloseTo(100 / 3, 12);
    expect(measure(facts, "2026-10-03", "2026-10-31")).toMatchObject({ value: null, n: 0 });
    // All together: 1 − 3/4.
    expect(measure(facts, ...october)).toMatchObject({ value: 25, n: 4 });
  });

  it("gives carts as long as the workspace says", () => {
    // With 96 hours the late one, bought exactly then, is in time; the one that is never bought ends on the 5th too.
    expect(measure(facts, "2026-10-05", "2026-10-05", 96)).toMatchObject({
      value: 50,
      n: 2,
      components: { boughtLate: 0 },
    });
  });

  it("waits for the start of a cart that was bought", () => {
    expect(measure([buy("c", noon)], ...october)).toMatchObject({ value: null, n: 0 });
    expect(measure([buy("c", noon), start("c", noon)], ...october)).toMatchObject({ value: 0, n: 1 });
  });

  it("counts a cart once, however often its start and its purchase are sent", () => {
    const again = [...facts, ...facts.map((fact) => ({ ...fact }))];
    expect(measure(again, ...october)).toEqual(measure(facts, ...october));
  });

  it("lets an open cart's time run out in the workspace's time zone", () => {
    // 24 hours after 23:30 in Berlin on the 1st: 23:30 on the 2nd there, and in UTC too; 30 minutes later the 3rd in Berlin.
    const inBerlin = (occurredAt: string) =>
      new Counted([start("c", occurredAt)], { timeZone: "Europe/Berlin" }).measure(
        "cart-abandonment",
        "2026-10-02",
        "2026-10-02",
      ).n;
    expect(inBerlin("2026-10-01T21:30:00Z")).toBe(1);
    expect(inBerlin("2026-10-01T22:00:00Z")).toBe(0);
  });
});
