/** Random numbers that are the same for the same seed, and the distributions that the demo's company is made of. */

/** A stream of random numbers. */
export interface Random {
  /** Uniform, 0 included, 1 excluded. */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  /** Whether something of this probability happens. */
  chance(probability: number): boolean;
  /** One of some things, all alike likely. */
  pick<T>(things: readonly [T, ...T[]]): T;
  /** One of some things, as likely as its weight says. */
  weighted<T>(things: readonly (readonly [thing: T, weight: number])[]): T;
  /** Normally distributed (Box & Muller 1958). */
  normal(mean: number, deviation: number): number;
  /** Log-normally distributed; half lie below the median. `spread` is the deviation of the logarithm. */
  logNormal(median: number, spread: number): number;
  /** Exponentially distributed waiting time. */
  exponential(mean: number): number;
  /** How often something happens that happens `mean` times on average (Knuth 1969; normal above 30). */
  poisson(mean: number): number;
}

/**
 * The stream of a seed and a name. Each family of facts has a stream of its own, so that one more family leaves the facts of the
 * others as they are.
 */
export function randomOf(seed: number, name: string): Random {
  const next = mulberry32(seedOf(`${seed} ${name}`));
  const normal = (mean: number, deviation: number) =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (things) => things[int(0, things.length - 1)] ?? things[0],
    weighted: (things) => weighted(things, next()),
    normal,
    logNormal: (median, spread) => median * Math.exp(normal(0, spread)),
    exponential: (mean) => -mean * Math.log(1 - next()),
    poisson: (mean) =>
      mean > 30 ? Math.max(0, Math.round(normal(mean, Math.sqrt(mean)))) : poisson(mean, next),
  };
}

/** A generator with 32 bits of state (Tommy Ettinger's mulberry32): plenty for a demo, nothing for a secret. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a, 32 bits. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

function weighted<T>(things: readonly (readonly [T, number])[], uniform: number): T {
  let left = uniform * things.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [thing, weight] of things) {
    left -= weight;
    if (left < 0) return thing;
  }
  const last = things.at(-1);
  if (!last) throw new RangeError("nothing to choose from");
  return last[0];
}

function poisson(mean: number, next: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count += 1;
  return count;
}
