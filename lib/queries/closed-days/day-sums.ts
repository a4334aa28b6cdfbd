/** Adding up what rows bring, for some groups of one day: in arrays of numbers, as long as these are exact. */

/** What a row brings: amounts of counters, by their number. */
export interface Increments {
  /** See `OccurrenceGroups.add`. */
  readonly size: number;
  readonly counters: readonly number[];
  /** Of each counter: 0 for one with a large amount. */
  readonly amounts: readonly number[];
  /** What is too large for a number, by counter. */
  readonly large: readonly (readonly [counter: number, amount: bigint])[];
}

/** Amounts up to here are added as numbers, and sums of them as long as they are below the other bound: numbers are exact up to 2^53. */
const maxSmallAmount = 2 ** 50;
const maxSmallSum = 2 ** 52;

/** Whether an amount is a number that is added as such. */
export function isSmall(amount: number | bigint): boolean {
  return amount <= maxSmallAmount && amount >= -maxSmallAmount;
}

/** The sums of some groups on one day. */
export class DaySums {
  readonly #sizes: Float64Array;
  /** For each group a place for each counter: its sum, and whether anything was added to it. */
  #sums: Float64Array;
  #isAdded: Uint8Array;
  #counters: number;
  /** What does not fit a number, by the place of its sum. */
  readonly #large = new Map<number, bigint>();

  /** @param counters how many counters there are, as far as is known */
  constructor(groups: number, counters: number) {
    this.#counters = Math.max(1, counters);
    this.#sizes = new Float64Array(groups);
    this.#sums = new Float64Array(groups * this.#counters);
    this.#isAdded = new Uint8Array(groups * this.#counters);
  }

  /** Adds what some equal rows bring. @param times how many rows */
  add(group: number, { size, counters, amounts, large }: Increments, times: number): void {
    this.#sizes[group] = (this.#sizes[group] ?? 0) + size * times;
    for (let index = 0; index < counters.length; index += 1) {
      const counter = counters[index] ?? 0;
      if (counter >= this.#counters) this.#widen(counter + 1);
      const place = group * this.#counters + counter;
      const amount = amounts[index] ?? 0;
      const added = amount * times;
      const sum = (this.#sums[place] ?? 0) + added;
      this.#isAdded[place] = 1;
      if (sum < maxSmallSum && sum > -maxSmallSum && added < maxSmallSum && added > -maxSmallSum) {
        this.#sums[place] = sum;
      } else this.#addLarge(place, BigInt(amount) * BigInt(times));
    }
    for (const [counter, amount] of large) {
      this.#addLarge(group * this.#counters + counter, amount * BigInt(times));
    }
  }

  #addLarge(place: number, amount: bigint): void {
    this.#large.set(place, (this.#large.get(place) ?? 0n) + amount);
  }

  /** Makes room for more counters. */
  #widen(counters: number): void {
    const before = this.#counters;
    const [sums, isAdded] = [this.#sums, this.#isAdded];
    const large = [...this.#large];
    const placeOf = (place: number) => Math.floor(place / before) * counters + (place % before);
    this.#counters = counters;
    this.#sums = new Float64Array(this.#sizes.length * counters);
    this.#isAdded = new Uint8Array(this.#sizes.length * counters);
    for (const [place, sum] of sums.entries()) this.#sums[placeOf(place)] = sum;
    for (const [place, added] of isAdded.entries()) this.#isAdded[placeOf(place)] = added;
    this.#large.clear();
    for (const [place, sum] of large) this.#large.set(placeOf(place), sum);
  }

  /** See `OccurrenceGroups.add`. */
  sizeOf(group: number): number {
    return this.#sizes[group] ?? 0;
  }

  /** The counters of a group to which anything was added, by their number, with their sums. */
  countsOf(group: number): [counter: number, sum: bigint][] {
    const counts: [number, bigint][] = [];
    for (let counter = 0; counter < this.#counters; counter += 1) {
      const place = group * this.#counters + counter;
      if (this.#isAdded[place] !== 1) continue;
      counts.push([counter, BigInt(this.#sums[place] ?? 0) + (this.#large.get(place) ?? 0n)]);
    }
    return counts;
  }
}
