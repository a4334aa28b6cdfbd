import { isDay } from "../../domain/calendar/days.ts";
import { emptyWords, monthNumbers, plainWord } from "./calendar-words.ts";
import { readZone, type WrittenZone } from "./zones.ts";

/** Times as programs and people write them, where they can be read in one way only. */

/** A time that was read. */
export interface ReadMoment {
  /** The local time as milliseconds since 1970-01-01T00:00:00, as if it were UTC; of a day alone, its beginning. */
  readonly local: number;
  readonly hasTime: boolean;
  /** `undefined` where the text names none. */
  readonly zone: WrittenZone | undefined;
}

/** Whether 01/02/2026 begins with the day or with the month. */
export type DayOrder = "dmy" | "mdy";

/** A day whose order cannot be told. */
export const ambiguous = "ambiguous";

/** The number that spreadsheets have for 1970-01-01. */
const serialOf1970 = 25_569;

/**
 * Reads a time: numbers as spreadsheets (46174.5) or machines have them (seconds, milliseconds and microseconds since 1970), days as
 * numbers or with the month's name in seven languages, 12-hour clocks, and zones behind the time of day.
 * @returns `undefined` where it is none that exists
 */
export function readLooseTime(
  text: string,
  order: DayOrder | undefined,
): ReadMoment | typeof ambiguous | undefined {
  const plain = text.normalize("NFKC").trim().replace(/\s+/g, " ");
  return readNumeric(plain) ?? readWritten(plain, order);
}

/** A spreadsheet's number of a day with its fraction, as local time. */
export function fromSerial(serial: number): number {
  return Math.round((serial - serialOf1970) * 86_400) * 1000;
}

function readNumeric(text: string): ReadMoment | undefined {
  const absolute = (milliseconds: number): ReadMoment => ({
    ...{ local: Math.round(milliseconds), hasTime: true },
    zone: { offsetMinutes: 0 },
  });
  if (/^[2-9]\d{4}(\.\d+)?$/.test(text)) {
    return { local: fromSerial(Number(text)), hasTime: text.includes("."), zone: undefined };
  }
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return absolute(Number(text) * 1000);
  if (/^\d{12,13}(\.\d+)?$/.test(text)) return absolute(Number(text));
  if (/^\d{16}$/.test(text)) return absolute(Number(text) / 1000);
  const compact = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z?))?$/i.exec(text);
  if (!compact) return undefined;
  const [, year = "", month = "", day = "", hour, minute = "00", second = "00", zone] = compact;
  const clock = hour === undefined ? undefined : { milliseconds: clockOf(hour, minute, second) };
  return moment(dayText(year, month, day), clock?.milliseconds, zone ? { offsetMinutes: 0 } : undefined);
}

