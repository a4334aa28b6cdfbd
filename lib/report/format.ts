import type { Day } from "../domain/calendar/days.ts";
import type { Language } from "../domain/language/language.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";

/** Numbers, amounts and days as a reader sees them: rounded here and nowhere else, and written as the reader's language writes them. */

/** The unit and decimals by which a value is written. */
export interface ValueFormat {
  readonly unit: AnyMetric["unit"];
  /** ISO 4217 code, for money. */
  readonly currency: string;
  readonly language: Language;
  /** Seconds whose unit of time, or an amount whose decimals, all values are written in, so that they can be compared; each its own when absent. */
  readonly scale?: number | undefined;
}

type Value = number | string | null;

/** The sign for a missing value. */
export const noValueText = "–";

const noBreakSpace = "\u00a0";

/** Amounts from here on are written without cents: nobody reads them. */
const minWholeAmount = 100_000;

const numberOptions = {
  one: { minimumFractionDigits: 1, maximumFractionDigits: 1 },
  two: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  upToTwo: { maximumFractionDigits: 2 },
  three: { maximumSignificantDigits: 3 },
  short: { notation: "compact", maximumFractionDigits: 1 },
  percent: { style: "unit", unit: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 },
} as const satisfies Record<string, Intl.NumberFormatOptions>;

const numberFormats = new Map<string, Intl.NumberFormat>();

/** The same formats, by the options themselves: a page writes thousands of numbers with few options, which are objects made once. */
const formatsByOptions = new WeakMap<Intl.NumberFormatOptions, Map<string, Intl.NumberFormat>>();

/** A format, made once: making one takes longer than a page has. */
function formatBy({ tag }: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const ofOptions = formatsByOptions.get(options) ?? new Map<string, Intl.NumberFormat>();
  const known = ofOptions.get(tag);
  if (known) return known;
  const name = `${tag} ${JSON.stringify(options)}`;
  const format = numberFormats.get(name) ?? new Intl.NumberFormat(tag, options);
  numberFormats.set(name, format);
  formatsByOptions.set(options, ofOptions.set(tag, format));
  return format;
}

/** A value with its unit. Money comes as a decimal string and is rounded to the currency's decimals exactly. */
export function formatValue(value: Value, { unit, currency, language, scale }: ValueFormat): string {
  if (value === null) return noValueText;
  const number = (options: Intl.NumberFormatOptions) =>
    signed(formatBy(language, options).format(Number(value)));
  switch (unit) {
    case "points":
      return number(numberOptions.one);
    case "percent":
      return formatPercent(Number(value), language);
    case "score":
      return number(numberOptions.two);
    case "count":
      return number(numberOptions.upToTwo);
    case "seconds":
      return formatSeconds(Number(value), language, scale);
    case "money":
      return signed(
        formatBy(language, moneyOptions(currency, Math.max(Math.abs(Number(value)), scale ?? 0))).format(
          String(value) as `${number}`,
        ),
      );
  }
}

/** A share, with its sign at the place where the language has it. */
export function formatPercent(value: number, language: Language): string {
  // English here writes the sign as SI does, with a space.
  if (language.tag === "en") {
    return `${signed(formatBy(language, numberOptions.one).format(value))}${noBreakSpace}%`;
  }
  return signed(formatBy(language, numberOptions.percent).format(value));
}

/** The bounds of an interval, both in the same unit of time. */
export function formatInterval(low: Value, high: Value, format: ValueFormat): string {
  if (low === null || high === null) return noValueText;
  const { language } = format;
  const { scale = Number(high) } = format;
  const [from, to] = [low, high].map((bound) => formatValue(bound, { ...format, scale }));
  return language.text("interval", { low: from ?? "", high: to ?? "" });
}

/** A change with its sign; in per cent as well where the unit has no natural size. */
export function formatChange(
  change: number | string,
  changePercent: number | null,
  format: ValueFormat,
): string {
  const { unit, language } = format;
  const sign = Number(change) > 0 ? "+" : "";
  if (unit === "points" || unit === "percent") {
    const points = `${sign}${signed(formatBy(language, numberOptions.one).format(Number(change)))}`;
    const text = language.text(unit === "points" ? "change.points" : "change.percentagePoints", {
      change: points,
    });
    // The unit stays on the line of its number.
    return text.replace(" ", noBreakSpace);
  }
  const text = `${sign}${formatValue(change, format)}`;
  if (changePercent === null) return text;
  const percentSign = changePercent > 0 ? "+" : "";
  return `${text} (${percentSign}${formatPercent(changePercent, language)})`;
}

