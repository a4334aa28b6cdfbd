import { twoSidedNormal } from "./distributions.ts";

/**
 * The value below which a standard normal variable lies with a probability: by Newton's method from the approximation of Abramowitz & Stegun 1964, formula 26.2.23.
 * @param probability above 0 and below 1
 */
export function normalScore(probability: number): number {
  const tail = Math.min(probability, 1 - probability);
  const t = Math.sqrt(-2 * Math.log(tail));
  const above = 2.515517 + 0.802853 * t + 0.010328 * t * t;
  const below = 1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3;
  let score = t - above / below;
  for (let step = 0; step < 2; step += 1) {
    const density = Math.exp((-score * score) / 2) / Math.sqrt(2 * Math.PI);
    const upper = score >= 0 ? twoSidedNormal(score) / 2 : 1 - twoSidedNormal(score) / 2;
    score += (upper - tail) / density;
  }
  return probability < 0.5 ? -score : score;
}
