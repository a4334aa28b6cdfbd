import type { Remark } from "./remark.ts";

/**
 * Remarks of a measurement of money: which other currencies there are, each in a series of its own.
 * @param what is counted in currencies
 * @param currencies those that there are, each once or more, the one that is shown included
 * @param before other remarks, which come first
 */
export function otherCurrencies(
  what: "orders" | "prices" | "purchases" | "spends" | "subscriptions",
  currencies: readonly string[],
  shown: string,
  before: readonly Remark[] = [],
): { readonly remarks?: readonly Remark[] } {
  const others = [...new Set(currencies)].filter((currency) => currency !== shown).sort();
  const [first] = others;
  const remarks: readonly Remark[] =
    first === undefined
      ? before
      : [...before, { id: "remark.otherCurrencies", values: { what, currencies: others.join(", "), first } }];
  return remarks.length === 0 ? {} : { remarks };
}
