/**
 * A seeded generator of numbers from 0 (excluded) to 1 (excluded), so that simulations give the same result every time:
 * the "minimal standard" generator of Park & Miller 1988 with the multiplier 48271.
 */
export function seededRandom(seed: number): () => number {
  const modulus = 2 ** 31 - 1;
  let state = seed;
  return () => {
    state = (state * 48271) % modulus;
    return state / modulus;
  };
}

/** How often each category comes up in `n` draws. The probabilities of the categories add up to 1. */
export function drawCounts(random: () => number, probabilities: readonly number[], n: number): number[] {
  const counts = probabilities.map(() => 0);
  for (let drawn = 0; drawn < n; drawn += 1) {
    let rest = random();
    let category = 0;
    for (; category < probabilities.length - 1; category += 1) {
      rest -= probabilities[category] ?? 0;
      if (rest < 0) break;
    }
    counts[category] = (counts[category] ?? 0) + 1;
  }
  return counts;
}
