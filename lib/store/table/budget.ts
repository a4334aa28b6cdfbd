import { StoreError } from "./errors.ts";

/**
 * Read units that one request may spend. What a read is sure to cost is reserved before it is sent, so that reads at the same time cannot
 * spend the same units; what it has cost beyond that is charged when it is answered. A request can pass the limit by what its
 * last pages cost, and no further.
 */
export class ReadBudget {
  readonly maxUnits: number;
  #spent = 0;

  constructor(maxUnits: number) {
    this.maxUnits = maxUnits;
  }

  /** Units that were spent or are reserved. */
  get spent(): number {
    return this.#spent;
  }

  /** Units that are left; 0 or less when there are none. */
  get remaining(): number {
    return this.maxUnits - this.#spent;
  }

  /**
   * Refuses what is known to cost more than is left, before any of it is spent.
   * @throws StoreError `too-dear`
   */
  require(units: number): void {
    if (units > this.remaining) {
      throw new StoreError("too-dear", `it takes more than the ${this.maxUnits} read units of one request`);
    }
  }

  /**
   * Sets aside what a read is sure to cost.
   * @throws StoreError `too-dear` when less is left
   */
  reserve(units: number): void {
    this.require(units);
    this.#spent += units;
  }

  /** Charges what a read has cost, instead of what was reserved for it. */
  settle(reserved: number, consumed = reserved): void {
    this.#spent += consumed - reserved;
  }
}

/** Asks the table what a request consumes, where that is charged to a budget. */
export function consumption(budget: ReadBudget | undefined): { readonly ReturnConsumedCapacity?: "TOTAL" } {
  return budget ? { ReturnConsumedCapacity: "TOTAL" } : {};
}
