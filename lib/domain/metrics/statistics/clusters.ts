/**
 * Days as clusters of a share or a mean: events of one cause fall on one day (an outage, a burst of calls, a visitor who clicks all day), so
 * they are not independent. Customers as clusters: `customer-effect.ts`.
 */

/** How far a ratio of two sums can be off, by how much it differs from day to day, or from customer to customer. */
export interface Spread {
  /** The square of its standard error, in the square of its unit. */
  readonly variance: number;
  /** How many days or customers there are, each as heavy as any other would be. */
  readonly clusters: number;
  /** How well the variance is known; as by so many clusters of one kind when absent. */
  readonly degreesOfFreedom?: number;
  /** How many times the variance of independent cases it is, where that is known by customers. */
  readonly inflation?: number;
  /** The skewness of the ratio, where it is known by customers. */
  readonly skewness?: number;
  /** Whether there are too few clusters for how unequal they are. */
  readonly isTooFew?: boolean;
}

/** By how many times the number of independent cases is smaller that tell as much, as far as customers say it; at least 1. */
export function inflationOf(spread: Spread | undefined): number {
  return Math.max(1, spread?.inflation ?? 1);
}

/** Of two spreads of one ratio the wider one; what is known of the customers stays known. */
export function widerSpread(
  overDays: Spread | undefined,
  overCustomers: Spread | undefined,
): Spread | undefined {
  if (!overDays || !overCustomers) return overDays ?? overCustomers;
  if (overDays.variance <= overCustomers.variance) return overCustomers;
  const freedom = Math.min(freedomOf(overDays), freedomOf(overCustomers));
  return { ...overCustomers, ...overDays, degreesOfFreedom: freedom };
}

/** The degrees of freedom of a spread. */
export function freedomOf({ clusters, degreesOfFreedom = clusters - 1 }: Spread): number {
  return degreesOfFreedom;
}

/**
 * Of fewer days no spread is told: a variance of six or fewer says little (a week, which has each weekday once; below about six clusters, intervals
 * miss far more often than they say: Cameron, Gelbach & Miller 2008, Review of Economics and Statistics 90(3), 414–427).
 */
export const minClusters = 7;

/**
 * The spread of a ratio Σy/Σx over days: the variance of a ratio estimator whose units are the days (W. G. Cochran 1977, "Sampling
 * Techniques", sections 2.11 and 6.4, without the finite correction),
 *
 *     K/(K − 1) · Σ(y − R·x)²/(Σx)²,   R = Σy/Σx,   K = (Σx)²/Σx²
 *
 * where K is how many days of the same weight would tell as much (L. Kish 1965, "Survey Sampling", section 11.7).
 * @param numerators y of each day
 * @param denominators x of each day, in the same order, not negative
 * @returns `undefined` where there are fewer than `minClusters` such days
 */
export function spreadOverDays(
  numerators: readonly number[],
  denominators: readonly number[],
): Spread | undefined {
  let [x, y, squares] = [0, 0, 0];
  for (let day = 0; day < denominators.length; day += 1) {
    const weight = denominators[day] ?? 0;
    x += weight;
    y += numerators[day] ?? 0;
    squares += weight * weight;
  }
  const clusters = x ** 2 / squares;
  if (!(clusters >= minClusters)) return undefined;
  const ratio = y / x;
  let residues = 0;
  for (let day = 0; day < denominators.length; day += 1) {
    const weight = denominators[day] ?? 0;
    residues += ((numerators[day] ?? 0) - ratio * weight) ** 2;
  }
  return { variance: ((clusters / (clusters - 1)) * residues) / x ** 2, clusters };
}
