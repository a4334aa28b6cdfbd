import { addDays, type Day } from "../../lib/domain/calendar/days.ts";
import { CustomerCases } from "../../lib/domain/metrics/customer-cases.ts";
import type { CustomerEffect } from "../../lib/domain/metrics/statistics/customer-effect.ts";

/** Drawing at random, the same every time with the same seed. */

/** Numbers from 0 (excluded) to 1 (excluded). */
export type Random = () => number;

/** The "minimal standard" generator of Park & Miller 1988 with the multiplier 48271. */
export function seeded(seed: number): Random {
  const modulus = 2 ** 31 - 1;
  let state = seed;
  return () => {
    state = (state * 48271) % modulus;
    return state / modulus;
  };
}

/** A standard normal value (G. E. P. Box & M. E. Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

/** A value whose logarithm is normal with mean 0 and this standard deviation: its mean is exp(σ²/2). */
export function lognormal(random: Random, sigma: number): number {
  return Math.exp(sigma * normal(random));
}

/** A Poisson count, by counting exponential waits; of large means by the normal distribution. */
export function poisson(random: Random, mean: number): number {
  if (mean > 500) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  let [count, product] = [-1, 1];
  const end = Math.exp(-mean);
  while (product > end) {
    product *= random();
    count += 1;
  }
  return count;
}

/** One of some categories, each as probable as it says; they add up to 1. */
export function category(random: Random, probabilities: readonly number[]): number {
  let rest = random();
  for (const [index, probability] of probabilities.entries()) {
    rest -= probability;
    if (rest < 0) return index;
  }
  return probabilities.length - 1;
}

interface Case {
  readonly customer: string;
  readonly day: number;
  readonly value: number;
}

/** Counters by day, as a metric reads them. */
export class Days {
  readonly counts = new Map<Day, Record<string, bigint>>();
  /** The sums of all days before. */
  readonly before: Record<string, bigint> = {};
  readonly from: Day;
  readonly length: number;
  readonly #cases: Case[] = [];
  readonly #names: Day[] = [];
  #isOpen = false;

  constructor(from: Day, length: number) {
    this.from = from;
    this.length = length;
  }

  get to(): Day {
    return addDays(this.from, this.length - 1);
  }

  /** Adds to counters of a day, 0 for the first one. */
  add(day: number, counters: Readonly<Record<string, number | bigint>>): void {
    const key = this.#names[day] ?? addDays(this.from, day);
    this.#names[day] = key;
    const counts = this.counts.get(key) ?? {};
    for (const [name, amount] of Object.entries(counters))
      counts[name] = (counts[name] ?? 0n) + BigInt(amount);
    this.counts.set(key, counts);
  }

  /** Adds a case of a customer, as the scheduled job finds it among the facts. @param isOpen whether values can be endlessly great */
  addCase(customer: string, day: number, value: number, isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#cases.push({ customer, day, value });
  }

  /**
   * What the customers do to the variance, as the job would store it after these days, and others that come right before them.
   * @param before of other customers
   */
  effects(before: readonly Days[] = []): readonly CustomerEffect[] | undefined {
    const all = [...before, this];
    const cases = all.reduce((sum, { size }) => sum + size, 0);
    if (cases === 0) return undefined;
    const found = new CustomerCases(this.#isOpen, cases);
    let first = 0;
    for (const [index, days] of all.entries()) {
      for (const { customer, day, value } of days.#cases.sort((a, b) => a.day - b.day)) {
        found.add(`${index} ${customer}`, first + day, value);
      }
      first += days.length;
    }
    return found.effects({ from: 0, to: first - 1 });
  }

  /** How many cases of customers were added. */
  get size(): number {
    return this.#cases.length;
  }

  /** Any of the days. */
  anyDay(random: Random): number {
    return Math.floor(random() * this.length);
  }
}
