/**
 * The special functions under the distributions: logarithm of the gamma function, regularised incomplete beta function and
 * complementary error function, each right to at least 12 digits. Methods: Lanczos 1964, A Precision Approximation of the Gamma
 * Function; Lentz 1976, Generating Bessel Functions in Mie Scattering Calculations Using Continued Fractions; Abramowitz &
 * Stegun 1964, formulas 6.5.29, 6.5.31 and 26.5.8.
 */

/** Where sums and continued fractions end: what a further term would change is below what a double holds. */
const precision = 1e-16;
const maxTerms = 10_000;
/** Stands in for 0, by which a continued fraction must not divide. */
const tiny = 1e-300;

const lanczos: readonly number[] = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The natural logarithm of Γ(x). @param x at least 0.5 */
export function logGamma(x: number): number {
  const shifted = x - 1;
  const base = shifted + 7.5;
  const sum = lanczos.reduce((total, term, index) => (index === 0 ? term : total + term / (shifted + index)));
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** I_x(a, b), the regularised incomplete beta function. @param x from 0 to 1 */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges quickly on this side only.
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  const numerator = (term: number): number => {
    const m = Math.floor(term / 2);
    return term % 2 === 0
      ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
  };
  return front / (a * continuedFraction(numerator));
}

/** 1 + n(1)/(1 + n(2)/(1 + n(3)/(1 + …))), by Lentz's method as modified by Thompson & Barnett 1986. */
function continuedFraction(numerator: (term: number) => number): number {
  let value = 1;
  let [c, d] = [1, 0];
  for (let term = 1; term <= maxTerms; term += 1) {
    const n = numerator(term);
    d = 1 / (1 + n * d || tiny);
    c = 1 + n / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < precision) break;
  }
  return value;
}

/** erfc(x), the complementary error function: 2/√π times the integral of exp(−t²) from x on. @param x at least 0 */
export function complementaryError(x: number): number {
  const square = x * x;
  if (x < 1.5) {
    let term = x;
    let sum = x;
    for (let k = 1; Math.abs(term) > precision * sum && k < maxTerms; k += 1) {
      term *= (2 * square) / (2 * k + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-square) * sum;
  }
  // erfc(x) = exp(−x²)/(x√π) · 1/(1 + q/(1 + 2q/(1 + 3q/(1 + …)))) with q = 1/(2x²)
  const fraction = continuedFraction((term) => term / (2 * square));
  return Math.exp(-square) / (x * Math.sqrt(Math.PI) * fraction);
}
