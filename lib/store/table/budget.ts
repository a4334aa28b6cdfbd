import { StoreError, tooSlow } from "./errors.ts";
import type { Deadline } from "./retries.ts";

/** The known size of items of one sort before they are read. */
export interface ItemSize {
  readonly name: string;
  /** Bytes that one of them takes at most. */
  readonly maxBytes: number;
  /** Whether they are so much alike that the first ones tell how large the next ones are; absent where one can be a hundred times another. */
  readonly isAlike?: true;
}

/** The greatest cost of a read. */
export interface ReadBound {
  /** Items that are wanted. */
  readonly items: number;
  readonly size: ItemSize;
  /** Read units that 4 KB cost. */
  readonly unitPrice: number;
  /** Read units that all of them take at most; absent where nothing else bounds them. */
  readonly maxUnits?: number;
  /** Whether what each item costs is rounded up by itself, as it is where items are read by key. */
  readonly isEachRounded?: boolean;
}

/** A read that may be sent. */
export interface GrantedRead {
  /** So many items may be asked for. */
  readonly items: number;
  /** Read units that are set aside for it. */
  readonly units: number;
}

/** At most so many read units a request, all of it: what would take more is refused before it is read. */
export const maxReadUnits = 500;

/** Bytes that one read unit pays for at most. */
export const unitBytes = 4 * 1024;

/** With fewer units left no read is made smaller any more: many small ones would cost more requests than they are worth. */
const minGrantedUnits = 48;
const minGrantedUnitsOfUnlike = 96;

/** The sizes seen of items of one sort: the average of some pages of them, from which the next ones may differ. */
const spread = 2;

/**
 * Read units that one request may spend, and until when. Before a read is sent, the most that it can cost is set aside; what it has cost is
 * charged instead when it is answered. So a request does not pass the limit. Reads that do not fit beside those under way wait for them, and
 * one that does not fit by itself asks for fewer items. How large items are that are alike is learnt from the first that are answered: those that
 * follow are taken to be twice as large at most.
 */
export class ReadBudget {
  readonly maxUnits: number;
  readonly #deadline: Deadline | undefined;
  readonly #knownBytes: Readonly<Record<string, number>>;
  readonly #seenBytes = new Map<string, { least: number; most: number }>();
  #spent = 0;
  #reserved = 0;
  #held = 0;
  #underWay = 0;
  #waiting: (() => void)[] = [];

  /** @param knownBytes of items of a sort, by its name: how large they are at most, where that is known better than from the sort alone */
  constructor(maxUnits: number, deadline?: Deadline, knownBytes: Readonly<Record<string, number>> = {}) {
    this.#knownBytes = knownBytes;
    this.maxUnits = maxUnits;
    this.#deadline = deadline;
  }

  /** Units that were spent. */
  get spent(): number {
    return this.#spent;
  }

  /** Units that are left, but for those that are held. */
  get remaining(): number {
    return this.maxUnits - this.#spent - this.#held;
  }

  /** Keeps units for what follows. @returns what releases them */
  hold(units: number): () => void {
    this.#held += units;
    return () => {
      this.#held -= units;
    };
  }

  /**
   * Refuses what is known to cost more than is left, before any of it is spent.
   * @throws StoreError `over-budget`
   */
  require(units: number): void {
    if (units > this.remaining) throw tooDear("it takes more read units than one request may");
  }

  /** Read units that an item takes at most, as far as is known. */
  unitsOf({ size, unitPrice, isEachRounded = false }: Omit<ReadBound, "items">): number {
    const seen = this.#seenBytes.get(size.name);
    const most = Math.min(size.maxBytes, this.#knownBytes[size.name] ?? size.maxBytes);
    const bytes = seen ? Math.min(most, spread * Math.max(seen.least, seen.most)) : most;
    const units = bytes / unitBytes;
    return unitPrice * (isEachRounded ? Math.ceil(units) : units);
  }

  /**
   * Sets aside what a read costs at most; waits for reads under way where that does not fit beside them.
   * @throws StoreError `over-budget` when too little is left even for a part of it, `too-slow` when the time of the request is over
   */
  async grant(bound: ReadBound): Promise<GrantedRead> {
    const { items, unitPrice, maxUnits = Number.POSITIVE_INFINITY } = bound;
    for (;;) {
      if (this.#deadline && this.#deadline.remaining() <= 0) throw tooSlow("more than can be read in time");
      const unitsPerItem = this.unitsOf(bound);
      const free = this.remaining - this.#reserved;
      // The least that is charged, whatever is found.
      const costOf = (count: number) => Math.min(count * unitsPerItem, maxUnits) + unitPrice;
      if (costOf(items) <= free) return this.#reserve(items, costOf(items));
      if (this.#underWay === 0) {
        const fitting = Math.floor((free - unitPrice) / unitsPerItem);
        const least = bound.size.isAlike ? minGrantedUnits : minGrantedUnitsOfUnlike;
        const fewest = Math.min(items, Math.max(1, Math.floor(least / unitsPerItem)));
        if (fitting < fewest) this.require(this.remaining + 1);
        return this.#reserve(fitting, costOf(fitting));
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /**
   * Charges what a read has cost, instead of what was set aside for it.
   * @param answered how many items it has brought, for what is learnt of their size
   */
  settle({ units }: GrantedRead, { size, unitPrice }: ReadBound, consumed: number, answered: number): void {
    this.#underWay -= 1;
    // Sums of fractions leave a rest.
    this.#reserved = this.#underWay === 0 ? 0 : this.#reserved - units;
    this.#spent += consumed;
    if (answered > 0 && size.isAlike) this.#learn(size.name, consumed / unitPrice, answered);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Between how many bytes items are on average: what is charged is rounded up. */
  #learn(name: string, pricedUnits: number, answered: number): void {
    const seen = this.#seenBytes.get(name) ?? { least: 0, most: Number.POSITIVE_INFINITY };
    this.#seenBytes.set(name, {
      least: Math.max(seen.least, ((pricedUnits - 1) * unitBytes) / answered),
      most: Math.min(seen.most, (pricedUnits * unitBytes) / answered),
    });
  }

  #reserve(items: number, units: number): GrantedRead {
    this.#underWay += 1;
    this.#reserved += units;
    return { items, units };
  }
}

function tooDear(why: string): StoreError {
  return new StoreError("over-budget", why);
}
