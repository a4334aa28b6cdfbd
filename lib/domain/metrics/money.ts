import { percent } from "./statistics/fraction.ts";

/** Amounts of money as text: integers in minor units become decimal strings. */

/**
 * An exact amount in minor units as a decimal string: 13912n with 2 decimals is `139.12`.
 * @param decimals how many decimals the currency has
 */
export function formatMinor(amountMinor: bigint, decimals: number): string {
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(decimals + 1, "0");
  const sign = amountMinor < 0n ? "-" : "";
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * A computed amount (a mean, a lifetime value) in major units as a decimal string, unrounded: as many digits as a double
 * holds, never in exponent notation.
 */
export function formatMajor(amount: number): string {
  const [digits = "0", exponent] = String(amount).split("e");
  if (exponent === undefined) return digits;
  const [whole = "0", fraction = ""] = digits.replace("-", "").split(".");
  const point = whole.length + Number(exponent);
  const all = (whole + fraction).padStart(whole.length + fraction.length + Math.max(0, 1 - point), "0");
  const end = Math.max(1, point);
  const decimals = all.slice(end);
  return `${amount < 0 ? "-" : ""}${all.slice(0, end).padEnd(end, "0")}${decimals === "" ? "" : `.${decimals}`}`;
}

/** How many minor units make a major one. */
export function minorPerMajor(decimals: number): number {
  return 10 ** decimals;
}

/** A decimal string as an integer of `decimals` decimals: `-1.5` with 2 is -150n. Further decimals are cut off. */
export function parseAmount(text: string, decimals: number): bigint {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const amount = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
  return text.startsWith("-") ? -amount : amount;
}

/** The exact difference of two decimal strings, the later less the earlier: as one, and in per cent of the earlier's size. */
export function moneyChanges(
  earlier: string,
  later: string,
): { readonly change: string; readonly changePercent: number | null } {
  const decimals = Math.max(...[earlier, later].map((text) => text.split(".")[1]?.length ?? 0));
  const [from, to] = [parseAmount(earlier, decimals), parseAmount(later, decimals)];
  return {
    change: formatMinor(to - from, decimals),
    changePercent: percent(to - from, from < 0n ? -from : from),
  };
}
