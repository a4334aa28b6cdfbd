import { isDeepStrictEqual } from "node:util";
import type { Occurrence } from "../../domain/entities/occurrences/occurrence.ts";
import { Tally } from "../../domain/metrics/counting.ts";
import { countedOccurrences, type StoredEntity } from "../records/stored-entity.ts";

/** The difference that an entity's change makes to the counters. */

export function difference(before: StoredEntity, after: StoredEntity): Tally {
  return differenceBetween(countedOccurrences(before), countedOccurrences(after));
}

/** The counters of `after` less those of `before`. */
export function differenceBetween(before: readonly Occurrence[], after: readonly Occurrence[]): Tally {
  const tally = new Tally();
  const { gone, come } = changesBetween(before, after);
  for (const occurrence of come) tally.count(occurrence);
  for (const occurrence of gone) tally.count(occurrence, -1);
  return tally;
}

interface Changes {
  readonly gone: readonly Occurrence[];
  readonly come: readonly Occurrence[];
}

/** So few are counted faster than compared. */
const few = 8;

/** Occurrences of one list and not of the other: counting is dear, and most of a long history stays as it was. */
function changesBetween(before: readonly Occurrence[], after: readonly Occurrence[]): Changes {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && isSame(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shortest - start && isSame(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const gone = before.slice(start, before.length - end);
  const come = after.slice(start, after.length - end);
  return gone.length + come.length <= few ? { gone, come } : withoutCommon(gone, come);
}

/** As `isDeepStrictEqual`, which takes many times as long for what is flat and seldom differs. */
function isSame(one: Occurrence | undefined, other: Occurrence | undefined): boolean {
  if (one === undefined || other === undefined || one.kind !== other.kind || one.day !== other.day)
    return false;
  const others = other as unknown as Readonly<Record<string, unknown>>;
  let fields = 0;
  for (const name in one) {
    const value: unknown = one[name as keyof Occurrence];
    if (value !== others[name] && !isDeepStrictEqual(value, others[name])) return false;
    fields += 1;
  }
  for (const _ in other) fields -= 1;
  return fields === 0;
}

function withoutCommon(gone: readonly Occurrence[], come: readonly Occurrence[]): Changes {
  const times = new Map<string, number>();
  for (const occurrence of come) times.set(textOf(occurrence), (times.get(textOf(occurrence)) ?? 0) + 1);
  const take = (occurrence: Occurrence) => {
    const left = times.get(textOf(occurrence)) ?? 0;
    if (left > 0) times.set(textOf(occurrence), left - 1);
    return left > 0;
  };
  const rest = gone.filter((occurrence) => !take(occurrence));
  return { gone: rest, come: come.filter(take) };
}

function textOf(occurrence: Occurrence): string {
  return JSON.stringify(occurrence, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}
