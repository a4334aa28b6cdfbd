import { ticks } from "d3-array";
import { utcTicks } from "d3-time";
import { type Day, dayNumber } from "../domain/calendar/days.ts";
import type { DayRange } from "../domain/calendar/intervals.ts";
import { dayFormat } from "./format.ts";

/** Scales and ticks of charts. */

const millisecondsPerDay = 86_400_000;

/** From a value to a place. */
export interface Scale {
  readonly domain: readonly [number, number];
  /** The place of a value, in the chart's units. */
  place(value: number): number;
}

/** A scale on which equal differences are equally far apart. A domain of one value lies in the middle. */
export function linearScale(
  [start, end]: readonly [number, number],
  [first, last]: readonly [number, number],
): Scale {
  const span = end - start;
  return {
    domain: [start, end],
    place: (value) => (span === 0 ? (first + last) / 2 : first + ((value - start) / span) * (last - first)),
  };
}

/** A tick of an axis. */
export interface Tick {
  /** A value, or a day's number. */
  readonly at: number;
  readonly label: string;
}

/** The extent of the vertical axis. */
export interface Extent {
  /** Values that must be inside. */
  readonly values: readonly number[];
  /** Whether 0 belongs on the axis where it is not far away: for amounts, whose size is seen from there. */
  readonly isAmount: boolean;
}

/**
 * The ends of a vertical axis on round values, with its ticks' values.
 * @returns `[0, 1]` where there are no values
 */
export function valueAxis({ values, isAmount }: Extent): {
  domain: readonly [number, number];
  ticks: readonly number[];
  step: number;
} {
  const known = values.filter(Number.isFinite);
  let [low, high] = known.length === 0 ? [0, 1] : [Math.min(...known), Math.max(...known)];
  if (isAmount && low > 0 && low <= high / 2) low = 0;
  if (isAmount && low === 0 && high === 0) high = 1;
  // Values as near to each other as their last bits are equal to every reader.
  if (high - low <= Math.max(Math.abs(low), Math.abs(high)) * 1e-9 + 1e-12) {
    const room = Math.max(Math.abs(low) * 0.05, 1e-3) + (low === 0 ? 1 : 0);
    [low, high] = [low - room, high + room];
  }
  const inner = ticks(low, high, 4);
  const step = stepOf(inner, high - low);
  const domain = [Math.floor(low / step) * step, Math.ceil(high / step) * step] as const;
  const all = Array.from({ length: Math.round((domain[1] - domain[0]) / step) + 1 }, (_, index) =>
    exact(domain[0] + index * step),
  );
  return { domain: [exact(domain[0]), exact(domain[1])], ticks: all, step };
}

function stepOf(inner: readonly number[], span: number): number {
  const [first, second] = inner;
  return first === undefined || second === undefined ? span : exact(second - first);
}

/** Without the last bits of sums of decimals: 0.1 + 0.2 is 0.3. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}

/** Ticks of days, at the beginnings of days, weeks, months or years. */
export function dayTicks({ from, to }: DayRange, locale: string): Tick[] {
  const start = new Date(`${from}T00:00:00Z`);
  const end = new Date(`${to}T00:00:00Z`);
  const days = (end.getTime() - start.getTime()) / millisecondsPerDay;
  const wanted = days < 4 ? Math.max(1, days) : 4;
  const dates = utcTicks(start, end, wanted).filter((date) => date.getTime() % millisecondsPerDay === 0);
  const chosen = dates.length > 0 ? dates : [start];
  const format = dayFormat(locale, days > 3 * 366 ? yearOptions : days > 200 ? monthOptions : dayOptions);
  return chosen.map((date) => ({
    at: dayNumber(date.toISOString().slice(0, 10)),
    label: format.format(date),
  }));
}

/** The middle of a range of days, as a number of days: where a range's value is drawn. */
export function middleOf({ from, to }: { readonly from: Day; readonly to: Day }): number {
  return (dayNumber(from) + dayNumber(to)) / 2;
}

const dayOptions = { day: "numeric", month: "short", timeZone: "UTC" } as const;
const monthOptions = { month: "short", year: "numeric", timeZone: "UTC" } as const;
const yearOptions = { year: "numeric", timeZone: "UTC" } as const;
