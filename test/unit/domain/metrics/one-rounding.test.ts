import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Measurement } from "../../../../lib/domain/metrics/metric.ts";
import { parseAmount } from "../../../../lib/domain/metrics/money.ts";
import { type Counts, createTimeline, periodOf } from "../../../../lib/domain/metrics/period.ts";
import { findMetric } from "../../../../lib/domain/metrics/registry.ts";
import { defaultSettings } from "../../../fixtures/domain.ts";
import { isNearest } from "../../../fixtures/nearest.ts";

/** Every value that is a quotient is the number nearest to it: from counters of any size to what is answered. */

const month = { from: "2026-10-01", to: "2026-10-31", calendar: "month" } as const;

/** A metric of counters of one month, with the sums before it. */
function measure(id: string, counts: Counts, before: Counts = {}, convention?: string): Measurement {
  const metric = findMetric(id);
  if (!metric) throw new Error(`there is no ${id}`);
  const timeline = createTimeline(month, new Map([["2026-10-09", counts]]), before);
  const settings = {
    ...defaultSettings,
    margin: 0.35,
    convention: convention ?? metric.conventions?.[0] ?? "",
  };
  return metric.compute(
    periodOf(() => timeline, month),
    settings,
  );
}

/** What a value must be the nearest number to. */
interface Expected {
  readonly value: unknown;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const share = (value: unknown, part: bigint, whole: bigint): Expected => ({
  ...{ value, numerator: 100n * part, denominator: whole },
});

/** Metric → its quotients, from one count, a larger one, and an amount of money or a sum of durations. */
const quotients: Record<string, (part: bigint, whole: bigint, sum: bigint) => Expected[]> = {
  nps: (part, whole) => [
    share(measure("nps", { "0-10:9": part, "0-10:0": whole - part }).value, 2n * part - whole, whole),
  ],
  csat: (part, whole) => [
    share(measure("csat", { "1-5:5": part, "1-5:1": whole - part }).value, part, whole),
  ],
  ces: (part, whole) => {
    const { value, components } = measure("ces", { "1-7:7": part, "1-7:2": whole - part });
    return [
      { value, numerator: 7n * part + 2n * (whole - part), denominator: whole },
      share(components["topBoxPercent"], part, whole),
    ];
  },
  esat: (part, whole) => {
    const { value, components } = measure("esat", { "esat:9": part, "esat:1": whole - part });
    return [
      { value, numerator: 9n * part + whole - part, denominator: whole },
      share(components["topBoxPercent"], part, whole),
    ];
  },
  "churn-rate": (part, whole) => {
    const counts = { lostMonth: part, lost: part };
    return ["cohort", "baremetrics", "stripe", "net"].map((convention) =>
      share(measure("churn-rate", counts, { new: whole }, convention).value, part, whole),
    );
  },
  "retention-rate": (part, whole) => [
    share(
      measure("retention-rate", { lostMonth: part, lost: part }, { new: whole }).value,
      whole - part,
      whole,
    ),
  ],
  "average-order-value": (_, whole, sum) => {
    const counts = { "orders:USD": whole, "revenue:USD": sum, "revenueSquares:USD": sum * sum };
    return [
      { value: measure("average-order-value", counts).value, numerator: sum, denominator: 100n * whole },
    ];
  },
  "acquisition-cost": (_, whole, sum) => [
    {
      value: measure("acquisition-cost", { new: whole, "spent:USD": sum, "spends:USD": 1n }).value,
      ...{ numerator: sum, denominator: 100n * whole },
    },
  ],
  clv: (part, whole, sum) => {
    const counts = {
      ...{ lostMonth: part, lost: part },
      ...{ "customerOrders:USD": 7n, "customerRevenue:USD": sum },
    };
    const { value, components } = measure("clv", counts, { new: whole });
    // Revenue over the mean of those at the start and at the end, times a margin of 0.35, over churn.
    const numerator = 2n * sum * 35n * whole;
    return [
      { value, numerator, denominator: (2n * whole - part) * 10_000n * part },
      { value: components["averageOrderValue"], numerator: sum, denominator: 700n },
      { value: components["purchaseFrequency"], numerator: 14n, denominator: 2n * whole - part },
    ];
  },
  "resolution-time": (_, whole, sum) => {
    const counts = { once: whole, onceTime: sum, onceSquares: sum * sum };
    return [{ value: measure("resolution-time", counts).value, numerator: sum, denominator: 1_000n * whole }];
  },
  "page-speed": (_, whole, sum) => {
    const { components } = measure("page-speed", { loads: whole, milliseconds: sum });
    return [{ value: components["mean"], numerator: sum, denominator: 1_000n * whole }];
  },
  "bounce-rate": (part, whole, sum) => {
    const counts = { sessions: whole, bounced: part, seconds: sum, secondsSquares: sum * sum };
    const { value, components } = measure("bounce-rate", counts);
    return [
      share(value, part, whole),
      { value: components["secondsPerSession"], numerator: sum, denominator: whole },
    ];
  },
  "cta-engagement": (part, whole) => [
    share(measure("cta-engagement", { views: whole, clicks: part }).value, part, whole),
    share(measure("cta-engagement", { views: part, clicks: whole }).value, whole, part),
  ],
  "repeat-purchase-rate": (part, whole) => [
    share(measure("repeat-purchase-rate", {}, { buyers: whole, repeatBuyers: part }).value, part, whole),
  ],
  "referral-rate": (part, whole) => [
    share(measure("referral-rate", { new: whole, referred: part }).value, part, whole),
  ],
  "social-mentions": (part, whole) => [
    share(
      measure("social-mentions", { positive: part, negative: whole - part }).components["netSentiment"],
      2n * part - whole,
      whole,
    ),
  ],
  "share-price": (_, whole, sum) => {
    const price = { "days:USD": 1n, "symbol:USD": 1n, "symbolSquares:USD": 1n };
    const { components } = measure("share-price", { ...price, "opening:USD": whole, "closing:USD": sum });
    return [share(components["changePercent"], sum - whole, whole)];
  },
};

/** 0 < part ≤ whole, of any size that there can be. */
const parts = fc
  .oneof(fc.bigInt({ min: 1n, max: 50n }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
  .chain((whole) => fc.tuple(fc.bigInt({ min: 1n, max: whole }), fc.constant(whole)));
const sums = fc.oneof(fc.bigInt({ min: 1n, max: 500_000n }), fc.bigInt({ min: 1n, max: 10n ** 14n }));

describe("every quotient is rounded once", () => {
  it.each(Object.entries(quotients))("of %s", (_, quotientsOf) => {
    fc.assert(
      fc.property(parts, sums, ([part, whole], sum) => {
        for (const { value, numerator, denominator } of quotientsOf(part, whole, sum)) {
          expect({ value, isNearest: isNearest(Number(value), numerator, denominator) }).toEqual({
            ...{ value, isNearest: true },
          });
        }
      }),
    );
  });

  it("four orders of 1.00 and one of 3450.56 are 690.912 on average", () => {
    const revenue = parseAmount("3454.56", 2);
    const counts = {
      "orders:USD": 5n,
      "revenue:USD": revenue,
      "revenueSquares:USD": 345_056n ** 2n + 40_000n,
    };
    expect(measure("average-order-value", counts).value).toBe("690.912");
  });

  it("one of three customers lost is 33.333333333333336", () => {
    expect(measure("churn-rate", { lostMonth: 1n, lost: 1n }, { new: 3n }).value).toBe(33.333333333333336);
  });

  it("an average of equal orders lies in its own interval", () => {
    const each = 69_091n;
    const counts = { "orders:USD": 3n, "revenue:USD": 3n * each, "revenueSquares:USD": 3n * each * each };
    const { low, value, high } = measure("average-order-value", counts);
    expect([low, high]).toEqual([value, value]);
  });
});
