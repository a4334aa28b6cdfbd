import { countDays, type Day, earlierDay, laterDay } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { type Counts, createTimeline, type Timeline } from "../../domain/metrics/period.ts";
import type { MetricCounters } from "./counters.ts";

/** Counters of several segments made into one. Counters add, so that is exact. */

/** The whole less its parts. The parts have no counter that the whole has not. */
export function without(whole: MetricCounters, parts: readonly MetricCounters[]): MetricCounters {
  const timelineOf = (counter: string): Timeline => {
    const all = whole.timelineOf(counter);
    const timelines = parts.map((part) => part.timelineOf(counter));
    const less = (sum: bigint, sumOf: (timeline: Timeline) => bigint) =>
      timelines.reduce((rest, timeline) => rest - sumOf(timeline), sum);
    return {
      from: all.from,
      to: all.to,
      sumBetween: (name, from, to) =>
        less(all.sumBetween(name, from, to), (timeline) => timeline.sumBetween(name, from, to)),
      daily: (name, from, to) =>
        timelines.reduce(
          (rest, timeline) => withEach(rest, timeline.daily(name, from, to), -1),
          all.daily(name, from, to),
        ),
      sumBefore: (name, day) => less(all.sumBefore(name, day), (timeline) => timeline.sumBefore(name, day)),
      names: (prefix) => all.names(prefix),
      on: (day) => {
        const [counts, ...less] = [all, ...timelines].map((timeline) => timeline.on(day));
        return less.reduce<Counts>((rest, part) => added(rest, part, -1n), counts ?? {});
      },
    };
  };
  return { ...whole, timelineOf };
}

/** The counts of both; those that come to 0 are left out. */
function added(some: Counts, others: Counts, sign: 1n | -1n): Counts {
  const sums = new Map(Object.entries(some));
  for (const [name, amount] of Object.entries(others)) sums.set(name, (sums.get(name) ?? 0n) + sign * amount);
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n));
}

function withEach(some: readonly number[], others: readonly number[], sign: 1 | -1): number[] {
  return some.map((value, index) => value + sign * (others[index] ?? 0));
}

function firstOf(parts: readonly MetricCounters[]): ReadonlyMap<string, Day> {
  const first = new Map<string, Day>();
  for (const [family, day] of parts.flatMap(({ firstDays = new Map<string, Day>() }) => [...firstDays])) {
    first.set(family, earlierDay(first.get(family) ?? day, day));
  }
  return first;
}

/** The counters of some days on which nothing was counted. */
export function noCounters(range: DayRange): MetricCounters {
  const timeline = createTimeline(range, new Map(), {});
  return { timelineOf: () => timeline, stale: [], unpacked: [], countsOn: () => ({}) };
}

/** All parts in one. @throws RangeError for no parts */
export function together(parts: readonly MetricCounters[]): MetricCounters {
  if (parts.length === 0) throw new RangeError("no counters to put together");
  const sum = (timelines: readonly Timeline[], sumOf: (timeline: Timeline) => bigint) =>
    timelines.reduce((total, timeline) => total + sumOf(timeline), 0n);
  const timelineOf = (counter: string): Timeline => {
    const timelines = parts.map((part) => part.timelineOf(counter));
    return {
      // Each begins with its first day where a metric reads all days.
      from: timelines.map(({ from }) => from).reduce(earlierDay),
      to: timelines.map(({ to }) => to).reduce(laterDay),
      sumBetween: (name, from, to) => sum(timelines, (timeline) => timeline.sumBetween(name, from, to)),
      daily: (name, from, to) => {
        const none = new Array<number>(countDays(from, to)).fill(0);
        return timelines.reduce((all, timeline) => withEach(all, timeline.daily(name, from, to), 1), none);
      },
      sumBefore: (name, day) => sum(timelines, (timeline) => timeline.sumBefore(name, day)),
      names: (prefix) => [...new Set(timelines.flatMap((timeline) => timeline.names(prefix)))],
      on: (day) => timelines.reduce<Counts>((counts, timeline) => added(counts, timeline.on(day), 1n), {}),
    };
  };
  return {
    timelineOf,
    stale: parts.flatMap(({ stale }) => stale),
    unpacked: parts.flatMap(({ unpacked }) => unpacked),
    firstDays: firstOf(parts),
    countsOn: (day) => {
      const counts: Record<string, bigint> = {};
      for (const part of parts) {
        for (const [name, amount] of Object.entries(part.countsOn(day))) {
          counts[name] = (counts[name] ?? 0n) + amount;
        }
      }
      return counts;
    },
  };
}
