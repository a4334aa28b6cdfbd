import { describe, expect, it } from "vitest";
import { changeBetween } from "../../../../../lib/domain/metrics/change.ts";
import type { Measurement } from "../../../../../lib/domain/metrics/metric.ts";
import { moneyChanges } from "../../../../../lib/domain/metrics/money.ts";
import { findMetric } from "../../../../../lib/domain/metrics/registry.ts";
import type { Sample } from "../../../../../lib/domain/metrics/sample.ts";
import { answers, Counted } from "../../../../fixtures/domain.ts";

function metric(id: string) {
  const found = findMetric(id);
  if (!found) throw new Error(`no metric ${id}`);
  return found;
}

function measured(value: number | string | null, n: number, sample?: Sample): Measurement {
  return { value, n, low: null, high: null, components: {}, ...(sample ? { sample } : {}) };
}

const proportionOf = (successes: number, n: number): Sample => ({ kind: "proportion", successes, n });

const proportion = (successes: number, n: number) =>
  measured(n === 0 ? null : (100 * successes) / n, n, proportionOf(successes, n));

describe("the change between two values", () => {
  it("is in the metric's unit and in per cent of the earlier value's size", () => {
    expect(changeBetween(metric("nps"), measured(-40, 5), measured(-30, 5))).toMatchObject({
      change: 10,
      changePercent: 25,
    });
  });

  it("is exact for money", () => {
    const sales = metric("sales");
    expect(changeBetween(sales, measured("0.10", 1), measured("0.30", 1)).change).toBe("0.20");
    expect(changeBetween(sales, measured("90071992547409.93", 1), measured("-0.01", 1)).change).toBe(
      "-90071992547409.94",
    );
  });

  it("of money has as many decimals as the more exact of the two", () => {
    expect(moneyChanges("1.5", "1.25").change).toBe("-0.25");
    expect(moneyChanges("1.25", "1.5").change).toBe("0.25");
    expect(moneyChanges("7", "9").change).toBe("2");
    expect(changeBetween(metric("sales"), measured("2.00", 1), measured("-1.00", 1))).toMatchObject({
      change: "-3.00",
      changePercent: -150,
      significant: null,
    });
  });

  it("is not tested where either has no data", () => {
    const [none, some] = [measured(0, 0, proportionOf(0, 0)), measured(50, 4, proportionOf(2, 4))];
    expect(changeBetween(metric("csat"), none, some).significant).toBeNull();
    expect(changeBetween(metric("csat"), some, none).significant).toBeNull();
    expect(changeBetween(metric("csat"), some, some).significant).toBe(false);
    expect(changeBetween(metric("csat"), some, measured(null, 4)).change).toBeNull();
  });

  it("is significant between a hundred answers of 7 and a hundred of 1", () => {
    const ces = (score: number) => {
      return new Counted(answers("ces", Array(100).fill(score))).measure("ces", "2026-10-01", "2026-10-31");
    };
    expect(changeBetween(metric("ces"), ces(1), ces(7))).toMatchObject({ change: 6, significant: true });
    expect(changeBetween(metric("ces"), ces(7), ces(7))).toMatchObject({ change: 0, significant: false });
  });

  it("has no per cent of nothing, and no size where either value is missing", () => {
    expect(changeBetween(metric("customers"), measured(0, 0), measured(7, 7))).toMatchObject({
      change: 7,
      changePercent: null,
      significant: null,
    });
    expect(changeBetween(metric("csat"), proportion(0, 0), proportion(3, 4))).toMatchObject({
      change: null,
      changePercent: null,
      significant: null,
      verdict: "no-baseline",
    });
  });

  it("is significant where chance alone would do as much less than once in a hundred times", () => {
    const csat = metric("csat");
    // Newcombe's interval ends at 0 with 2.695 standard errors for 60 of 100 against 41, with 2.553 against 42 (independent code); the limit is 2.576.
    expect(changeBetween(csat, proportion(41, 100), proportion(60, 100)).significant).toBe(true);
    expect(changeBetween(csat, proportion(42, 100), proportion(60, 100)).significant).toBe(false);
  });

  it("is never significant for what is counted and not sampled", () => {
    expect(changeBetween(metric("sales"), measured("1.00", 1), measured("99.00", 50)).significant).toBeNull();
  });
});

