import * as z from "zod";
import { currencyDecimals } from "../facts/money.ts";
import { maxCommentLength } from "../facts/responses.ts";

/** Values as providers write them, and as facts have them. */

/** An id that is a text or a whole number, as text. */
export const idSchema = z.union([z.string().min(1), z.int().transform(String)]);

/** The same, where `null` and an empty text say that there is none. */
export const optionalIdSchema = z
  .union([z.string(), z.int().transform(String), z.null()])
  .optional()
  .transform((id) => (id === null || id === "" ? undefined : id));

/** A text, where `null` and an empty one say that there is none. */
export const optionalTextSchema = z
  .string()
  .nullish()
  .transform((text) => (text === null || text?.trim() === "" ? undefined : text));

/** An instant in epoch seconds, also with decimals, as RFC 3339. */
export const epochSecondsSchema = z
  .number()
  .min(0)
  .max(253_402_300_799)
  .transform((seconds) => new Date(Math.round(seconds * 1000)).toISOString());

/** An instant as any text that names one with its offset, as RFC 3339. */
export const timeSchema = z.string().transform((text, context) => {
  // `2026-10-01 09:30:00 UTC` and `2026-10-01T09:30:00+0000` are what some send.
  const written = text
    .replace(/ UTC$/, "Z")
    .replace(/([+-]\d\d)(\d\d)$/, "$1:$2")
    .replace(/^(\S+) /, "$1T");
  const instant = /(Z|[+-]\d\d:\d\d)$/i.test(written) ? Date.parse(written) : Number.NaN;
  if (!Number.isNaN(instant)) return new Date(instant).toISOString();
  context.addIssue({ code: "custom", message: "must be a time with its offset" });
  return z.NEVER;
});

/** Money as a fact has it. */
export interface SentMoney {
  readonly amount: string;
  readonly currency: string;
}

/**
 * Money in whole units of a decimal place.
 * @param exponent how many decimals the provider counts in, whatever ISO 4217 says
 */
export function moneyOfUnits(units: number, exponent: number, currency: string): SentMoney {
  const digits = String(Math.abs(units)).padStart(exponent + 1, "0");
  const point = digits.length - exponent;
  const amount = exponent === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return moneyOfText(units < 0 ? `-${amount}` : amount, currency);
}

/** Money as a decimal text, without zeros that its currency has no place for: `1500.00` JPY. */
export function moneyOfText(amount: string, currency: string): SentMoney {
  const code = currency.toUpperCase();
  const decimals = currencyDecimals(code) ?? 2;
  const [whole = "", fraction = ""] = amount.trim().split(".");
  const kept = fraction.slice(0, decimals) + fraction.slice(decimals).replace(/0+$/, "");
  return { amount: kept === "" ? whole : `${whole}.${kept}`, currency: code };
}

/** Money as a number or a text. A number is rounded to the currency's decimals: it may be a sum of fractions. */
export function moneyOf(amount: number | string, currency: string): SentMoney {
  if (typeof amount === "string") return moneyOfText(amount, currency);
  return moneyOfText(amount.toFixed(currencyDecimals(currency.toUpperCase()) ?? 2), currency);
}

/** Whether money is more than none: what costs nothing is no purchase, and gives nothing back. */
export function isSome({ amount }: SentMoney): boolean {
  return /[1-9]/.test(amount);
}

/** Control characters but for tabs and ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: leaving them out is the point
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** A comment as a fact takes it: cut, and without control characters. @returns undefined where nothing is left */
export function commentOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const clean = text.toWellFormed().replace(controls, "").trim();
  const cut = clean.length <= maxCommentLength ? clean : [...clean].slice(0, maxCommentLength).join("");
  return cut === "" ? undefined : cut;
}

/** A value of a dimension: cut to what fits, on one line. @returns undefined where nothing is left */
export function dimensionOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const clean = text.toWellFormed().replace(/\s+/g, " ").replace(controls, "").trim();
  return clean === "" ? undefined : [...clean].slice(0, 100).join("");
}

/** Dimensions without those that have no value. */
export function dimensionsOf(
  values: Readonly<Record<string, string | undefined>>,
): Record<string, string> | undefined {
  const known = Object.entries(values).flatMap(([name, value]) => {
    const text = dimensionOf(value);
    return text === undefined ? [] : [[name, text] as const];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
