import { logGamma } from "./special-functions.ts";

/** Up to so many terms of the series below change a double. */
const maxTerms = 200;

/**
 * The mean of which so many events or more are seen with a probability of `outside`: the one-sided lower limit of a Poisson
 * mean (F. Garwood 1936). Of fractions of events by the incomplete gamma function, which is the same for whole ones.
 * @param events more than 0
 * @param outside above 0, below 1
 */
export function poissonLimit(events: number, outside: number): number {
  if (events === 1) return -Math.log1p(-outside);
  // By Newton's method for the logarithms: of the tail, which is nearly a straight line of that of the mean.
  let logMean = (Math.log(outside) + logGamma(events + 1)) / events;
  for (let round = 0; round < 50; round += 1) {
    const mean = Math.exp(logMean);
    const tail = atLeast(events, mean);
    const slope = (events * Math.exp(events * logMean - mean - logGamma(events + 1))) / tail;
    const step = (Math.log(tail) - Math.log(outside)) / slope;
    logMean -= step;
    if (Math.abs(step) < 1e-12) break;
  }
  return Math.exp(logMean);
}

/** The probability of so many events or more: the regularised lower incomplete gamma function, by its series. */
function atLeast(events: number, mean: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= maxTerms && term > 1e-17 * sum; k += 1) {
    term *= mean / (events + k);
    sum += term;
  }
  return Math.exp(events * Math.log(mean) - mean - logGamma(events + 1)) * sum;
}
