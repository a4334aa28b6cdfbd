import * as z from "zod";
import type { Reconciliation } from "./reconciliation.ts";
import type { CounterDifference } from "./recounting.ts";

/** The findings of a reconciliation, of one look or of many steps together, in lists of limited length. */

/** At most so many differences are listed, as many histories, and as many entities that are counted by other settings. */
const maxListed = 1_000;

/** At most so many days are listed of one history, and so many restated days. */
const maxDaysOfHistory = 366;
const maxRestatedDays = 5_000;

const subject = z.object({ entity: z.string(), id: z.string() });

/** Sums as decimal texts: they can pass 2^53. */
export const summarySchema = z.object({
  facts: z.int(),
  entities: z.int(),
  partial: z.array(z.string()).readonly(),
  differences: z
    .array(
      z.object({
        family: z.string(),
        segment: z.string(),
        /** A day, or a year. */
        when: z.string(),
        counter: z.string(),
        counted: z.string(),
        recounted: z.string(),
      }),
    )
    .readonly(),
  differencesTotal: z.int(),
  histories: z.array(subject.extend({ days: z.array(z.string()).readonly() })).readonly(),
  historiesTotal: z.int(),
  outdated: z.array(subject).readonly(),
  outdatedTotal: z.int(),
  unsettled: z.int(),
  repaired: z.int(),
  restatedDays: z.array(z.string()).readonly(),
  /** Days that have too many facts to be looked at. */
  skippedDays: z.array(z.string()).readonly(),
});

export type ReconciliationSummary = z.output<typeof summarySchema>;

/** Of nothing. */
export const emptySummary: ReconciliationSummary = {
  ...{ facts: 0, entities: 0, partial: [] },
  ...{ differences: [], differencesTotal: 0, histories: [], historiesTotal: 0 },
  ...{ outdated: [], outdatedTotal: 0, unsettled: 0, repaired: 0, restatedDays: [], skippedDays: [] },
};

/** Differences as a summary has them: all are counted, and the first ones listed. */
export function listed(
  found: readonly CounterDifference[],
): Pick<ReconciliationSummary, "differences" | "differencesTotal"> {
  const differences = found.slice(0, maxListed).map(({ family, segment, when, counter, ...sums }) => ({
    ...{ family, segment, when, counter },
    ...{ counted: String(sums.counted), recounted: String(sums.recounted) },
  }));
  return { differences, differencesTotal: found.length };
}

/** The summary of one reconciliation. */
export function summaryOf(found: Reconciliation): ReconciliationSummary {
  const { facts, entities, partial, differences, histories, outdated } = found;
  const { unsettled, repaired, restatedDays } = found;
  return {
    ...{ facts, entities, partial, unsettled, repaired, restatedDays, skippedDays: [] },
    ...listed(differences),
    histories: histories
      .slice(0, maxListed)
      .map(({ stored, days }) => ({ entity: stored.entity.name, id: stored.id, days })),
    historiesTotal: histories.length,
    outdated: outdated.slice(0, maxListed).map(({ entity, id }) => ({ entity: entity.name, id })),
    outdatedTotal: outdated.length,
  };
}

/** Two parts of a range together. An entity that both have met is listed once, with the days of both, and counted once as long as it is listed. */
export function together(one: ReconciliationSummary, other: ReconciliationSummary): ReconciliationSummary {
  const histories = new Map(one.histories.map((history) => [keyOf(history), history]));
  let knownHistories = 0;
  for (const history of other.histories) {
    const known = histories.get(keyOf(history));
    if (known) knownHistories += 1;
    const days = [...new Set([...(known?.days ?? []), ...history.days])].sort().slice(0, maxDaysOfHistory);
    histories.set(keyOf(history), { ...history, days });
  }
  const known = new Set(one.outdated.map(keyOf));
  const outdated = other.outdated.filter((found) => !known.has(keyOf(found)));
  const knownOutdated = other.outdated.length - outdated.length;
  return {
    facts: one.facts + other.facts,
    entities: one.entities + other.entities,
    partial: [...new Set([...one.partial, ...other.partial])].sort(),
    differences: [...one.differences, ...other.differences].slice(0, maxListed),
    differencesTotal: one.differencesTotal + other.differencesTotal,
    histories: [...histories.values()].slice(0, maxListed),
    historiesTotal: one.historiesTotal + other.historiesTotal - knownHistories,
    outdated: [...one.outdated, ...outdated].slice(0, maxListed),
    outdatedTotal: one.outdatedTotal + other.outdatedTotal - knownOutdated,
    unsettled: one.unsettled + other.unsettled,
    repaired: one.repaired + other.repaired,
    restatedDays: [...new Set([...one.restatedDays, ...other.restatedDays])].slice(0, maxRestatedDays),
    skippedDays: [...one.skippedDays, ...other.skippedDays],
  };
}

function keyOf({ entity, id }: z.output<typeof subject>): string {
  return `${entity}\n${id}`;
}

/** A summary whose text takes no more than so many bytes: what is listed last is left out. Totals stay. */
export function withinBytes(summary: ReconciliationSummary, most: number): ReconciliationSummary {
  if (Buffer.byteLength(JSON.stringify(summary)) <= most) return summary;
  const { differences, histories, outdated, restatedDays } = summary;
  const half = <Item>(list: readonly Item[]) => list.slice(0, Math.floor(list.length / 2));
  const shorter = {
    ...{ ...summary, differences: half(differences), histories: half(histories) },
    ...{ outdated: half(outdated), restatedDays: half(restatedDays) },
  };
  const left = shorter.differences.length + shorter.histories.length + shorter.outdated.length;
  return left === 0 ? shorter : withinBytes(shorter, most);
}
