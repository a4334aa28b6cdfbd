import type { Lease, RequestWindow } from "../../store/settings/request-leases.ts";
import type { Principal } from "./principal.ts";

/**
 * How many requests a key may make. Each process counts by itself and borrows from the key's item in the table, a few
 * requests at first and then more at a time, so that few requests cost a write.
 */

/** Seconds of a window in which requests are counted. */
export const windowSeconds = 10;

/** So many requests of a key and window a process takes without asking: who asks for little costs no write. */
const maxUnasked = 20;

/** The first lease of a process, and the largest. */
const firstLease = 25;
const largestLease = 200;

/** What a process knows of a key's window. */
interface Allowance {
  readonly window: number;
  /** Requests that may be made without asking again. */
  credit: number;
  /** Requests that the table does not know of yet. */
  unasked: number;
  nextLease: number;
  usedUp: boolean;
}

/** What a limiter works with. */
export interface LimiterOptions {
  readonly requestsPerSecond: number;
  /** Borrows requests. */
  readonly lease: (window: RequestWindow, wanted: number) => Promise<Lease>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Counts the requests of this process by key. */
export class RequestLimiter {
  readonly #limit: number;
  readonly #lease: LimiterOptions["lease"];
  readonly #now: () => number;
  readonly #allowances = new Map<string, Allowance>();

  constructor({ requestsPerSecond, lease, now = Date.now }: LimiterOptions) {
    this.#limit = Math.max(1, Math.floor(requestsPerSecond * windowSeconds));
    this.#lease = lease;
    this.#now = now;
  }

  /**
   * Takes one request of a key.
   * @returns undefined when it may be made; else the seconds after which the key may make requests again, at least 1
   * @throws what `lease` throws
   */
  async take({ workspace, keyId }: Pick<Principal, "workspace" | "keyId">): Promise<number | undefined> {
    const now = this.#now() / 1000;
    const window = Math.floor(now / windowSeconds);
    const allowance = this.#allowanceOf(keyId, window);
    if (allowance.credit === 0 && !allowance.usedUp) {
      await this.#borrow(allowance, { workspace, keyId, window, limit: this.#limit });
    }
    if (allowance.credit === 0) return Math.max(1, Math.ceil((window + 1) * windowSeconds - now));
    allowance.credit -= 1;
    return undefined;
  }

  #allowanceOf(keyId: string, window: number): Allowance {
    const known = this.#allowances.get(keyId);
    if (known?.window === window) return known;
    // Keys of earlier windows have nothing to remember.
    for (const [key, one] of this.#allowances) if (one.window !== window) this.#allowances.delete(key);
    const unasked = Math.min(maxUnasked, Math.floor(this.#limit / 50));
    const allowance = { window, credit: unasked, unasked, nextLease: firstLease, usedUp: false };
    this.#allowances.set(keyId, allowance);
    return allowance;
  }

  /** Borrows more than before, but never much of what is left: others use the key as well. */
  async #borrow(allowance: Allowance, window: RequestWindow): Promise<void> {
    const owed = allowance.unasked;
    const wanted = Math.max(1, Math.min(allowance.nextLease, Math.floor(this.#limit / 20)));
    const { granted, left } = await this.#lease(window, owed + wanted);
    allowance.unasked = 0;
    allowance.credit += Math.max(0, granted - owed);
    allowance.usedUp = allowance.credit === 0;
    allowance.nextLease = Math.max(1, Math.min(2 * wanted, largestLease, Math.floor(left / 20)));
  }
}
