import type { Day } from "../calendar/days.ts";
import type { AnyMetric } from "../metrics/metric.ts";

/** Numbers, amounts and days as a reader sees them: rounded here and nowhere else. */

/** The unit and decimals by which a value is written. */
export interface ValueFormat {
  readonly unit: AnyMetric["unit"];
  /** ISO 4217 code, for money. */
  readonly currency: string;
}

type Value = number | string | null;

/** The sign for a missing value. */
export const noValueText = "–";

const noBreakSpace = "\u00a0";
const locale = "en";

const numbers = {
  one: new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  two: new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  upToTwo: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }),
  three: new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }),
  short: new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }),
};

/** A value with its unit. Money comes as a decimal string and is rounded to the currency's decimals exactly. */
export function formatValue(value: Value, { unit, currency }: ValueFormat): string {
  if (value === null) return noValueText;
  switch (unit) {
    case "points":
      return signed(numbers.one.format(Number(value)));
    case "percent":
      return `${signed(numbers.one.format(Number(value)))}${noBreakSpace}%`;
    case "score":
      return signed(numbers.two.format(Number(value)));
    case "count":
      return signed(numbers.upToTwo.format(Number(value)));
    case "seconds":
      return formatSeconds(Number(value));
    case "money":
      return signed(moneyFormat(currency).format(String(value) as `${number}`));
  }
}

/** The bounds of an interval. */
export function formatInterval(low: Value, high: Value, format: ValueFormat): string {
  if (low === null || high === null) return noValueText;
  // Both ends in the same unit of time.
  const from =
    format.unit === "seconds" ? formatSeconds(Number(low), Number(high)) : formatValue(low, format);
  return `${from} to ${formatValue(high, format)}`;
}

/** A change with its sign; in per cent as well where the unit has no natural size. */
export function formatChange(
  change: number | string,
  changePercent: number | null,
  format: ValueFormat,
): string {
  const sign = Number(change) > 0 ? "+" : "";
  if (format.unit === "points" || format.unit === "percent") {
    return `${sign}${signed(numbers.one.format(Number(change)))}${noBreakSpace}points`;
  }
  const text = `${sign}${formatValue(change, format)}`;
  if (changePercent === null) return text;
  const percentSign = changePercent > 0 ? "+" : "";
  return `${text} (${percentSign}${signed(numbers.one.format(changePercent))}${noBreakSpace}%)`;
}

/** A value at an axis: as short as it can be. */
export function formatTick(value: number, step: number, { unit, currency }: ValueFormat): string {
  if (unit === "seconds") return formatSeconds(value);
  const text = Math.abs(value) >= 10_000 ? numbers.short.format(value) : tickFormat(step).format(value);
  if (unit === "money") return signed(`${currencySign(currency)}${text}`.replace(/^(.*)-/, "-$1"));
  return unit === "percent" ? `${signed(text)}${noBreakSpace}%` : signed(text);
}

/** A count of things, for example a sample size. */
export function formatCount(count: number): string {
  return signed(numbers.upToTwo.format(count));
}

/** A day as it is written in text: `3 Oct 2026`. */
export function formatDay(day: Day): string {
  return dayFormat.format(new Date(`${day}T00:00:00Z`));
}

/** A range of days; one day is written once. */
export function formatDays(from: Day, to: Day): string {
  return from === to ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`;
}

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** @param scale whose unit is taken */
function formatSeconds(seconds: number, scale = seconds): string {
  const units = [
    [86_400, "d"],
    [3_600, "h"],
    [60, "min"],
  ] as const;
  // From two of the larger unit on: 90 minutes say more than 1.5 hours.
  const [size, name] = units.find(([length]) => Math.abs(scale) >= 2 * length) ?? [1, "s"];
  return `${signed(numbers.three.format(seconds / size))}${noBreakSpace}${name}`;
}

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string): Intl.NumberFormat {
  let format = moneyFormats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: "currency", currency });
    moneyFormats.set(currency, format);
  }
  return format;
}

function currencySign(currency: string): string {
  return moneyFormat(currency)
    .formatToParts(0)
    .filter(({ type }) => type === "currency" || type === "literal")
    .map(({ value }) => value)
    .join("");
}

function tickFormat(step: number): Intl.NumberFormat {
  const decimals = step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step)));
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** A minus sign as it is printed: wider than a hyphen, and read aloud as one. */
function signed(text: string): string {
  return text.replaceAll("-", "−");
}
