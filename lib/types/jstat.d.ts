/** The part of jstat 1.9.6 that is used here; the package has no types of its own. */
declare module "jstat" {
  interface Distributions {
    readonly normal: {
      /** P(X ≤ x) of the normal distribution. */
      cdf(x: number, mean: number, standardDeviation: number): number;
    };
    readonly studentt: {
      /** P(T ≤ t) of Student's t distribution; the degrees of freedom may be fractions. */
      cdf(t: number, degreesOfFreedom: number): number;
      /** The t with P(T ≤ t) = p. */
      inv(p: number, degreesOfFreedom: number): number;
    };
  }
  const jstat: Distributions;
  export = jstat;
}
