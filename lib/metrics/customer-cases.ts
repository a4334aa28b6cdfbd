import { type CustomerEffect, type CustomerSums, effectOf } from "./statistics/customer-effect.ts";

/** The cases of each customer, and how much they resemble each other in windows of several lengths. */

/** The lengths of windows, in days. A range between two of them is taken for what lies between. */
const windowLengths = [7, 30, 90, 365];

/** Of each length at most so many windows are looked at, the latest. */
const maxWindows = 12;

/** The days before the last one that are looked at. */
export const daysOfCases = 365;

/** At most so many sums of a customer's day are held; of more only every second customer is, of more than that every fourth … */
const maxSums = 1_000_000;

/** The numbers of a customer's day: which day, how many cases, Σ of their values and of their squares. */
const fieldsPerDay = 4;

/** Cases by customer and day. */
export class CustomerCases {
  readonly #isOpen: boolean;
  readonly #byCustomer = new Map<string, number[]>();
  #size = 0;
  #oneIn = 1;

  /** @param isOpen whether values can be endlessly great */
  constructor(isOpen: boolean) {
    this.#isOpen = isOpen;
  }

  /**
   * Adds a case.
   * @param customer a name of its own where nobody knows whose it is
   * @param day its number (`dayNumber`): each customer's in order
   */
  add(customer: string, day: number, value: number): void {
    if (numberOf(customer) % this.#oneIn !== 0) return;
    let sums = this.#byCustomer.get(customer);
    if (!sums) {
      sums = [];
      this.#byCustomer.set(customer, sums);
    }
    const start = sums.length - fieldsPerDay;
    if (sums[start] === day) {
      sums[start + 1] = (sums[start + 1] ?? 0) + 1;
      sums[start + 2] = (sums[start + 2] ?? 0) + value;
      sums[start + 3] = (sums[start + 3] ?? 0) + value ** 2;
      return;
    }
    sums.push(day, 1, value, value ** 2);
    this.#size += 1;
    if (this.#size > maxSums) this.#halve();
  }

  #halve(): void {
    this.#oneIn *= 2;
    for (const [customer, sums] of this.#byCustomer) {
      if (numberOf(customer) % this.#oneIn === 0) continue;
      this.#byCustomer.delete(customer);
      this.#size -= sums.length / fieldsPerDay;
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
    for (const days of this.#byCustomer.values()) {
      let [last, sums] = [-1, { weight: 0, amount: 0, squares: 0 }];
      // In the order of their days, so that those of a window follow each other.
      for (let start = 0; start < days.length; start += fieldsPerDay) {
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

interface Sums {
  weight: number;
  amount: number;
  squares: number;
}

/** A number that depends on a text alone (FNV-1a, 32 bits). */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
