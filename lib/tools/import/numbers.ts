import { currencyDecimals } from "../../domain/facts/money.ts";
import type { NumberStyle } from "./mapping-values.ts";
import { RowProblem } from "./problems.ts";

/** Characters of a number at most, with its label: what is longer is some other text, which must not hold up the rows behind it. */
const maxLength = 1_000;

/**
 * Reads a decimal number as text, without rounding: `1.234,50` in the style decimal `,` grouping `.` is `1234.50`. Currencies before or
 * after it are left out, brackets make it negative. Without a style a number is read by its own signs, where these can be read in one way.
 * @param isMoney whether a single point with three digits behind it (`1.234`) is refused, since it may be thousands
 * @returns digits with `.` as decimal sign, `-` in front when negative, no needless zeros before the decimal sign.
 * @throws RowProblem when the text is not a number of that style.
 */
export function readDecimal(text: string, style: NumberStyle, isMoney = false): string {
  refuseLong(text);
  const { core, isNegative } = undress(text);
  const hasStyle = style.decimal !== undefined || style.grouping !== undefined;
  const parts = hasStyle ? inStyle(core, style) : byItsSigns(core, isMoney);
  if (!parts || (parts.whole === "" && parts.fraction === "")) {
    throw new RowProblem(`"${text}" is not a number${hint(text, style)}`);
  }
  const digits = parts.whole.replace(/^0+(?=\d)/, "") || "0";
  return `${isNegative ? "-" : ""}${digits}${parts.fraction ? `.${parts.fraction}` : ""}`;
}

/**
 * Reads a number, also one with its meaning behind it: `10 - Extremely likely`.
 * @throws RowProblem when the text is not a number of that style.
 */
