import { factCauses, type LateCause, lateCauses } from "../../domain/metrics/restated-day.ts";
import type { CauseCounts, LateEntry } from "../counters/change-causes.ts";

/** Why a snapshot was restated (`restatedBecause`), found from two readings of its day. */

/** At most so many facts are named. */
export const maxNamed = 100;

/** The late facts of a day that a run knew of when it wrote a metric's snapshot. */
export interface Seen {
  /** How often each cause had touched what the metric reads. */
  readonly causes: CauseCounts;
  /** The families that it read. */
  readonly families: readonly string[];
  /** The entries of the log that it had read: keys. They are deleted afterwards, but perhaps not at once. */
  readonly log: readonly string[];
}

/** Why a snapshot was restated. */
export interface Reason {
  /** How many facts changed what the metric reads. */
  readonly facts: number;
  /** The first 100 of them. While facts keep arriving one may be named a revision later than it was counted. */
  readonly ids: readonly string[];
  readonly causes: readonly LateCause[];
}

/** The entries of the log that touch what a metric reads. */
export function entriesOn(families: readonly string[], log: readonly LateEntry[]): LateEntry[] {
  return log.flatMap(({ key, causes }) => {
    const own = causes.filter((change) => change.families.some((family) => families.includes(family)));
    return own.length > 0 ? [{ key, causes: own }] : [];
  });
}

/**
 * Why a day changed between two readings. The number of facts comes from the counters, so that it is exact; a fact
 * that was recorded and excluded in between counts once where the log says so.
 */
export function reasonOf(before: Seen, now: Seen, log: readonly LateEntry[]): Reason {
  // Other families are another currency: nothing that facts did.
  if (before.families.join() !== now.families.join()) return { facts: 0, ids: [], causes: ["settings"] };
  const timesOf = (cause: LateCause) => (now.causes[cause] ?? 0) - (before.causes[cause] ?? 0);
  const named = entriesOn(now.families, log)
    .filter(({ key }) => !before.log.includes(key))
    .flatMap(({ causes }) => causes.flatMap(({ ids }) => ids));
  const unique = [...new Set(named)];
  const touched = factCauses.reduce((sum, cause) => sum + timesOf(cause), 0);
  return {
    facts: Math.max(0, touched - (named.length - unique.length)),
    ids: unique.slice(0, maxNamed),
    causes: lateCauses.filter((cause) => timesOf(cause) > 0),
  };
}

/**
 * Divides a log into the entries that are needed to name the first facts of every family, and the rest, which no
 * restatement would name.
 */
export function divideLog(log: readonly LateEntry[]): { needed: LateEntry[]; surplus: LateEntry[] } {
  const named = new Map<string, number>();
  const needed: LateEntry[] = [];
  const surplus: LateEntry[] = [];
  for (const entry of log) {
    const families = new Set(entry.causes.flatMap((change) => change.families));
    const isNeeded = [...families].some((family) => (named.get(family) ?? 0) < maxNamed);
    (isNeeded ? needed : surplus).push(entry);
    for (const { families: touched, ids } of entry.causes) {
      for (const family of touched) named.set(family, (named.get(family) ?? 0) + ids.length);
    }
  }
  return { needed, surplus };
}
