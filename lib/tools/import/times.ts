import { DateTime } from "luxon";
import { Temporal } from "temporal-polyfill";
import { addDays, isDay } from "../../domain/calendar/days.ts";
import { formatContents } from "./formats.ts";
import { ambiguous, fromSerial, readLooseTime } from "./loose-times.ts";
import type { TimeStyle } from "./mapping-values.ts";
import { RowProblem, UsageError } from "./problems.ts";

/** Makes a time as a file has it into RFC 3339. Throws RowProblem when the text is no such time. */
export type ReadTime = (text: string) => string;

type ClockChange = NonNullable<TimeStyle["clockChange"]>;

/**
 * Prepares the reading of times in a style. ISO 8601 with an offset stays as it is; all other times come out in UTC.
 * @throws UsageError when the style lacks the zone or the time of day that its format needs.
 */
export function timeReader(style: TimeStyle, place: string): ReadTime {
  const { format } = style;
  if (format === undefined) return freeReader(style);
  if (format === "excel") return serialReader(style);
  return format === "X" || format === "x" ? epochReader(format) : patternReader(style, format, place);
}

/** Seconds (X) or milliseconds (x) since 1970-01-01T00:00:00Z. */
function epochReader(format: "X" | "x"): ReadTime {
  const unit = format === "X" ? 1000 : 1;
  return (text) => {
    if (!/^\d{1,14}(\.\d+)?$/.test(text))
      throw new RowProblem(`"${text}" is not a time of the form ${format}`);
    const time = new Date(Math.round(Number(text) * unit));
    if (Number.isNaN(time.getTime())) throw new RowProblem(`"${text}" is too far in the future`);
    return toText(time.getTime());
  };
}

const isoPattern =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([Zz]|[+-]\d{2}:?\d{2}))?)?$/;

/** ISO 8601 as it stands, every other form by what it says itself. */
function freeReader(style: TimeStyle): ReadTime {
  return (text) => readIso(text, style) ?? readFree(text, style);
}

function readIso(text: string, style: TimeStyle): string | undefined {
  const match = isoPattern.exec(text);
  const [, day = "", hour, minute, second = "00", fraction, offset] = match ?? [];
  if (!match || !isDay(day) || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second) > 59) {
    return undefined;
  }
  if (hour === undefined) {
    return localToInstant(
      Date.parse(`${day}T${timeOfDay(style, text)}Z`),
      zoneOf(style, text),
      style.clockChange,
    );
  }
  const local = `${day}T${hour}:${minute}:${second}${fraction ? `.${fraction}` : ""}`;
  if (offset) return `${local}${withColon(offset)}`;
  return localToInstant(Date.parse(`${local}Z`), zoneOf(style, text), style.clockChange);
}

function readFree(text: string, style: TimeStyle): string {
  const found = readLooseTime(text, style.order);
  if (found === ambiguous) {
    throw new RowProblem(
      `"${text}" may begin with the day or the month: say "order": "dmy" or "mdy" (times)`,
    );
  }
  if (found === undefined) {
    throw new RowProblem(`"${text}" is not a time that exists, or in a form of its own (see times.format)`);
  }
  const { local, hasTime, zone } = found;
  const at = hasTime ? local : local + Date.parse(`1970-01-01T${timeOfDay(style, text)}Z`);
  if (zone && "offsetMinutes" in zone) return toText(at - zone.offsetMinutes * 60_000);
  return localToInstant(at, zone?.zone ?? zoneOf(style, text), style.clockChange);
}

/** Days since 1899-12-30 with their fraction, as spreadsheets keep times. */
function serialReader(style: TimeStyle): ReadTime {
  return (text) => {
    if (!/^\d{1,6}([.,]\d+)?$/.test(text))
      throw new RowProblem(`"${text}" is not a spreadsheet's number of a day`);
    const local = fromSerial(Number(text.replace(",", ".")));
    return localToInstant(local, zoneOf(style, text), style.clockChange);
  };
}

function withColon(offset: string): string {
  if (offset.length === 1) return "Z";
  return offset.includes(":") ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
}

function timeOfDay(style: TimeStyle, text: string): string {
  if (!style.at) throw new RowProblem(`"${text}" has no time of day, and the mapping says none (at)`);
  return style.at.length === 5 ? `${style.at}:00` : style.at;
}

function zoneOf(style: TimeStyle, text: string): string {
  if (!style.zone) throw new RowProblem(`"${text}" has no offset, and the mapping names no zone`);
  return style.zone;
}

function patternReader(style: TimeStyle, format: string, place: string): ReadTime {
  const { absolute, timed } = formatContents(format);
  const { zone, at } = style;
  if (!absolute && !zone)
    throw new UsageError(`${place}: the format "${format}" has no offset: name the zone, too`);
  if (!timed && !at) {
    throw new UsageError(
      `${place}: the format "${format}" has no time of day: say which, for example "at": "12:00"`,
    );
  }
  const locale = "en-US";
  const parser = DateTime.buildFormatParser(format, { locale });
  const atMilliseconds = timed || !at ? 0 : Date.parse(`1970-01-01T${at}Z`);
  return (text) => {
    // Read as if in UTC: what the zone makes of it is decided in one place, localToInstant.
    const time = DateTime.fromFormatParser(text, parser, { zone: "utc", locale });
    if (!time.isValid) throw new RowProblem(`"${text}" is not a time of the form ${format}`);
    const milliseconds = time.toMillis() + atMilliseconds;
    return absolute || !zone ? toText(milliseconds) : localToInstant(milliseconds, zone, style.clockChange);
  };
}

/**
 * Finds the instant of a local time.
 * @param local the local time as milliseconds since 1970-01-01T00:00:00, as if it were UTC
 * @returns RFC 3339 in UTC
 * @throws RowProblem for a skipped or repeated time when `clockChange` is `reject`.
 */
export function localToInstant(local: number, zone: string, clockChange: ClockChange = "compatible"): string {
  if (zone === "UTC") return toText(local);
  const plain = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO("UTC").toPlainDateTime();
  try {
    return toText(plain.toZonedDateTime(zone, { disambiguation: clockChange }).epochMilliseconds);
  } catch (error) {
    throw new RowProblem(`${plain.toString()} is skipped or repeated by a clock change in ${zone}`, {
      cause: error,
    });
  }
}

function toText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

/** How rows without a date are spread over days. */
export interface Spread {
  readonly spread: { readonly from: string; readonly days: number };
  readonly at?: string | undefined;
  readonly zone?: string | undefined;
  readonly clockChange?: ClockChange | undefined;
}

/**
 * Spreads rows without a date evenly over a range of days: row `index` (from 0) falls on day `from` + index mod `days`.
 * @throws UsageError when the time of day or the zone is not said.
 */
export function spreadReader(spec: Spread, place: string): (index: number) => string {
  const { at, zone } = spec;
  if (!at || !zone)
    throw new UsageError(`${place}: say the time of day (at) and the zone of the spread days`);
  const { from, days } = spec.spread;
  const times = Array.from({ length: days }, (_, day) =>
    localToInstant(Date.parse(`${addDays(from, day)}T${at}Z`), zone, spec.clockChange),
  );
  return (index) => times[index % days] ?? "";
}