export function readNumber(text: string, style: NumberStyle): number {
  refuseLong(text);
  const labelled = /^(\d+(?:[.,]\d+)?)\s*(?:[-–—:=]\s*|\()\D*\p{L}\D*$/u.exec(text);
  return Number(readDecimal(labelled?.[1] ?? text, style));
}

/** @throws RowProblem */
function refuseLong(text: string): void {
  if (text.length > maxLength) throw new RowProblem(`"${text.slice(0, 20)}…" is too long for a number`);
}

interface Parts {
  readonly whole: string;
  readonly fraction: string;
}

/** Signs of currencies that have letters, beside the codes of ISO 4217. */
const currencySigns = "US\\$|A\\$|C\\$|CA\\$|R\\$|S\\/|kr\\.?|zł|Kč|Ft|lei|S?Fr\\.|円|元";

const before = new RegExp(`^(?:[A-Z]{3}|${currencySigns}|\\p{Sc})\\s*`, "iu");
const after = new RegExp(`\\s*(?:[A-Z]{3}|${currencySigns}|\\p{Sc}|%)$`, "iu");

/** Takes signs, brackets and currencies off a number. */
function undress(text: string): { core: string; isNegative: boolean } {
  let core = text.trim();
  let isNegative = false;
  for (let isDone = false; !isDone; ) {
    const bare = [...withoutSign(core), ...withoutCurrency(core)][0];
    isDone = bare === undefined;
    if (bare) {
      core = bare.core;
      isNegative ||= bare.isNegative;
    }
  }
  return { core, isNegative };
}

function* withoutSign(text: string) {
  const bracketed = /^\((.+)\)$/.exec(text)?.[1];
  if (bracketed !== undefined && !/^[-+\u2212(]/.test(bracketed))
    yield { core: bracketed.trim(), isNegative: true };
  const [, sign = "", rest = ""] = /^([-+\u2212])\s?([^-+\u2212].*)$/.exec(text) ?? [];
  if (sign !== "") yield { core: rest, isNegative: sign !== "+" };
  const trailing = /^([^-+\u2212]+)[-\u2212]$/.exec(text)?.[1];
  if (trailing !== undefined && /\d/.test(trailing)) yield { core: trailing.trim(), isNegative: true };
}

function* withoutCurrency(text: string) {
  for (const pattern of [before, after]) {
    const [found = ""] = pattern.exec(text) ?? [];
    if (found === "") continue;
    const code = found.trim();
    if (/^[A-Z]{3}$/i.test(code) && currencyDecimals(code.toUpperCase()) === undefined) continue;
    const rest = pattern === before ? text.slice(found.length) : text.slice(0, -found.length);
    if (/\d/.test(rest)) yield { core: rest.trim(), isNegative: false };
  }
}

const spaces = "[ \\u00a0\\u2009\\u202f]";

const groupings: Readonly<Record<string, string>> = { " ": spaces, "'": "['\\u2019]", ".": "\\.", ",": "," };

/** Groups of three digits; with commas also of two before the last three, as in India. */
function groupedBy(sign: string): string {
  const group = groupings[sign] ?? sign;
  const indian = sign === "," ? `|\\d{1,2}(?:,\\d{2})+,\\d{3}` : "";
  return `\\d{1,3}(?:${group}\\d{3})+${indian}`;
}

const patterns = new Map<string, RegExp>();

function inStyle(core: string, style: NumberStyle): Parts | undefined {
  const decimal = style.decimal ?? ".";
  const key = `${decimal}${style.grouping ?? ""}`;
  const pattern =
    patterns.get(key) ??
    new RegExp(`^(${style.grouping ? `${groupedBy(style.grouping)}|` : ""}\\d*)(?:\\${decimal}(\\d*))?$`);
  patterns.set(key, pattern);
  return partsOf(pattern.exec(core));
}

function partsOf(match: RegExpExecArray | null): Parts | undefined {
  if (!match) return undefined;
  return { whole: (match[1] ?? "").replace(/\D/g, ""), fraction: match[2] ?? "" };
}

/** The ways to write numbers that are told apart by the signs alone. */
const plain = /^(\d*)(?:\.(\d*))?$/;
const groupedWithPoint = new RegExp(`^(${groupedBy(",")}|${groupedBy(" ")}|${groupedBy("'")})\\.(\\d+)$`);
const groupedWithComma = new RegExp(`^(${groupedBy(".")}|${groupedBy(" ")}|${groupedBy("'")}),(\\d+)$`);
const groupedTwice = /^\d{1,3}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,}|(?:,\d{2})+,\d{3})$/;
const groupedBySpace = new RegExp(`^(?:${groupedBy(" ")}|${groupedBy("'")})$`);
const decimalComma = /^(\d*),(\d{1,2}|\d{4,})$|^(0?),(\d{3})$/;
const maybeThousands = /^[1-9]\d{0,2}\.\d{3}$/;

function byItsSigns(core: string, isMoney: boolean): Parts | undefined {
  if (isMoney && maybeThousands.test(core)) return undefined;
  const comma = decimalComma.exec(core);
  if (comma) return { whole: comma[1] ?? comma[3] ?? "", fraction: comma[2] ?? comma[4] ?? "" };
  if (groupedTwice.test(core) || groupedBySpace.test(core)) {
    return { whole: core.replace(/\D/g, ""), fraction: "" };
  }
  return partsOf(plain.exec(core) ?? groupedWithPoint.exec(core) ?? groupedWithComma.exec(core));
}

function hint(text: string, style: NumberStyle): string {
  const decimal = style.decimal ?? ".";
  if (!/\d/.test(text) || !/^[^\p{L}]+$/u.test(text)) return "";
  if (style.decimal === undefined && style.grouping === undefined) {
    return ` that can be read in one way only (say decimal and grouping; see numbers in the mapping)`;
  }
  return ` (the decimal sign is "${decimal}", ${
    style.grouping ? `groups are parted by "${style.grouping}"` : "no grouping of thousands is expected"
  }; see numbers in the mapping)`;
}
