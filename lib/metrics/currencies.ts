/**
 * Remarks of a measurement of money: which other currencies there are, each in a series of its own.
 * @param what is counted in currencies, at the beginning of a sentence
 * @param currencies those that there are, each once or more, the one that is shown included
 * @param before other remarks, which come first
 */
export function otherCurrencies(
  what: string,
  currencies: readonly string[],
  shown: string,
  before: readonly string[] = [],
): { readonly remarks?: readonly string[] } {
  const others = [...new Set(currencies)].filter((currency) => currency !== shown).sort();
  const remarks =
    others.length === 0
      ? before
      : [...before, `${what} in ${others.join(", ")} are not in this value: ask for currency=${others[0]}.`];
  return remarks.length === 0 ? {} : { remarks };
}
