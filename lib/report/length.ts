import { addDays, eachDay } from "../domain/calendar/days.ts";
import { exampleSettings } from "../domain/metrics/example-settings.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { createTimeline, periodOf } from "../domain/metrics/period.ts";

/** Whether values of a week and of a month can stand beside each other. */

const known = new Map<AnyMetric, boolean>();

/**
 * Whether a metric has about the same value over a week and over four, where every day is like the other: a score has, a
 * sum or a churn rate has not. A target that is measured over a month says nothing about the weeks of a chart
 * unless it is so. Found by computing both, so that a metric need not say it of itself; what is 0 in both is not known to be so.
 */
export function isPeriodInvariant(metric: AnyMetric): boolean {
  let isSame = known.get(metric);
  if (isSame === undefined) {
    const [short, long] = [valueOver(metric, 7), valueOver(metric, 28)];
    // Balances grow a little while days pass; sums grow fourfold.
    isSame = Math.abs(long - short) < 0.2 * Math.max(Math.abs(long), Math.abs(short));
    known.set(metric, isSame);
  }
  return isSame;
}

const start = "2001-01-01";

/**
 * The value over so many days that are all alike, after as if there had been many more of them. Counters count different
 * numbers, the first ones more, so that what is taken off leaves something; those of used metrics first, as shares are taken
 * of them.
 */
function valueOver(metric: AnyMetric, days: number): number {
  const range = { from: start, to: addDays(start, days - 1) };
  const counters = [...metric.uses, metric].flatMap((used) =>
    used.counters.map((name) => (name.endsWith(":") ? `${name}${used.exampleCell ?? "USD"}` : name)),
  );
  const times = (factor: bigint) =>
    Object.fromEntries(
      counters.map((counter, index) => [counter, factor * BigInt(counters.length - index) ** 2n]),
    );
  const daily = new Map(eachDay(range.from, range.to).map((day) => [day, times(1n)]));
  const timeline = createTimeline(range, daily, times(10_000n));
  const period = periodOf(() => timeline, { ...range, calendar: null });
  const convention = metric.conventions?.[0] ?? "";
  const { value } = metric.compute(period, { ...exampleSettings, convention });
  return Number(value);
}
