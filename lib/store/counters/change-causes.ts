import { randomInt } from "node:crypto";
import type { Day } from "../../domain/calendar/days.ts";
import {
  type CounterBucket,
  declaringMetric,
  type Tally,
  totalSegment,
} from "../../domain/metrics/counting.ts";
import type { AnyMetric } from "../../domain/metrics/metric.ts";
import { metrics } from "../../domain/metrics/registry.ts";
import { type LateCause, lateCauses } from "../../domain/metrics/restated-day.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { lateKey } from "../table/keys.ts";

/**
 * Why a closed day changed. Each transaction also counts, in the counter items that it changes, the facts that changed them,
 * by cause. The difference between two readings of a day is then the exact number of facts between them. The ids of the
 * facts are in a log beside the counters, for days that have their snapshot already. Surveys that share a family of
 * counters are separate families here: a late answer to one of them is no reason for another.
 */

/** The effect of one cause on a day. */
interface ChangeCause {
  readonly cause: LateCause;
  /** The families whose total changed, sorted. */
  readonly families: readonly string[];
  /** The facts; empty where the cause is not about facts. */
  readonly ids: string[];
  /** How often, one for each fact. */
  times: number;
}

/** The causes of a transaction's changes: which families on which days, and why. */
export class ChangeCauses {
  readonly #days = new Map<Day, Map<string, ChangeCause>>();

  /** Notes what one fact, or one change that is about no fact, does to the counters. */
  note(tally: Tally, cause: LateCause, factId?: string): void {
    for (const [day, ofDay] of changedTotals(tally)) {
      const causes = this.#days.get(day) ?? new Map<string, ChangeCause>();
      this.#days.set(day, causes);
      const families = [...ofDay].sort();
      const key = `${cause}\n${families.join("\n")}`;
      const change = causes.get(key) ?? { cause, families, ids: [], times: 0 };
      causes.set(key, change);
      change.times += 1;
      if (factId !== undefined) change.ids.push(factId);
    }
  }

  /**
   * The increments of a bucket's counter item: touch counter → how often.
   * @param changed everything that the transaction changes: what cancels out is not written
   */
  countersOf(bucket: CounterBucket, changed: ChangedTotals): Map<string, bigint> {
    const counters = new Map<string, bigint>();
    const changedFamilies = changed.get(bucket.day);
    if (!changedFamilies) return counters;
    for (const { cause, families, times } of this.on(bucket.day)) {
      const touched = families.filter((family) => changedFamilies.has(family));
      for (const family of touched.filter((one) => storedFamily(one) === bucket.family)) {
        const metricsBefore = countedBefore(family, touched);
        const names = [
          causeCounterOf(family, cause),
          ...metricsBefore.map((id) => `${causeCounterOf(family, cause)}~${id}`),
        ];
        for (const name of names) counters.set(name, (counters.get(name) ?? 0n) + BigInt(times));
      }
    }
    return counters;
  }

