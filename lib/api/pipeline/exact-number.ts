/** A whole number as it is answered: a JSON number, or its digits as text where a JSON number would not be exact. */
export function exactNumber(whole: bigint): number | string {
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : whole.toString();
}
