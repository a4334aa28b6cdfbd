import { logGamma as logGammaAbove } from "../statistics/special-functions.ts";

/** Special functions of the models of customers' lifetimes, whose parameters are often small. */

const maxTerms = 200_000;
const precision = 1e-17;

/** The natural logarithm of Γ(x). @param x greater than 0 */
export function logGamma(x: number): number {
  return x < 0.5 ? logGammaAbove(x + 1) - Math.log(x) : logGammaAbove(x);
}

/** The natural logarithm of the beta function. @param a greater than 0 @param b greater than 0 */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * The hypergeometric function ₂F₁(a, b; c; z), by its series.
 * @param c no whole number below 1
 * @param z from 0 up to but not including 1; near 1 the series needs many terms
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < maxTerms; n += 1) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    // While factors are below 0 terms can be small and grow again.
    if (n > -Math.min(a, b, c) && Math.abs(term) <= precision * Math.abs(sum)) break;
  }
  return sum;
}