const clockPattern =
  /(?:^|[ T,]|(?<=\d)T)(?:(上午|下午|午前|午後|오전|오후) ?)?(\d{1,2})(?:[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(?: ?([ap])\.? ?m\b\.?)?/i;

interface Clock {
  readonly milliseconds: number;
  readonly before: string;
  readonly after: string;
}

function readWritten(text: string, order: DayOrder | undefined): ReadMoment | typeof ambiguous | undefined {
  const bare = text.replace(/ ?\([^)]*\)$/, "");
  const clock = findClock(bare);
  if (clock === undefined) return undefined;
  const { zone, rest } = clock === "none" ? { zone: undefined, rest: bare } : zoneAndRest(clock);
  const day = readDay(rest, order);
  if (day === undefined || day === ambiguous) return day;
  return moment(day, clock === "none" ? undefined : clock.milliseconds, zone);
}

/** @returns `none` where there is no time of day, `undefined` where it is none that exists */
function findClock(text: string): Clock | "none" | undefined {
  for (const match of text.matchAll(new RegExp(clockPattern, "gi"))) {
    const [all, cjk, hour = "", minute, second = "00", fraction = "", half] = match;
    if (minute === undefined && half === undefined) continue;
    const isAfternoon = half?.toLowerCase() === "p" || /^(下午|午後|오후)$/.test(cjk ?? "");
    const isHalved = half !== undefined || cjk !== undefined;
    if (isHalved && (Number(hour) > 12 || (half !== undefined && Number(hour) === 0))) return undefined;
    const hours = isHalved ? (Number(hour) % 12) + (isAfternoon ? 12 : 0) : Number(hour);
    const time = clockOf(String(hours), minute ?? "00", second);
    if (time === undefined) return undefined;
    const milliseconds = time + Math.floor(Number(`0.${fraction || "0"}`) * 1000);
    const before = text.slice(0, match.index);
    return { milliseconds, before, after: text.slice(match.index + all.length) };
  }
  return "none";
}

function clockOf(hour: string, minute: string, second: string): number | undefined {
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** The zone stands right behind the time; what is left belongs to the day: `10:00 CEST 2026`. */
function zoneAndRest({ before, after }: Clock): { zone: WrittenZone | undefined; rest: string } {
  const tail = after.trim();
  const pieces = tail.split(" ");
  for (let length = Math.min(3, pieces.length); length > 0; length -= 1) {
    const zone = tail === "" ? undefined : readZone(pieces.slice(0, length).join(" "));
    if (zone) return { zone, rest: `${before} ${pieces.slice(length).join(" ")}` };
  }
  return { zone: undefined, rest: `${before} ${tail}` };
}

function readDay(text: string, order: DayOrder | undefined): string | typeof ambiguous | undefined {
  const plain = text
    .trim()
    .replace(/[,\s]+$/, "")
    .replace(/ (?:utc|gmt|z)$/i, "");
  const yearFirst = /^(\d{4})(?:[-/.]|年 ?|년 ?)(\d{1,2})(?:[-/.]|月 ?|월 ?)(\d{1,2})(?:日|일)?T?\.?$/i.exec(
    plain,
  );
  if (yearFirst) return dayText(yearFirst[1] ?? "", yearFirst[2] ?? "", yearFirst[3] ?? "");
  const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/.exec(withoutWords(plain));
  if (yearLast) {
    const [, first = "", sign = "", second = "", year = ""] = yearLast;
    // Points stand in dates that begin with the day, in every country.
    const by = sign === "." ? "dmy" : order;
    if (by === undefined) return first === second ? dayText(fullYear(year), second, first) : ambiguous;
    return by === "dmy" ? dayText(fullYear(year), second, first) : dayText(fullYear(year), first, second);
  }
  return readNamedMonth(plain);
}

function withoutWords(text: string): string {
  return text
    .replace(/\p{L}+\.?,? ?/gu, (word) =>
      emptyWords.has(plainWord(word.trim().replace(",", ""))) ? "" : word,
    )
    .trim();
}

function readNamedMonth(text: string): string | undefined {
  const tokens = text.match(/\p{L}+|\d+/gu) ?? [];
  let month: number | undefined;
  const numbers: string[] = [];
  for (const token of tokens) {
    if (/^\d/.test(token)) {
      numbers.push(token);
      continue;
    }
    const found = monthNumbers.get(plainWord(token));
    if (found !== undefined && month === undefined) month = found;
    else if (!emptyWords.has(plainWord(token)) && !/^(?:st|nd|rd|th|er|º|ª)$/i.test(token)) return undefined;
  }
  if (month === undefined || numbers.length !== 2) return undefined;
  const [first = "", second = ""] = numbers;
  const [year, day] = first.length === 4 ? [first, second] : [second, first];
  return day.length > 2 || (year.length !== 4 && year.length !== 2)
    ? undefined
    : dayText(fullYear(year), String(month), day);
}

function fullYear(year: string): string {
  if (year.length === 4) return year;
  return Number(year) < 70 ? `20${year}` : `19${year}`;
}

function dayText(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(text) ? text : undefined;
}

function moment(
  day: string | undefined,
  clock: number | undefined,
  zone: WrittenZone | undefined,
): ReadMoment | undefined {
  if (day === undefined) return undefined;
  return { local: Date.parse(`${day}T00:00:00Z`) + (clock ?? 0), hasTime: clock !== undefined, zone };
}
