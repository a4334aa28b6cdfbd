import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, eachDay } from "../../../../lib/domain/calendar/days.ts";
import { segmentOf, Tally, totalSegment } from "../../../../lib/domain/metrics/counting.ts";
import { mrr, type RecurringPeriod, recurringBalance } from "../../../../lib/domain/metrics/mrr.ts";
import { createTimeline, periodOf } from "../../../../lib/domain/metrics/period.ts";
import { Counted, occurrencesFrom, placeFacts } from "../../../fixtures/domain.ts";
import {
  channelOf,
  paidBy,
  type SentSubscription,
  subscription,
  subscriptionHistories,
  subscriptions,
} from "../../../fixtures/subscriptions.ts";

const march = ["2026-03-01", "2026-03-31"] as const;
const counted = new Counted(subscriptions);

describe("mrr", () => {
  it("is what is paid a month at the end, by movements of whole customers", () => {
    const { value, n, components } = counted.measure("mrr", ...march);
    // At the start 20 + 100 + 30 + 10, at the end 30 + 50 + 10 + 8 + 3.
    expect({ value, n }).toEqual({ value: "101.00", n: 5 });
    expect(components).toEqual({
      ...{
        start: "160.00",
        new: "5.00",
        expansion: "13.00",
        reactivation: "10.00",
        contraction: "57.00",
        churn: "30.00",
      },
      ...{ end: "101.00", annual: "1212.00", subscribers: 5 },
    });
  });

  it("keeps currencies apart, and names the others", () => {
    const yen = counted.measure("mrr", ...march, { currency: "JPY", currencyDecimals: 0 });
    expect(yen).toMatchObject({ value: "1000", n: 1, components: { start: "1000", new: "0" } });
    expect(yen.remarks).toMatchObject([{ values: { what: "subscriptions", currencies: "USD" } }]);
  });

  it("is exact where a month's part of a price is no whole cent", () => {
    const odd = new Counted([
      subscription("started", "a", "2026-01-05", "a", ["0.01", "year"]),
      subscription("started", "b", "2026-01-05", "b", ["0.01", "year", 11]),
    ]);
    expect(odd.measure("mrr", ...march).value).toBe("0.01");
    const third = new Counted([subscription("started", "a", "2026-01-05", "a", ["0.01", "quarter"])]);
    expect(third.measure("mrr", ...march)).toMatchObject({
      value: String(1 / 300),
      components: { annual: "0.04" },
    });
  });

  it("says nothing of a day that ends as it began", () => {
    const tried = new Counted([
      { ...subscription("started", "a", "2026-03-05", "a", ["9.00"]), occurredAt: "2026-03-05T10:00:00Z" },
      subscription("ended", "a", "2026-03-05", "a"),
    ]);
    expect(tried.measure("mrr", ...march)).toMatchObject({
      value: "0.00",
      components: { new: "0.00", churn: "0.00" },
    });
  });

  it("goes on where a subscription that runs ends and starts anew at one instant, and ends where it did not run", () => {
    const at = { occurredAt: "2026-03-05T10:00:00Z" };
    const end = { ...subscription("ended", "a", "2026-03-05", "a"), ...at };
    const start = { ...subscription("started", "a", "2026-03-05", "a", ["30.00"]), ...at };
    const renewed = [subscription("started", "a", "2026-01-05", "a", ["20.00"]), end, start];
    for (const sent of [renewed, renewed.toReversed()]) {
      expect(new Counted(sent).measure("mrr", ...march)).toMatchObject({
        value: "30.00",
        components: { expansion: "10.00", churn: "0.00" },
      });
    }
    for (const sent of [
      [end, start],
      [start, end],
    ]) {
      expect(new Counted(sent).measure("mrr", ...march)).toMatchObject({ value: "0.00" });
    }
  });

  it("of two prices from one instant on takes the higher", () => {
    const at = { occurredAt: "2026-03-05T10:00:00Z" };
    const change = (money: string) => ({
      ...subscription("changed", "a", "2026-03-05", "a", [money]),
      ...at,
    });
    const begun = subscription("started", "a", "2026-01-05", "a", ["20.00"]);
    const both = new Counted([begun, change("90.00"), change("100.00")]);
    expect(both.measure("mrr", ...march)).toMatchObject({ value: "100.00" });
  });

  it("is the same whatever is known before what: a change before its start, an end before both", () => {
    const late = new Counted([...subscriptions].reverse());
    expect(late.measure("mrr", ...march)).toEqual({
      ...counted.measure("mrr", ...march),
      sample: expect.anything(),
    });
  });
});

