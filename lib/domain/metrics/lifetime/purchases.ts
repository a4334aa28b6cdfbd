import type { Buying, BuyingCell } from "./bg-nbd.ts";
import type { Spending, SpendingCell } from "./gamma-gamma.ts";

/** A customer's purchases, condensed to what the models know of it. */

/** A day on which a customer bought: everything that was bought on one day is one purchase. */
export interface PurchaseDay {
  /** By number. */
  readonly day: number;
  /** In minor units, of one currency. */
  readonly amountMinor: number;
}

/** What the models know of a customer, in weeks and minor units. */
export interface Buyer extends Buying, Spending {}

/** Buyers that agree in everything. */
export interface BuyerCell extends Buyer {
  readonly customers: number;
}

const daysPerWeek = 7;

/**
 * What was known of a customer at the end of a day. The mean amount is that of the purchases after the first one, as in the papers.
 * @param purchases in the order of their days
 * @param through the day, by number
 * @returns `undefined` where the customer had not bought yet
 */
export function buyerOf(purchases: readonly PurchaseDay[], through: number): Buyer | undefined {
  const known = purchases.filter(({ day }) => day <= through);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return undefined;
  const repeats = known.length - 1;
  const spent = known.slice(1).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return {
    repeats,
    recency: (last.day - first.day) / daysPerWeek,
    age: (through - first.day) / daysPerWeek,
    mean: repeats === 0 ? 0 : spent / repeats,
  };
}

/** Counts buyers who agree in how they bought. */
export function buyingCells(buyers: Iterable<Buying>): BuyingCell[] {
  return counted(buyers, ({ repeats, recency, age }) => ({ repeats, recency, age }));
}

/** Counts buyers who agree in what they spent. */
export function spendingCells(buyers: Iterable<Spending>): SpendingCell[] {
  return counted(buyers, ({ repeats, mean }) => ({ repeats, mean }));
}

/** Counts buyers who agree in everything. */
export function buyerCells(buyers: Iterable<Buyer>): BuyerCell[] {
  return counted(buyers, ({ repeats, recency, age, mean }) => ({ repeats, recency, age, mean }));
}

function counted<One, Cell extends object>(
  all: Iterable<One>,
  cellOf: (one: One) => Cell,
): (Cell & { readonly customers: number })[] {
  const cells = new Map<string, Cell & { customers: number }>();
  for (const one of all) {
    const cell = cellOf(one);
    const key = Object.values(cell).join(" ");
    const known = cells.get(key);
    if (known) known.customers += 1;
    else cells.set(key, { ...cell, customers: 1 });
  }
  return [...cells.values()];
}
