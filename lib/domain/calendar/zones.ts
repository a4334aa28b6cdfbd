import { type Day, isDay } from "./days.ts";
import { memoize } from "./memoize.ts";

/** 0001-01-02T00:00:00Z, when the calendar's first day has begun in every zone. */
const earliestInstant = -62_135_510_400_000;

/** 10000-01-02T00:00:00Z, when the calendar's last day is over in every zone. */
const endOfCalendar = 253_402_387_200_000;

/** More formatters than there are zones are never needed; the name of one can be written in many ways, as its case does not matter. */
const maxFormatters = 1_000;

/** Swedish dates are written as YYYY-MM-DD. */
const formatterFor = memoize(
  maxFormatters,
  (timeZone: string) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }),
);

/** Whether a name is an IANA time zone (an offset such as `+02:00` is not: it knows no clock changes). */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatterFor(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The calendar day on which an instant falls in a time zone; `undefined` for an instant outside the calendar (see `firstDay`).
 * @param instant milliseconds since 1970-01-01T00:00:00Z
 * @throws RangeError when the zone is unknown
 */
export function dayWithin(instant: number, timeZone: string): Day | undefined {
  // Also what is no number.
  if (!(instant >= firstEvenInstant)) return formattedDay(instant, timeZone);
  const quarter = Math.floor(instant / quarterMilliseconds);
  const known = knownDays.get(timeZone)?.get(quarter);
  if (known !== undefined) return known;
  const day = formattedDay(instant, timeZone);
  if (day === undefined) return undefined;
  const days = knownDays.get(timeZone) ?? new Map<number, Day>();
  knownDays.set(timeZone, days.size < maxKnownDays ? days.set(quarter, day) : new Map());
  return day;
}

/** 1980-01-01T00:00:00Z: since then no zone's day begins within a quarter of an hour. */
const firstEvenInstant = 315_532_800_000;
const quarterMilliseconds = 900_000;
const maxKnownDays = 10_000;
const knownDays = new Map<string, Map<number, Day>>();

function formattedDay(instant: number, timeZone: string): Day | undefined {
  const formatter = formatterFor(timeZone);
  // Written so that it also refuses what is no number. Years before 1 would be written without their era.
  if (!(instant >= earliestInstant && instant < endOfCalendar)) return undefined;
  // Years before 1000 are written without their leading zeros.
  const day = formatter.format(instant).padStart(10, "0");
  return isDay(day) ? day : undefined;
}

/**
 * The calendar day on which an instant falls in a time zone.
 * @param instant milliseconds since 1970-01-01T00:00:00Z
 * @throws RangeError when the zone is unknown, or the instant is none or outside the calendar (see `firstDay`).
 */
export function dayOf(instant: number, timeZone: string): Day {
  const day = dayWithin(instant, timeZone);
  if (day === undefined) throw new RangeError(`an instant outside the calendar: ${instant}`);
  return day;
}

const hourFormatterFor = memoize(
  maxFormatters,
  (timeZone: string) => new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }),
);

/**
 * The hour of the day, 0–23, at which an instant falls in a time zone.
 * @param instant milliseconds since 1970-01-01T00:00:00Z
 * @throws RangeError when the zone is unknown
 */
export function hourOf(instant: number, timeZone: string): number {
  return Number(hourFormatterFor(timeZone).format(instant));
}

const weekMilliseconds = 7 * 86_400_000;

/**
 * The instant that had the same weekday and the same time of the day on a time zone's clocks some weeks earlier, whether or not they
 * were changed in between.
 * @param instant milliseconds since 1970-01-01T00:00:00Z
 * @throws RangeError when the zone is unknown
 */
export function weeksBefore(instant: number, weeks: number, timeZone: string): number {
  const earlier = instant - weeks * weekMilliseconds;
  return earlier + offsetAt(instant, timeZone) - offsetAt(earlier, timeZone);
}

const offsetFormatterFor = memoize(
  maxFormatters,
  (timeZone: string) => new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }),
);

/** How many milliseconds a zone's clocks are ahead of UTC. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = offsetFormatterFor(timeZone).formatToParts(instant);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = 0, minutes = 0] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
