import type { BgNbd, BuyingCell } from "../../../../../lib/domain/metrics/lifetime/bg-nbd.ts";
import type { GammaGamma, SpendingCell } from "../../../../../lib/domain/metrics/lifetime/gamma-gamma.ts";
import { seededRandom } from "../statistics/random.ts";

/** Customers made up as the models say, from parameters that are known. */
export class Simulation {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  exponential(rate: number): number {
    return -Math.log(this.random()) / rate;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(this.random())) * Math.cos(2 * Math.PI * this.random());
  }

  /** By Marsaglia & Tsang 2000; a shape below 1 is boosted. */
  gamma(shape: number, rate: number): number {
    if (shape < 1) return this.gamma(shape + 1, rate) * this.random() ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = this.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(this.random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / rate;
    }
  }

  beta(a: number, b: number): number {
    const one = this.gamma(a, 1);
    return one / (one + this.gamma(b, 1));
  }

  /** Times of the purchases after the first one, up to a time. */
  purchases({ r, alpha, a, b }: BgNbd, until: number): number[] {
    const [rate, leaving] = [this.gamma(r, alpha), this.beta(a, b)];
    const times: number[] = [];
    for (let time = this.exponential(rate); time <= until; time += this.exponential(rate)) {
      times.push(time);
      if (this.random() < leaving) break;
    }
    return times;
  }

  buyer(model: BgNbd, age: number): BuyingCell {
    const times = this.purchases(model, age);
    return { repeats: times.length, recency: times.at(-1) ?? 0, age, customers: 1 };
  }

  /** A customer who bought a number of times again. */
  spender({ p, q, gamma }: GammaGamma, repeats: number): SpendingCell {
    const rate = this.gamma(q, gamma);
    return { repeats, mean: this.gamma(p * repeats, rate) / repeats, customers: 1 };
  }
}