  /** The causes of a day's changes. */
  on(day: Day): ChangeCause[] {
    return [...(this.#days.get(day)?.values() ?? [])];
  }
}

/** By day, the families whose totals change. */
export type ChangedTotals = ReadonlyMap<Day, ReadonlySet<string>>;

/** The totals that a tally changes. */
export function changedTotals(tally: Tally): ChangedTotals {
  const changed = new Map<Day, Set<string>>();
  for (const { bucket, counts } of tally.changes()) {
    if (bucket.segment !== totalSegment) continue;
    const families = changed.get(bucket.day) ?? new Set<string>();
    changed.set(bucket.day, families);
    for (const counter of counts.keys()) families.add(familyOf(bucket.family, counter));
  }
  return changed;
}

/** The causes of one change, where it is the only one of its transaction. */
export function causesOf(tally: Tally, cause: LateCause, factIds: readonly string[] = []): ChangeCauses {
  const causes = new ChangeCauses();
  if (factIds.length === 0) causes.note(tally, cause);
  for (const id of factIds) causes.note(tally, cause, id);
  return causes;
}

/** Short, as every day of a range that is read carries them. */
const causeCounters: Readonly<Record<LateCause, string>> = {
  recorded: "~r",
  excluded: "~e",
  included: "~i",
  settings: "~s",
  repaired: "~p",
  predicted: "~m",
};

/** Counts how often a cause touched a family. No metric's counter begins with `~`. */
export function causeCounter(cause: LateCause): string {
  return causeCounters[cause];
}

/**
 * The touch counter of a family. With `~` and a metric's id behind it, it counts how many of those the metric, which reads
 * several families, finds in another one as well.
 */
function causeCounterOf(family: string, cause: LateCause): string {
  return storedFamily(family) === family ? causeCounter(cause) : `${causeCounter(cause)}.${family}`;
}

/** The family of a counter: that in which it is stored, or the survey whose answers it counts. */
function familyOf(stored: string, counter: string): string {
  const metric = declaringMetric(stored, counter);
  return metric && surveyFamilies.has(metric.id) ? metric.id : stored;
}

/** The families of single surveys, with those under which their counters are stored. */
const surveyFamilies = new Map(
  metrics.flatMap(({ id, family, countsFrom }) => (countsFrom?.join() === "responses" ? [[id, family]] : [])),
);

/** The family under which a family's counters are stored. */
function storedFamily(family: string): string {
  return surveyFamilies.get(family) ?? family;
}

/** The touch counters of a repair of counters that are stored in one family. */
export function causeCountersOfRepair(stored: string, counters: readonly string[]): string[] {
  const families = new Set(counters.map((counter) => familyOf(stored, counter)));
  return [...families].map((family) => causeCounterOf(family, "repaired"));
}

/** The metrics that read several families, with these. */
const familiesOfSeveral = metrics
  .map(({ id, ...metric }) => ({ id, families: new Set(familiesOf({ id, ...metric }).keys()) }))
  .filter(({ families }) => families.size > 1);

function ownersOf(metric: AnyMetric): AnyMetric[] {
  return [metric, ...metric.uses].filter(({ counters }) => counters.length > 0);
}

/** The families whose counters a metric reads, with a counter of each. */
export function familiesOf(metric: AnyMetric): Map<string, string> {
  return new Map(
    ownersOf(metric).map(({ family, counters: [first = ""] }) => [familyOf(family, first), first] as const),
  );
}

/** The metrics that count what touched these families in an earlier one than `family`. */
function countedBefore(family: string, touched: readonly string[]): string[] {
  if (touched.length < 2) return [];
  return familiesOfSeveral
    .filter(({ families }) => {
      return families.has(family) && touched.some((other) => other < family && families.has(other));
    })
    .map(({ id }) => id);
}

/** How often each cause has touched a metric's counters of a day, ever: cause → times. */
export type CauseCounts = Readonly<Partial<Record<LateCause, number>>>;

/**
 * Reads how often each cause has touched what a metric reads.
 * @param sumOf the sum of a touch counter in a family
 */
export function causeCountsOf(
  metric: AnyMetric,
  families: readonly string[],
  sumOf: (family: string, counter: string) => bigint,
): CauseCounts {
  const counts: Partial<Record<LateCause, number>> = {};
  for (const cause of lateCauses) {
    let times = 0n;
    for (const family of families) {
      const counter = causeCounterOf(family, cause);
      times += sumOf(family, counter) - sumOf(family, `${counter}~${metric.id}`);
    }
    if (times !== 0n) counts[cause] = Number(times);
  }
  return counts;
}

/** An entry of the log: the facts of one transaction that touched one day. */
export interface LateEntry {
  /** The sort key of its item. */
  readonly key: string;
  readonly causes: readonly Pick<ChangeCause, "cause" | "families" | "ids">[];
}

/**
 * Whether what changes on a day has to be stated anew: it is over, or it has a snapshot since before the workspace's time zone
 * changed, and goes on in the new one.
 */
export function isStated({ snapshotsTo }: Workspace, day: Day, today: Day): boolean {
  return day < today || (snapshotsTo !== undefined && day <= snapshotsTo);
}

/** Whether the facts that touch a day are logged: it lies among those that have their snapshot, or may have. */
export function isLogged({ snapshotsFrom, snapshotsTo }: Workspace, day: Day): boolean {
  return (
    snapshotsFrom !== undefined && snapshotsTo !== undefined && snapshotsFrom <= day && day <= snapshotsTo
  );
}

/** The days of a tally whose log gets an entry. */
export function loggedDays(tally: Tally, workspace: Workspace): Day[] {
  if (workspace.snapshotsTo === undefined) return [];
  return [...tally.daysOfTotals().keys()].filter((day) => isLogged(workspace, day));
}

/** Almost 48 bits, which `randomInt` takes from a store: asking the system for bytes each time costs many times as much. */
const maxRandom = 2 ** 48 - 1;

/** The log's items for what a transaction does to days that have their snapshot. */
export function lateItems(
  tally: Tally,
  causes: ChangeCauses,
  workspace: Workspace,
  now: number,
): Record<string, unknown>[] {
  const days = loggedDays(tally, workspace);
  if (days.length === 0) return [];
  const changed = changedTotals(tally);
  return days.flatMap((day) => {
    const entries = causes
      .on(day)
      // Changes that cancel out within the transaction are not counted, and so not named.
      .map((change) => ({
        ...change,
        families: change.families.filter((one) => changed.get(day)?.has(one)),
      }))
      .filter(({ ids, families }) => ids.length > 0 && families.length > 0);
    if (entries.length === 0) return [];
    // In the order of recording, and unique.
    const unique = `${now.toString(36).padStart(9, "0")}${randomInt(maxRandom).toString(36)}`;
    return [
      {
        ...lateKey(workspace.id, day, unique),
        causes: entries.map(({ cause, families, ids }) => ({ cause, families, ids })),
      },
    ];
  });
}
