/** How far out the rarest of values are, judged from the furthest of those that are known. */

/**
 * The distance that a value passes with a probability, beyond what was ever seen: I. Weissman 1978, "Estimation of parameters and large quantiles based on the k largest observations", JASA 73(364), 812–815,
 * with the tail index of B. M. Hill 1975, "A simple general approach to inference about the tail of a distribution", The Annals of Statistics 3(5), 1163–1174.
 * @param outermost the k + 1 greatest distances, the greatest first; fewer than two say nothing
 * @param n of how many values they are the greatest
 * @param probability of one further value, less than k / n
 * @returns 0 where nothing can be said
 */
export function tailQuantile(outermost: readonly number[], n: number, probability: number): number {
  const k = outermost.length - 1;
  const threshold = outermost[k] ?? 0;
  if (k < 1 || threshold <= 0) return 0;
  const index = outermost.slice(0, k).reduce((sum, distance) => sum + Math.log(distance / threshold), 0) / k;
  return threshold * (k / (n * probability)) ** index;
}