const from = "2026-02-20";
const days = 45;

/** Counts facts in any order, in the segments of the channel as well. */
function tallyOf(sent: readonly SentSubscription[]): Tally {
  const tally = new Tally();
  const placed = placeFacts(sent).map((one) => ({ ...one, segments: one.fact.dimensions }));
  for (const occurrence of occurrencesFrom(placed)) tally.count(occurrence);
  return tally;
}

/** What is paid at the start and at the end of each day by the counters of a segment. */
function balancesIn(tally: Tally, segment: string, currency: string, all: readonly string[]): number[][] {
  const byDay = new Map<string, Record<string, bigint>>();
  for (const { bucket, counts } of tally.changes()) {
    if (bucket.family !== mrr.family || bucket.segment !== segment) continue;
    byDay.set(bucket.day, Object.fromEntries(counts));
  }
  const timeline = createTimeline({ from: addDays(from, -1), to: addDays(from, days) }, byDay, {});
  return all.map((day) => {
    const period = periodOf(() => timeline, {
      from: day,
      to: day,
      calendar: "day",
    }) as unknown as RecurringPeriod;
    const { start, end } = recurringBalance(period, currency);
    return [Number(start), Number(end)];
  });
}

const customerIds = ["c-0", "c-1", "c-2", "c-3"];

describe("for any history, facts in any order", () => {
  it("start and movements make the end of each day, in each segment and currency, which is what is paid then", () => {
    const random = fc.record({ facts: subscriptionHistories(from, days), seed: fc.integer() });
    fc.assert(
      fc.property(random, ({ facts: sent, seed }) => {
        const arrived = [...sent].sort((a, b) => mixed(a.id, seed) - mixed(b.id, seed));
        const tally = tallyOf(arrived);
        const all = eachDay(from, addDays(from, days - 1));
        for (const channel of [undefined, "web", "shop"]) {
          const segment = channel === undefined ? totalSegment : segmentOf("channel", channel);
          const own = customerIds.filter((id) => channel === undefined || channelOf(sent, id) === channel);
          for (const currency of ["USD", "JPY"]) {
            const paid = (day: string) => own.reduce((sum, id) => sum + paidBy(sent, id, currency, day), 0);
            const expected = all.map((day) => [paid(addDays(day, -1)), paid(day)]);
            expect(balancesIn(tally, segment, currency, all)).toEqual(expected);
          }
        }
      }),
      { numRuns: 1_000, seed: 20_261_130 },
    );
  });

  it("what is kept is that of the customers of the start", () => {
    const [first, last] = march;
    fc.assert(
      fc.property(subscriptionHistories(from, days), (sent) => {
        const measured = new Counted(sent);
        const paid = customerIds.map((id) => [
          paidBy(sent, id, "USD", addDays(first, -1)),
          paidBy(sent, id, "USD", last),
        ]);
        const there = paid.filter(([start = 0]) => start > 0);
        const sum = (of: (start: number, end: number) => number) =>
          there.reduce((total, [start = 0, end = 0]) => total + of(start, end), 0);
        const start = sum((one) => one);
        const expected = (kept: number) => (start === 0 ? null : expect.closeTo((100 * kept) / start, 9));
        const value = (id: string) => measured.measure(id, first, last).value;
        expect(value("net-revenue-retention")).toEqual(expected(sum((_, end) => end)));
        expect(value("gross-revenue-retention")).toEqual(expected(sum((one, end) => Math.min(one, end))));
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

/** A number for a text and a seed, to shuffle by. */
function mixed(text: string, seed: number): number {
  let hash = seed | 0;
  for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
