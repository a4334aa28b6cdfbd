/**
 * Over how many items writers spread their additions to what everybody adds to. A refused transaction costs as much as one that
 * is taken: so a process remembers how far it had to spread, and tries less again only when nobody has been in the way for long.
 */

/** Over at most so many items. */
export const maxSpread = 16;

/** After so many transactions in a row that met nobody, half as many items are tried. */
const calmTransactions = 50;

/** At most so many names are remembered. */
const maxNames = 1_000;

interface Known {
  readonly spread: number;
  /** How many transactions have met nobody since it was set. */
  calm: number;
}

/** Spreads that one process has learnt, by name. */
export class Spreads {
  readonly #known = new Map<string, Known>();

  /** Over how many items to spread; 1 for a name of which nothing is known. */
  of(name: string): number {
    return this.#known.get(name)?.spread ?? 1;
  }

  /** Notes that another writer was in the way of a transaction that had `spread` items to choose from. */
  collided(name: string, spread: number): void {
    // Many that collide at the same moment are one reason, not many.
    this.#remember(name, Math.min(maxSpread, Math.max(this.of(name), 2 * spread)));
  }

  /** Notes a transaction that was taken at the first try. */
  passed(name: string): void {
    const known = this.#known.get(name);
    if (!known) return;
    known.calm += 1;
    if (known.calm >= calmTransactions) this.#remember(name, known.spread / 2);
  }

  #remember(name: string, spread: number): void {
    this.#known.delete(name);
    if (spread <= 1) return;
    this.#known.set(name, { spread, calm: 0 });
    const [oldest] = this.#known.keys();
    if (this.#known.size > maxNames && oldest !== undefined) this.#known.delete(oldest);
  }
}