/** The bounds of the interval of a change. */
export function formatChangeInterval(
  low: number | string,
  high: number | string,
  format: ValueFormat,
): string {
  const { unit, language } = format;
  if (unit !== "points" && unit !== "percent") return formatInterval(low, high, format);
  // What they are points of stands once.
  const from = formatValue(low, { ...format, unit: "points" });
  return language.text("interval", { low: from, high: formatChange(high, null, format) });
}

/** A value at an axis: as short as it can be. */
export function formatTick(value: number, step: number, format: ValueFormat): string {
  const { unit, currency, language } = format;
  if (unit === "seconds") return formatSeconds(value, language, format.scale);
  const digits = Math.abs(value) >= 10_000 ? numberOptions.short : tickOptions(step);
  if (unit === "money") {
    // No minor units at an axis unless its steps have them.
    return signed(formatBy(language, { ...digits, style: "currency", currency }).format(value));
  }
  const text = signed(formatBy(language, digits).format(value));
  return unit === "percent" ? `${text}${noBreakSpace}%` : text;
}

/** A count of things, for example a sample size. */
export function formatCount(count: number, language: Language): string {
  return signed(formatBy(language, numberOptions.upToTwo).format(count));
}

/** A day as it is written in text: `3 Oct 2026`. */
export function formatDay(day: Day, { dayLocale }: Language): string {
  const name = `${dayLocale} ${day}`;
  const text = days.get(name) ?? dayFormat(dayLocale, dayOptions).format(new Date(`${day}T00:00:00Z`));
  if (days.size >= maxDays) days.clear();
  days.set(name, text);
  return text;
}

/** A page names the same days in its chart and its tables. */
const days = new Map<string, string>();
const maxDays = 5_000;

/** A range of days; one day is written once. */
export function formatDays(from: Day, to: Day, language: Language): string {
  return from === to
    ? formatDay(from, language)
    : `${formatDay(from, language)} – ${formatDay(to, language)}`;
}

const dayOptions = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** A format of days, made once. */
export function dayFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  const format = dayFormats.get(name) ?? new Intl.DateTimeFormat(locale, options);
  dayFormats.set(name, format);
  return format;
}

const timeUnits = [
  [86_400, "day", "d"],
  [3_600, "hour", "h"],
  [60, "minute", "min"],
  [1, "second", "s"],
] as const;

/** @param scale whose unit is taken */
function formatSeconds(seconds: number, language: Language, scale = seconds): string {
  // From two of the larger unit on: 90 minutes say more than 1.5 hours.
  const [size, unit, symbol] =
    timeUnits.find(([length]) => length === 1 || Math.abs(scale) >= 2 * length) ?? timeUnits[3];
  // The signs of SI: short German units end with a full stop, which sentences end with too.
  if (language.tag === "en" || language.tag === "de") {
    return `${signed(formatBy(language, numberOptions.three).format(seconds / size))}${noBreakSpace}${symbol}`;
  }
  const options = { ...numberOptions.three, style: "unit", unit, unitDisplay: "short" } as const;
  return signed(formatBy(language, options).format(seconds / size)).replace(" ", noBreakSpace);
}

function moneyOptions(currency: string, amount: number): Intl.NumberFormatOptions {
  const options = amountOptions.get(currency) ?? {
    exact: { style: "currency", currency },
    whole: { style: "currency", currency, maximumFractionDigits: 0 },
  };
  amountOptions.set(currency, options);
  return Math.abs(amount) < minWholeAmount ? options.exact : options.whole;
}

/** The options for amounts of each currency. */
const amountOptions = new Map<string, Record<"exact" | "whole", Intl.NumberFormatOptions>>();

function tickOptions(step: number): Intl.NumberFormatOptions {
  const decimals = step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step)));
  return { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
}

/** A minus sign as it is printed: wider than a hyphen, and read aloud as one. */
function signed(text: string): string {
  return text.replaceAll("-", "−");
}
