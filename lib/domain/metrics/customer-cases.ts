import { type CustomerEffect, type CustomerSums, effectOf } from "./statistics/customer-effect.ts";

/** The cases of each customer, and how much they resemble each other in windows of several lengths. */

/** The lengths of windows, in days. A range between two of them is taken for what lies between. */
const windowLengths = [7, 30, 90, 365];

/** Of each length at most so many windows are looked at, the latest. */
const maxWindows = 12;

/** The days before the last one that are looked at. */
export const daysOfCases = 365;

/** The numbers of a customer's day: which day, how many cases, Σ of their values and of their squares, and where the customer's day before it stands. */
const fieldsPerDay = 5;
const earlier = 4;

/** What stands before a customer's first day. */
const none = -1;

/**
 * Cases by customer and day. All numbers stand in one array: a million customers with an array each would take most of a function's memory.
 */
export class CustomerCases {
  readonly #isOpen: boolean;
  readonly #maxDays: number;
  /** Where the last day of each customer stands. */
  #byCustomer = new Map<string, number>();
  #sums = new Float64Array(fieldsPerDay * 256);
  #size = 0;
  #oneIn = 1;

  /**
   * @param isOpen whether values can be endlessly great
   * @param maxDays at most so many days of customers are held, some 170 bytes each; of more only every second customer is, of more than that every
   * fourth …: figures of a part of the customers, drawn by their names alone, are those of all
   */
  constructor(isOpen: boolean, maxDays: number) {
    this.#isOpen = isOpen;
    this.#maxDays = maxDays;
  }

  /** How many days of customers are held. */
  get heldDays(): number {
    return this.#size / fieldsPerDay;
  }

  /**
   * Adds a case.
   * @param customer a name of its own where nobody knows whose it is
   * @param day its number (`dayNumber`): each customer's in order
   */
  add(customer: string, day: number, value: number): void {
    if (numberOf(customer) % this.#oneIn !== 0) return;
    const last = this.#byCustomer.get(customer) ?? none;
    const sums = this.#sums;
    if (last !== none && sums[last] === day) {
      sums[last + 1] = (sums[last + 1] ?? 0) + 1;
      sums[last + 2] = (sums[last + 2] ?? 0) + value;
      sums[last + 3] = (sums[last + 3] ?? 0) + value ** 2;
      return;
    }
    this.#byCustomer.set(customer, this.#append([day, 1, value, value ** 2, last]));
    while (this.heldDays > this.#maxDays) this.#halve();
  }

  /** @returns where it stands */
  #append(fields: readonly number[]): number {
    const start = this.#size;
    this.#size += fieldsPerDay;
    if (this.#size > this.#sums.length) {
      const larger = new Float64Array(this.#sums.length * 2);
      larger.set(this.#sums);
      this.#sums = larger;
    }
    this.#sums.set(fields, start);
    return start;
  }

  #halve(): void {
    this.#oneIn *= 2;
    const [customers, sums] = [this.#byCustomer, this.#sums];
    [this.#byCustomer, this.#sums, this.#size] = [new Map(), new Float64Array(sums.length), 0];
    for (const [customer, last] of customers) {
      if (numberOf(customer) % this.#oneIn !== 0) continue;
      let before = none;
      for (const start of startsOf(sums, last).reverse()) {
        before = this.#append([...sums.subarray(start, start + earlier), before]);
      }
      this.#byCustomer.set(customer, before);
    }
  }

  /**
   * What customers do to the variance in windows of each length that the days allow, the shortest first.
   * @param days all days from which there are cases, in order
   */
  effects({ from, to }: { readonly from: number; readonly to: number }): CustomerEffect[] {
    const known = Math.min(daysOfCases, to - from + 1);
    const lengths = [...windowLengths.filter((length) => length < known), known];
    return lengths.flatMap(
      (length) => effectOf(length, this.#windows(to, length, known), this.#isOpen) ?? [],
    );
  }

  /** The sums of each customer in the latest windows of a length. */
  #windows(to: number, length: number, known: number): CustomerSums[][] {
    const windows = Array.from(
      { length: Math.min(maxWindows, Math.floor(known / length)) },
      () => [] as Sums[],
    );
    const days = this.#sums;
    for (const end of this.#byCustomer.values()) {
      let [last, sums] = [-1, { weight: 0, amount: 0, squares: 0 }];
      // In the order of their days, so that those of a window follow each other.
      for (const start of startsOf(days, end)) {
        const window = Math.floor((to - (days[start] ?? 0)) / length);
        if (window !== last) {
          last = window;
          sums = { weight: 0, amount: 0, squares: 0 };
          windows[window]?.push(sums);
        }
        sums.weight += days[start + 1] ?? 0;
        sums.amount += days[start + 2] ?? 0;
        sums.squares += days[start + 3] ?? 0;
      }
    }
    return windows;
  }
}

/** Where the days of a customer stand, the one that was added last first. */
function startsOf(sums: Float64Array, last: number): number[] {
  const starts: number[] = [];
  for (let start = last; start !== none; start = sums[start + earlier] ?? none) starts.push(start);
  return starts;
}

interface Sums {
  weight: number;
  amount: number;
  squares: number;
}

/** A number that depends on a text alone (FNV-1a, 32 bits). */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
