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
 * A computed amount (a mean, a lifetime value) in minor units as a decimal string in major units, unrounded: as many
 * digits as a double holds, never in exponent notation.
 */
export function formatMajor(amountMinor: number, decimals: number): string {
  const text = String(amountMinor / 10 ** decimals);
  return text.includes("e") ? (amountMinor / 10 ** decimals).toFixed(12) : text;
}

/** A decimal string as an integer of `decimals` decimals: `-1.5` with 2 is -150n. Further decimals are cut off. */
export function parseAmount(text: string, decimals: number): bigint {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const amount = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
  return text.startsWith("-") ? -amount : amount;
}
