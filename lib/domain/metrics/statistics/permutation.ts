import { requireCounts } from "./bounds.ts";
import type { NetPromoterCounts } from "./nps.ts";
import { logGamma } from "./special-functions.ts";

/** The number of ways to choose so many of some, as a logarithm. */
function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** Ways that differ only in the last digits of their probabilities are as probable. */
const rounding = 1e-9;

/**
 * The p-value of the exact permutation test of two Net Promoter Scores (R. A. Fisher 1935, "The Design of Experiments"; E. J. G. Pitman 1937): of
 * all ways to deal the answers to both into samples of these sizes, the share in which their scores differ at least as much. It takes
 * as many steps as the square of the smaller sample.
 * @throws RangeError when a count is negative or not whole
 */
export function permutationTest(first: NetPromoterCounts, second: NetPromoterCounts): number {
  requireCounts({ ...first });
  requireCounts({ ...second });
  const sizes = [first, second].map(
    ({ promoters, passives, detractors }) => promoters + passives + detractors,
  );
  const [one, other] = (sizes[0] ?? 0) <= (sizes[1] ?? 0) ? [first, second] : [second, first];
  const n = Math.min(...sizes);
  const promoters = one.promoters + other.promoters;
  const passives = one.passives + other.passives;
  const detractors = one.detractors + other.detractors;
  const all = promoters + passives + detractors;
  // The score of the one, in whole numbers, less what it is on average over all ways: n·(P − D)/N.
  const distance = (balance: number) => Math.abs(balance * all - n * (promoters - detractors));
  const observed = distance(one.promoters - one.detractors);
  const ways = logChoose(all, n);
  let pValue = 0;
  for (let p = 0; p <= Math.min(n, promoters); p += 1) {
    for (let d = Math.max(0, n - p - passives); d <= Math.min(n - p, detractors); d += 1) {
      if (distance(p - d) < observed) continue;
      const log = logChoose(promoters, p) + logChoose(detractors, d) + logChoose(passives, n - p - d);
      pValue += Math.exp(log - ways);
    }
  }
  return Math.min(1, pValue > 1 - rounding ? 1 : pValue);
}
