import type { NewUsage, UsagePeriod, UsedTotals } from "../../store/settings/key-usage.ts";

/**
 * How much a key may use: requests, and units of the table. Each process counts by itself and borrows requests from the key's
 * item in the table, a few at first and then more at a time, so that few requests cost a write; what units it has used it tells
 * then, too.
 */

/** Seconds of a window in which requests and units are counted. */
export const windowSeconds = 10;

/** So many requests of a key and window a process takes without asking: who asks for little costs no write. */
const maxUnasked = 20;

/** The first lease of a process, and the largest. */
const firstLease = 25;
const largestLease = 200;

/** A process tells of units that it has used when they are such a part of the window's. */
const tellingShare = 1 / 20;

const secondsPerDay = 86_400;

/** A key with what it may use. */
export interface LimitedKey {
  readonly workspace: string;
  readonly keyId: string;
  readonly requestsPerSecond: number;
  /** `null` for any number. */
  readonly requestsPerDay: number | null;
  readonly unitsPerSecond: number;
  /** `null` for any number. */
  readonly unitsPerDay: number | null;
}

/** The state of a key's window and day in this process. */
interface Account {
  readonly day: number;
  window: number;
  /** Requests that may be made without asking and without telling. */
  free: number;
  /** Requests that have been borrowed and not made yet. */
  credit: number;
  /** Use that the table has not been told of yet. */
  untold: { requests: number; units: number; unitsOfDay: number };
  /** Units used in the window and the day, by all processes as far as is known. */
  windowUnits: number;
  dayUnits: number;
  nextLease: number;
  /** Epoch seconds up to which nothing may be used. */
  blockedUntil: number;
}

/** An account that has not been used for so many windows is forgotten. */
const keptWindows = 60;

export interface LimiterOptions {
  /** Tells what has been used, and hears what all processes have used together; `undefined` where that is not known. */
  readonly report: (period: UsagePeriod, usage: NewUsage) => Promise<UsedTotals | undefined>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Counts what keys use of this process. */
export class KeyLimiter {
  readonly #report: LimiterOptions["report"];
  readonly #now: () => number;
  readonly #accounts = new Map<string, Account>();

  constructor({ report, now = Date.now }: LimiterOptions) {
    this.#report = report;
    this.#now = now;
  }

  /**
   * Takes one request of a key.
   * @returns undefined when it may be made; else the seconds after which the key may make requests again, at least 1
   * @throws what `report` throws
   */
  async take(key: LimitedKey): Promise<number | undefined> {
    const now = this.#now() / 1000;
    const account = this.#accountOf(key, now);
    blockByUnits(account, key);
    const isDear = account.untold.units >= unitsPerWindow(key) * tellingShare;
    const isShort = account.blockedUntil <= now && account.credit + account.free === 0;
    if (isShort || isDear) await this.#ask(account, key);
    if (account.blockedUntil > now) return Math.max(1, Math.ceil(account.blockedUntil - now));
    if (account.credit > 0) {
      account.credit -= 1;
    } else {
      account.free = Math.max(0, account.free - 1);
      account.untold.requests += 1;
    }
    return undefined;
  }

  /**
   * Charges a key for what a request of it has used.
   * @param units in the price of a read unit
   */
  charge(key: LimitedKey, units: number): void {
    const account = this.#accountOf(key, this.#now() / 1000);
    account.untold.units += units;
    account.untold.unitsOfDay += units;
    account.windowUnits += units;
    account.dayUnits += units;
  }

  #accountOf(key: LimitedKey, now: number): Account {
    const window = Math.floor(now / windowSeconds);
    const day = Math.floor(now / secondsPerDay);
    const known = this.#accounts.get(key.keyId);
    if (known?.window === window) return known;
    const free = Math.min(maxUnasked, Math.floor(requestsPerWindow(key) / 50));
    if (known && known.day === day && known.window < window) {
      const paid = (window - known.window) * unitsPerWindow(key);
      known.windowUnits = Math.max(0, known.windowUnits - paid);
      known.untold.units = Math.max(0, known.untold.units - paid);
      // Where a day's requests are limited, none of them stays untold for long, and what was borrowed counts in the day.
      if (key.requestsPerDay === null) Object.assign(known, { credit: 0 }).untold.requests = 0;
      known.free = Math.max(0, Math.min(free, maxUnasked - known.untold.requests));
      return Object.assign(known, { window, nextLease: firstLease });
    }
    for (const [id, one] of this.#accounts) {
      if (Math.abs(one.window - window) > keptWindows) this.#accounts.delete(id);
    }
    const account: Account = {
      ...{ day, window, free, credit: 0, untold: { requests: 0, units: 0, unitsOfDay: 0 } },
      ...{ windowUnits: 0, dayUnits: 0, nextLease: firstLease, blockedUntil: 0 },
    };
    this.#accounts.set(key.keyId, account);
    return account;
  }

  /** Tells what was used, and borrows more requests than before, but never many of those left: others use the key as well. */
  async #ask(account: Account, key: LimitedKey): Promise<void> {
    const { workspace, keyId } = key;
    const { window, day, untold } = account;
    const limit = requestsPerWindow(key);
    const isShort = account.credit + account.free === 0;
    const wanted = isShort ? Math.max(1, Math.min(account.nextLease, Math.floor(limit / 20))) : 0;
    account.untold = { requests: 0, units: 0, unitsOfDay: 0 };
    const totals = await this.#report(
      { workspace, keyId, window, day, unitsPerWindow: unitsPerWindow(key) },
      { ...untold, requests: untold.requests + wanted },
    );
    if (!totals) {
      account.credit += wanted;
      return;
    }
    const left = Math.max(0, limit - totals.window.requests);
    const leftOfDay = Math.max(0, (key.requestsPerDay ?? Number.POSITIVE_INFINITY) - totals.day.requests);
    account.credit += Math.max(0, wanted - Math.max(0, totals.window.requests - limit));
    if (leftOfDay === 0 && key.requestsPerDay !== null) {
      account.credit = Math.max(0, account.credit - (totals.day.requests - key.requestsPerDay));
    }
    if (isShort) {
      const share = Math.floor(Math.min(left, leftOfDay) / 20);
      account.nextLease = Math.max(1, Math.min(2 * wanted, largestLease, share));
    }
    // The table has not been told yet of the units that other requests used while this one asked.
    account.windowUnits = totals.window.units + account.untold.units;
    account.dayUnits = totals.day.units + account.untold.unitsOfDay;
    blockByUnits(account, key);
    if (account.credit + account.free > 0) return;
    const end = leftOfDay === 0 ? endOfDay(account) : (window + 1) * windowSeconds;
    account.blockedUntil = Math.max(account.blockedUntil, end);
  }
}

function requestsPerWindow({ requestsPerSecond }: LimitedKey): number {
  return Math.max(1, Math.floor(requestsPerSecond * windowSeconds));
}

function unitsPerWindow({ unitsPerSecond }: LimitedKey): number {
  return unitsPerSecond * windowSeconds;
}

function endOfDay({ day }: Account): number {
  return (day + 1) * secondsPerDay;
}

/** Blocks a key that has used up its units: until what it has used beyond a window's has been paid by later ones. */
function blockByUnits(account: Account, key: LimitedKey): void {
  const { window, windowUnits, dayUnits } = account;
  if (key.unitsPerDay !== null && dayUnits >= key.unitsPerDay) account.blockedUntil = endOfDay(account);
  const windows = Math.floor(windowUnits / unitsPerWindow(key));
  if (windows > 0) account.blockedUntil = Math.max(account.blockedUntil, (window + windows) * windowSeconds);
}