describe("every metric that is an estimate", () => {
  const samples: [string, Sample, Sample][] = [
    [
      "net-promoter",
      { kind: "net-promoter", promoters: 90, passives: 5, detractors: 5 },
      { kind: "net-promoter", promoters: 10, passives: 5, detractors: 85 },
    ],
    [
      "proportion",
      { kind: "proportion", successes: 90, n: 100 },
      { kind: "proportion", successes: 9, n: 100 },
    ],
    [
      "mean",
      { kind: "mean", n: 100, sum: 500, sumOfSquares: 2600 },
      { kind: "mean", n: 100, sum: 200, sumOfSquares: 500 },
    ],
  ];

  it.each(samples)("can tell a real change from noise: %s", (_kind, first, second) => {
    const nps = metric("nps");
    expect(changeBetween(nps, measured(1, 100, first), measured(2, 100, second)).significant).toBe(true);
    expect(changeBetween(nps, measured(1, 100, first), measured(2, 100, first)).significant).toBe(false);
  });
});

describe("a change of what is known in full", () => {
  const days = (amount: number) => new Array<number>(7).fill(amount);
  const process = (daily: readonly number[], unit = 1): Sample => ({
    ...{ kind: "process", isCount: false, daily: () => daily, unit },
  });

  it("is tested from nothing too: a count of none is known", () => {
    const [none, some] = [measured(0, 0, process(days(0))), measured(35, 35, process(days(5)))];
    const found = changeBetween(metric("contact-volume"), none, some);
    expect(found).toMatchObject({ change: 35, changeLow: 35, changeHigh: 35, pValue: 0, significant: true });
    expect(found.verdict).toBe("changed");
    expect(changeBetween(metric("contact-volume"), some, none)).toMatchObject({ change: -35, pValue: 0 });
  });

  it("is tested of a balance from nobody on", () => {
    const balance = (value: number, lastDay: number) =>
      measured(value, value, { kind: "balance", value, lastDay, daily: () => days(0) });
    expect(changeBetween(metric("customers"), balance(0, 10), balance(5, 20))).toMatchObject({
      ...{ change: 5, changeLow: 5, changeHigh: 5, pValue: 0 },
    });
  });

  it("has bounds in money where the metric is money, and numbers elsewhere", () => {
    const [week, next] = [
      measured("7.00", 7, process(days(100), 100)),
      measured("14.00", 7, process(days(200), 100)),
    ];
    const { changeLow, changeHigh } = changeBetween(metric("sales"), week, next);
    expect([changeLow, changeHigh].map((end) => [typeof end, Number(end)])).toEqual([
      ["string", 7],
      ["string", 7],
    ]);
  });

  it("is a change of a volume without a test, and too few of anything else", () => {
    const [few, many] = [measured(5, 5), measured(7, 7)];
    expect(changeBetween(metric("contact-volume"), few, many).verdict).toBe("changed");
    expect(changeBetween(metric("contact-volume"), few, few).verdict).toBe("within-noise");
    expect(changeBetween(metric("csat"), few, many).verdict).toBe("too-few");
  });

  it("has its whole baseline where all of its days are known", () => {
    const [week, next] = [measured(7, 7, process(days(1))), measured(14, 14, process(days(2)))];
    const verdict = (daysKnown: number) =>
      changeBetween(metric("contact-volume"), week, next, { baseline: { days: 7, daysKnown } }).verdict;
    expect([verdict(7), verdict(6)]).toEqual(["changed", "partial-baseline"]);
    const plain = changeBetween(metric("csat"), measured(5, 5), measured(7, 7), {
      baseline: { days: 7, daysKnown: 6 },
    });
    expect(plain.verdict).toBe("too-few");
  });
});
