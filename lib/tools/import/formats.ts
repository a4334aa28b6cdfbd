/**
 * Which patterns a mapping may give for times, and what they leave out. The signs are those of Luxon's `fromFormat`
 * (and of Java and of Unicode): https://moment.github.io/luxon/#/parsing?id=table-of-tokens
 * Beside them `X` and `x` alone: seconds and milliseconds since 1970-01-01T00:00:00Z; `excel`: a spreadsheet's number of a day.
 */

/** The signs that are understood, by what they say. */
const signs: Readonly<Record<string, readonly string[]>> = {
  year: ["yyyy", "yy"],
  month: ["M", "MM", "MMM", "MMMM"],
  day: ["d", "dd"],
  weekday: ["EEE", "EEEE"],
  hour24: ["H", "HH"],
  hour12: ["h", "hh"],
  halfDay: ["a"],
  minute: ["m", "mm"],
  second: ["s", "ss"],
  fraction: ["S", "SSS", "u"],
  offset: ["Z", "ZZ", "ZZZ"],
  zone: ["z"],
};

const meanings = new Map(
  Object.entries(signs).flatMap(([meaning, list]) => list.map((sign) => [sign, meaning])),
);

/** The parts of a moment that a pattern holds. */
export interface FormatContents {
  /** It has an offset or a zone of its own. */
  readonly absolute: boolean;
  /** It has a time of day. */
  readonly timed: boolean;
}

function meaningsOf(format: string): { found: Set<string>; unknown: string[] } {
  const found = new Set<string>();
  const unknown: string[] = [];
  // Text between single quotes is literal.
  for (const [run] of format.replace(/'[^']*'/g, " ").matchAll(/([A-Za-z])\1*/g)) {
    const meaning = meanings.get(run);
    if (meaning) found.add(meaning);
    else unknown.push(run);
  }
  return { found, unknown };
}

/**
 * Says what is wrong with a pattern.
 * @returns nothing when it can be used.
 */
export function checkFormat(format: string): string | undefined {
  if (format === "X" || format === "x" || format === "excel") return undefined;
  const { found, unknown } = meaningsOf(format);
  if (unknown.length > 0) {
    return `does not know ${unknown.join(", ")} ("${format}"): years are yyyy, months MM, days dd, hours HH, minutes mm, seconds ss; literal text stands in single quotes`;
  }
  if (!found.has("year")) return `has no year, yyyy ("${format}")`;
  if (!found.has("month")) return `has no month, MM ("${format}"; mm are minutes)`;
  if (!found.has("day")) return `has no day, dd ("${format}")`;
  if (found.has("hour12") && !found.has("halfDay")) {
    return `has hours of the 12-hour clock without a for AM or PM ("${format}"); the 24-hour clock is HH`;
  }
  if (found.has("minute") && !found.has("hour24") && !found.has("hour12")) {
    return `has minutes without hours, HH ("${format}"; months are MM)`;
  }
  return undefined;
}

/** The parts of a moment that a pattern holds. @param format one that {@link checkFormat} accepts */
export function formatContents(format: string): FormatContents {
  const { found } = meaningsOf(format);
  return {
    absolute: found.has("offset") || found.has("zone"),
    timed: found.has("hour24") || found.has("hour12"),
  };
}
