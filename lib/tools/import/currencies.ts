import { currencyDecimals } from "../../domain/facts/money.ts";
import { round, shiftLeft, trim } from "./decimals.ts";

/** Signs that stand for one currency. */
const signs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    $: "USD",
    US$: "USD",
    C$: "CAD",
    A$: "AUD",
    R$: "BRL",
    zł: "PLN",
    Kč: "CZK",
  }),
);

/** The code of a currency that is written in any case, or as its sign. */
export function currencyCode(text: string): string {
  return signs.get(text) ?? text.toUpperCase();
}

/**
 * An amount as the API takes it: zeros beyond the decimals of its currency are left out (`1500.00` JPY is `1500`).
 * @param isMinor whether it is in the currency's smallest unit, as Stripe's cents
 */
export function amountIn(currency: string, decimal: string, isMinor: boolean): string {
  const decimals = currencyDecimals(currency) ?? 2;
  return trim(isMinor ? shiftLeft(decimal, decimals) : decimal, decimals);
}

/** An amount rounded to what its currency has: for what was computed. */
export function roundedIn(currency: string, decimal: string): string {
  return round(decimal, currencyDecimals(currency) ?? 2);
}
