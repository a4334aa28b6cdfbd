import { unpack } from "./packing.ts";

/** A counter item: its counters are attributes, and, once its day is closed, a pack of them. */

/** The attribute that holds packed counters (see `packing.ts`): one letter, as its name is read with every item, and no counter's name. */
export const packAttribute = "p";

/** Attributes that are no counters: keys, marks, the number of writes, the pack. */
const ownAttributes = new Set(["pk", "sk", "w", "gsi1pk", "gsi1sk", packAttribute]);

/**
 * The counters that are attributes of an item, by name.
 * @param item as it was read
 */
export function unpackedCounters(item: Readonly<Record<string, unknown>>): [name: string, sum: bigint][] {
  const counters: [string, bigint][] = [];
  eachUnpacked(item, (name, sum) => counters.push([name, sum]));
  return counters;
}

function eachUnpacked(
  item: Readonly<Record<string, unknown>>,
  visit: (name: string, sum: bigint) => void,
): void {
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (ownAttributes.has(name) || (typeof value !== "number" && typeof value !== "bigint")) continue;
    visit(name, BigInt(value));
  }
}

/** The packed counters of an item. */
export function packedCounters(item: Readonly<Record<string, unknown>>): Map<string, bigint> {
  const packed = item[packAttribute];
  return packed instanceof Uint8Array ? unpack(packed) : new Map();
}

/** All counters of an item; a name can come twice, packed and not: they add. */
export function countersOf(item: Readonly<Record<string, unknown>>): [name: string, sum: bigint][] {
  return [...packedCounters(item), ...unpackedCounters(item)];
}

/** Visits what `countersOf` gives, without a list of it: a year of an overview has a hundred thousand. */
export function eachCounter(
  item: Readonly<Record<string, unknown>>,
  visit: (name: string, sum: bigint) => void,
): void {
  for (const [name, sum] of packedCounters(item)) visit(name, sum);
  eachUnpacked(item, visit);
}
