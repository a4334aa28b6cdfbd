import { reservedValues } from "../../domain/facts/base.ts";

/**
 * Which values of a dimension count by name, pure. Values of senders who are trusted stay; those that only public keys have sent
 * are claims, which end; an administrator can keep a value, take one out or count one as another.
 */

/** The value under which everything past the limit counts. */
export const otherValue = reservedValues.other;

/** So many days after it was claimed by a public key a value counts by name, unless somebody who is trusted sends it. */
export const claimDays = 30;

/** How many values a list can have. */
export interface ListRoom {
  /** Values of senders who are trusted, and values that were kept. */
  readonly named: number;
  /** Claims that run, and all claims, those that have ended included: until they are taken out, no more are taken. */
  readonly running: number;
  readonly claims: number;
  /** Bytes of UTF-8 that named values may take, and running claims. */
  readonly namedBytes: number;
  readonly claimBytes: number;
}

/** At most so many values can be taken out or counted as others: each is read wherever `(other)` or the other is. */
export const maxMoved = 200;

/** The values of a dimension. Each value is in one of the three. */
export interface ValueList {
  /** Raised by every change; 0 for a list that is not stored. */
  readonly version: number;
  readonly named: ReadonlySet<string>;
  /** Values that public keys alone have sent, with the number of the day on which the first did. */
  readonly claims: ReadonlyMap<string, number>;
  /** Values that count as others: as which. */
  readonly moved: ReadonlyMap<string, string>;
}

/** A list without values. */
export const emptyList: ValueList = {
  version: 0,
  named: new Set(),
  claims: new Map(),
  moved: new Map(),
};

/** Whether a value that was claimed on a day counts by name on another. */
export function isRunning(claimedOn: number, today: number): boolean {
  return today - claimedOn < claimDays;
}

/** As what a value counts that a fact brings; `undefined` where the list does not know it. */
export function countedAs(list: ValueList, value: string, today: number): string | undefined {
  const moved = list.moved.get(value);
  if (moved !== undefined) return moved;
  if (list.named.has(value)) return value;
  const claimedOn = list.claims.get(value);
  if (claimedOn === undefined) return undefined;
  return isRunning(claimedOn, today) ? value : otherValue;
}

/** A value that a fact brings. */
export interface WantedValue {
  readonly value: string;
  /** Whether somebody sends it who is trusted, or an administrator has named it for a key. */
  readonly isTrusted: boolean;
}

const bytesOf = (values: Iterable<string>) =>
  [...values].reduce((sum, value) => sum + Buffer.byteLength(value), 0);

/**
 * The list with those of the wanted values that are new and for which there is room, in their order; the same list where there
 * are none. Values that are trusted take no notice of claims: these cannot be in their way.
 */
export function withValues(
  list: ValueList,
  wanted: readonly WantedValue[],
  room: ListRoom,
  today: number,
): ValueList {
  const named = new Set(list.named);
  const claims = new Map(list.claims);
  let namedBytes = room.namedBytes - bytesOf(named);
  const running = [...claims].filter(([, day]) => isRunning(day, today)).map(([value]) => value);
  let places = Math.min(room.running - running.length, room.claims - claims.size);
  let claimBytes = room.claimBytes - bytesOf(running);
  for (const { value, isTrusted } of wanted) {
    if (list.moved.has(value) || named.has(value)) continue;
    const bytes = Buffer.byteLength(value);
    if (isTrusted && named.size < room.named && bytes <= namedBytes) {
      named.add(value);
      claims.delete(value);
      namedBytes -= bytes;
    } else if (!isTrusted && !claims.has(value) && places > 0 && bytes <= claimBytes) {
      claims.set(value, today);
      places -= 1;
      claimBytes -= bytes;
    }
  }
  const isSame = named.size === list.named.size && claims.size === list.claims.size;
  return isSame ? list : { ...list, named, claims };
}

/** Values that have groups of their own: by group, the values whose counters add up to it; `(other)` is one where anything counts so. */
export function groupedValues(list: ValueList, room: ListRoom, today: number): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  const add = (group: string, value: string) => groups.set(group, [...(groups.get(group) ?? []), value]);
  for (const value of list.named) add(value, value);
  for (const [value, day] of list.claims) add(isRunning(day, today) ? value : otherValue, value);
  for (const [value, as] of list.moved) add(as, value);
  const isFull = list.named.size >= room.named || list.claims.size >= room.running || room.named < 1;
  const others = groups.get(otherValue) ?? [];
  if ((isFull || others.length > 0) && !others.includes(otherValue)) add(otherValue, otherValue);
  return groups;
}

/** All values that can have counters, `(other)` included. */
export function countedValues({ named, claims, moved }: ValueList): Set<string> {
  return new Set([...named, ...claims.keys(), ...moved.keys(), ...moved.values(), otherValue]);
}

/** A change by an administrator. */
export interface ListChange {
  readonly pin?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
  readonly merge?: readonly { readonly from: string; readonly into: string }[] | undefined;
}

/**
 * The list after a change by an administrator: first what is pinned, then what is merged, then what is removed.
 * @throws RangeError that says what has no room
 */
export function changedList(
  list: ValueList,
  { pin = [], merge = [], remove = [] }: ListChange,
  room: ListRoom,
): ValueList {
  const named = new Set(list.named);
  const claims = new Map(list.claims);
  const moved = new Map(list.moved);
  const keep = (value: string) => {
    moved.delete(value);
    claims.delete(value);
    named.add(value);
  };
  const move = (value: string, as: string) => {
    named.delete(value);
    claims.delete(value);
    for (const [one, into] of moved) if (into === value) moved.set(one, as);
    moved.set(value, as);
  };
  for (const value of pin) keep(value);
  for (const { from, into } of merge) {
    keep(into);
    move(from, into);
  }
  for (const value of remove) move(value, otherValue);
  if (named.size > room.named)
    throw new RangeError(`at most ${room.named} values count by name: remove some`);
  if (bytesOf(named) > room.namedBytes)
    throw new RangeError(`the values that count by name take more than ${room.namedBytes} bytes together`);
  if (moved.size > maxMoved)
    throw new RangeError(`at most ${maxMoved} values can be removed or merged: track the dimension anew`);
  return { ...list, named, claims, moved };
}
