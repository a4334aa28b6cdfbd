/**
 * Calendar days. A `Day` is text in the form `YYYY-MM-DD`, so that days sort as text; arithmetic goes through day
 * numbers (whole days since 1970-01-01 in the proleptic Gregorian calendar).
 */

/** A calendar day, `YYYY-MM-DD`, in the time zone of its workspace. */
export type Day = string;

/** The first and the last day of the calendar: what four digits can write of the common era. */
export const firstDay: Day = "0001-01-01";
export const lastDay: Day = "9999-12-31";

/** The first day that a fact can lie on and that can be asked for. */
export const beginning: Day = "1900-01-01";

const millisecondsPerDay = 86_400_000;
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether a text is a day that exists (`2026-02-29` is not), from `firstDay` to `lastDay`. */
export function isDay(text: string): text is Day {
  if (!dayPattern.test(text) || text < firstDay) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/**
 * The number of a day: whole days since 1970-01-01.
 * @throws RangeError when the text is no day.
 */
export function dayNumber(day: Day): number {
  const known = numbers.get(day);
  if (known !== undefined) return known;
  if (!isDay(day)) throw new RangeError(`not a calendar day: ${day}`);
  const number = Date.parse(`${day}T00:00:00Z`) / millisecondsPerDay;
  if (numbers.size >= maxKnown) numbers.clear();
  numbers.set(day, number);
  return number;
}

/** Long histories name the same days again and again. */
const numbers = new Map<Day, number>();
const maxKnown = 20_000;

/**
 * The day with a number.
 * @throws RangeError when it is not whole, or the day lies outside `firstDay` to `lastDay`.
 */
export function dayFromNumber(number: number): Day {
  const known = written.get(number);
  if (known !== undefined) return known;
  const day = writeDay(number);
  if (written.size >= maxKnown) written.clear();
  written.set(number, day);
  return day;
}

/** Long histories write the same days again and again. */
const written = new Map<number, Day>();

function writeDay(number: number): Day {
  const date = new Date(number * millisecondsPerDay);
  const year = date.getUTCFullYear();
  // Written so that it also refuses the year of an invalid date, which is NaN.
  if (!Number.isInteger(number) || !(year >= 1 && year <= 9999)) {
    throw new RangeError(`no calendar day has the number ${number}`);
  }
  return date.toISOString().slice(0, 10);
}

/**
 * The day `days` days after `day` (before, when negative).
 * @throws RangeError when either is no day of the calendar.
 */
export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days);
}

/** How many days lie from `from` to `to`, both included; 0 or less when `to` is before `from`. */
export function countDays(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from) + 1;
}

/** Every day from `from` to `to`, both included. */
export function eachDay(from: Day, to: Day): Day[] {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, countDays(from, to)) }, (_, index) => dayFromNumber(first + index));
}

/** The earlier of two days. */
export function earlierDay(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** The later of two days. */
export function laterDay(a: Day, b: Day): Day {
  return a > b ? a : b;
}
