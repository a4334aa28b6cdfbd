import { memoize } from "./memoize.ts";

/** Instants as texts. */

const dayMilliseconds = 86_400_000;

const maxDates = 10_000;

/** `YYYY-MM-DDT` by the day's number since 1970-01-01. */
const dateOf = memoize(maxDates, (day: number) => {
  const [date] = new Date(day * dayMilliseconds).toISOString().split("T", 1);
  return `${date}T`;
});

const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));

/**
 * An instant in RFC 3339: UTC, with milliseconds. The same as `toISOString`, for what every fact passes: the text of a day is made once.
 * @param instant milliseconds since 1970-01-01T00:00:00Z, a whole number
 * @throws RangeError on days that `Date` does not know
 */
export function instantText(instant: number): string {
  const day = Math.floor(instant / dayMilliseconds);
  const milliseconds = instant - day * dayMilliseconds;
  const seconds = Math.floor(milliseconds / 1_000);
  const minutes = Math.floor(seconds / 60);
  const time = `${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}`;
  return `${dateOf(day)}${time}.${String(milliseconds % 1_000).padStart(3, "0")}Z`;
}
