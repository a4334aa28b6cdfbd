import type { Day } from "./days.ts";

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // Swedish dates are written as YYYY-MM-DD.
    formatter = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

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
 * The calendar day on which an instant falls in a time zone.
 * @param instant milliseconds since 1970-01-01T00:00:00Z
 * @throws RangeError when the zone is unknown.
 */
export function dayOf(instant: number, timeZone: string): Day {
  return formatterFor(timeZone).format(instant);
}
