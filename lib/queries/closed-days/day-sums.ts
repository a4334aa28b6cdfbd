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

/** A table of groups × counters has at most so many places, some 2.4 MB: of more groups, and of sketches with many cells, only the places in use are held. */
const maxTablePlaces = 2 ** 18;

/** The sums of some groups on one day. */
export class DaySums {
  readonly #sizes: Float64Array;
  readonly #maxTablePlaces: number;
  /** How many counters each group has a place for, in a table; 0 where places are held by group and counter. */
  #counters: number;
  /** The places in use by group and counter, where there is no table. */
  #places: (Map<number, number> | undefined)[] = [];
  #used = 0;
  /** At each place a sum, and whether anything was added to it. */
  #sums: Float64Array;
  #isAdded: Uint8Array;
  /** What does not fit a number, by the place of its sum. */
  #large = new Map<number, bigint>();

  /** @param counters how many counters there are, as far as is known */
  constructor(groups: number, counters: number, maxPlaces = maxTablePlaces) {
    this.#maxTablePlaces = maxPlaces;
    this.#sizes = new Float64Array(groups);
    this.#counters = this.#widthOf(Math.max(1, counters));
    const places = this.#counters === 0 ? groups : groups * this.#counters;
    this.#sums = new Float64Array(places);
    this.#isAdded = new Uint8Array(places);
  }

  /** Adds what some equal rows bring. @param times how many rows */
  add(group: number, { size, counters, amounts, large }: Increments, times: number): void {
    this.#sizes[group] = (this.#sizes[group] ?? 0) + size * times;
    for (let index = 0; index < counters.length; index += 1) {
      const place = this.#placeOf(group, counters[index] ?? 0);
      const amount = amounts[index] ?? 0;
      const added = amount * times;
      const sum = (this.#sums[place] ?? 0) + added;
      this.#isAdded[place] = 1;
      if (sum < maxSmallSum && sum > -maxSmallSum && added < maxSmallSum && added > -maxSmallSum) {
        this.#sums[place] = sum;
      } else this.#addLarge(place, BigInt(amount) * BigInt(times));
    }
    for (const [counter, amount] of large) {
      this.#addLarge(this.#placeOf(group, counter), amount * BigInt(times));
    }
  }

  #addLarge(place: number, amount: bigint): void {
    this.#large.set(place, (this.#large.get(place) ?? 0n) + amount);
  }

  #placeOf(group: number, counter: number): number {
    if (this.#counters > 0) {
      if (counter < this.#counters) return group * this.#counters + counter;
      this.#rearrange(Math.max(counter + 1, this.#counters * 2));
      return this.#placeOf(group, counter);
    }
    const places = this.#places[group] ?? new Map<number, number>();
    this.#places[group] = places;
    const known = places.get(counter);
    if (known !== undefined) return known;
    places.set(counter, this.#used);
    this.#used += 1;
    if (this.#used > this.#sums.length) this.#lengthen();
    return this.#used - 1;
  }

  /** @returns 0 where a table would be too large */
  #widthOf(counters: number): number {
    return this.#sizes.length * counters > this.#maxTablePlaces ? 0 : counters;
  }

  /** Makes room for more counters in each group. */
  #rearrange(counters: number): void {
    const before = this.#counters;
    const [sums, isAdded, large] = [this.#sums, this.#isAdded, this.#large];
    this.#counters = this.#widthOf(counters);
    const places = this.#sizes.length * Math.max(1, this.#counters);
    [this.#sums, this.#isAdded, this.#large] = [new Float64Array(places), new Uint8Array(places), new Map()];
    for (const [from, added] of isAdded.entries()) {
      if (added === 0) continue;
      const place = this.#placeOf(Math.floor(from / before), from % before);
      this.#isAdded[place] = 1;
      this.#sums[place] = sums[from] ?? 0;
      const beyond = large.get(from);
      if (beyond !== undefined) this.#large.set(place, beyond);
    }
  }

  #lengthen(): void {
    const [sums, isAdded] = [this.#sums, this.#isAdded];
    this.#sums = new Float64Array(Math.max(64, sums.length * 2));
    this.#isAdded = new Uint8Array(this.#sums.length);
    this.#sums.set(sums);
    this.#isAdded.set(isAdded);
  }

  /** How many places it holds, of 9 bytes each. */
  get places(): number {
    return this.#sums.length;
  }

  /** See `OccurrenceGroups.add`. */
  sizeOf(group: number): number {
    return this.#sizes[group] ?? 0;
  }

  /** The counters of a group to which anything was added, by their number, with their sums. */
  countsOf(group: number): [counter: number, sum: bigint][] {
    const counts: [number, bigint][] = [];
    const addAt = (counter: number, place: number) => {
      if (this.#isAdded[place] !== 1) return;
      counts.push([counter, BigInt(this.#sums[place] ?? 0) + (this.#large.get(place) ?? 0n)]);
    };
    if (this.#counters === 0) {
      const places = [...(this.#places[group] ?? [])].sort(([a], [b]) => a - b);
      for (const [counter, place] of places) addAt(counter, place);
    }
    for (let counter = 0; counter < this.#counters; counter += 1) {
      addAt(counter, group * this.#counters + counter);
    }
    return counts;
  }
}
