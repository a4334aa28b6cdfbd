import type { Fact } from "../facts/parse.ts";
import { CustomerCases, daysOfCases, numberOf } from "./customer-cases.ts";
import type { GatheredCases } from "./metric.ts";
import type { CustomerEffect } from "./statistics/customer-effect.ts";

/** Touchpoints of purchases by customer: what a purchase brings is told by the customer's interactions before it. */

/** Interactions on the day of a purchase and so many days less one before it count. */
export const touchpointDays = 30;

/** What a customer did, by day. */
interface Doings {
  /** How many purchases. */
  readonly purchases: Map<number, number>;
  /** The touchpoints, by their number. */
  readonly touchpoints: Map<number, Set<number>>;
}

/** Gathers what customers did, and tells the touchpoints of each purchase once all is there. */
export class TouchpointCases implements GatheredCases {
  readonly #maxHeld: number;
  #byCustomer = new Map<string, Doings>();
  readonly #names = new Map<string, number>();
  #held = 0;
  #oneIn = 1;

  /** @param maxHeld at most so many days, and touchpoints of days, are held; of more only every second customer's, and so on (see `CustomerCases`) */
  constructor(maxHeld: number) {
    this.#maxHeld = maxHeld;
  }

  add(customer: string, day: number, fact: Fact): void {
    if (numberOf(customer) % this.#oneIn !== 0) return;
    if (fact.type === "purchase.made") {
      const { purchases } = this.#doingsOf(customer);
      if (!purchases.has(day)) this.#held += 1;
      purchases.set(day, (purchases.get(day) ?? 0) + 1);
    } else if (fact.type === "interaction.made") {
      const { touchpoints } = this.#doingsOf(customer);
      const number = this.#names.get(fact.touchpoint) ?? this.#names.size;
      this.#names.set(fact.touchpoint, number);
      const ofDay = touchpoints.get(day) ?? new Set();
      if (!ofDay.has(number)) this.#held += 1;
      touchpoints.set(day, ofDay.add(number));
    }
    while (this.#held > this.#maxHeld) this.#halve();
  }

  #doingsOf(customer: string): Doings {
    const doings = this.#byCustomer.get(customer) ?? { purchases: new Map(), touchpoints: new Map() };
    this.#byCustomer.set(customer, doings);
    return doings;
  }

  #halve(): void {
    this.#oneIn *= 2;
    const kept = [...this.#byCustomer].filter(([customer]) => numberOf(customer) % this.#oneIn === 0);
    this.#byCustomer = new Map(kept);
    this.#held = kept.reduce((sum, [, doings]) => sum + sizeOf(doings), 0);
  }

  effects(days: { readonly from: number; readonly to: number }): CustomerEffect[] {
    const found = new CustomerCases(false, this.#maxHeld);
    // Of purchases on the first of a year's days nobody knows what was before: earlier days were not read.
    const isCut = days.to - days.from + 1 >= daysOfCases;
    const first = isCut ? days.from + touchpointDays - 1 : days.from;
    for (const [customer, { purchases, touchpoints }] of this.#byCustomer) {
      for (const [day, times] of [...purchases].sort(([a], [b]) => a - b)) {
        const different = day < first ? 0 : differentUpTo(touchpoints, day);
        for (let left = different > 0 ? times : 0; left > 0; left -= 1) found.add(customer, day, different);
      }
    }
    return found.effects({ from: first, to: days.to });
  }
}

function sizeOf({ purchases, touchpoints }: Doings): number {
  return [...touchpoints.values()].reduce((sum, { size }) => sum + size, purchases.size);
}

function differentUpTo(touchpoints: Doings["touchpoints"], day: number): number {
  const different = new Set<number>();
  for (const [of, numbers] of touchpoints) {
    if (of <= day && of > day - touchpointDays) for (const number of numbers) different.add(number);
  }
  return different.size;
}
