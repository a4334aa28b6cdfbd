import { type DayRange, intervalEnd } from "../../domain/calendar/intervals.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import { hasCumulative, isCumulative } from "../../domain/metrics/counting.ts";
import { type Partition, readCounterItems, type StoredCounters } from "../counters/counter-items.ts";
import { placeKey } from "../counters/place.ts";
import type { StoreContext } from "../table/context.ts";
import { isTooMuch, isUnavailable } from "../table/errors.ts";
import { backOff } from "../table/retries.ts";
import { partitionsOf, yearsOf } from "./inspection.ts";
import type { CounterDifference } from "./recounting.ts";
import { repairCounters } from "./repairs.ts";
import { listed, type ReconciliationSummary } from "./summary.ts";
import { coverageOf } from "./suspected-drift.ts";

/**
 * Totals of years, compared with the days that they add up: whoever changes a day's counter changes its year's total in the same transaction.
 * Once the days are right this proves the years, however many facts there are.
 */

/** How often a total that seems to differ is looked at again. */
const maxLooks = 4;

/** The findings about yearly totals. */
export interface YearsFound
  extends Pick<ReconciliationSummary, "differences" | "differencesTotal" | "repaired" | "unsettled"> {
  /** Whether all were looked at: else only what was put right is in it, and the rest is found by the next call. */
  readonly isWhole: boolean;
}

/**
 * Compares the totals of the years that lie in a range as a whole, or up to now, and puts them right on request.
 * @throws StoreError `too-slow`, `unavailable` when the deadline passes before anything was put right
 */
export async function reconcileYears(
  context: StoreContext,
  range: DayRange,
  repair: boolean,
): Promise<YearsFound> {
  const { table, workspace } = context;
  const coverage = coverageOf([range], new Set(), dayOf(Date.now(), workspace.timeZone));
  const years = [...yearsOf(range)].filter((year) => coverage.coversYear(year));
  const gone: CounterDifference[] = [];
  const left: CounterDifference[] = [];
  let unsettled = 0;
  try {
    const partitions = await partitionsOf(table, workspace, [], []);
    for (const partition of partitions.filter(({ family }) => hasCumulative(family))) {
      for (const year of years) {
        const settled = await settledDifferences(context, partition, year);
        unsettled += settled.unsettled;
        const before = gone.length;
        const [first] = settled.differences;
        if (repair && first) {
          for await (const part of repairCounters(context, first, settled.stored, settled.differences))
            gone.push(...part);
          unsettled += settled.differences.length - (gone.length - before);
        }
        left.push(...settled.differences.slice(gone.length - before));
      }
    }
  } catch (error) {
    if (gone.length === 0 || !(isTooMuch(error) || isUnavailable(error))) throw error;
    return { ...listed(gone), repaired: gone.length, unsettled: 0, isWhole: false };
  }
  return { ...listed([...gone, ...left]), repaired: gone.length, unsettled, isWhole: true };
}

interface Settled {
  readonly differences: readonly CounterDifference[];
  readonly stored: StoredCounters | undefined;
  readonly unsettled: number;
}

/** The differences that are found twice the same, if the total was not written in between. */
async function settledDifferences(
  context: StoreContext,
  partition: Partition,
  year: string,
): Promise<Settled> {
  let before = await compare(context, partition, year);
  for (let look = 1; look <= maxLooks; look += 1) {
    if (before.differences.length === 0) return { ...before, unsettled: 0 };
    await backOff(look, context.deadline, undefined);
    const now = await compare(context, partition, year);
    if (textOf(now) === textOf(before)) return { ...now, unsettled: 0 };
    before = now;
  }
  return { differences: [], stored: undefined, unsettled: before.differences.length };
}

interface Compared {
  readonly differences: readonly CounterDifference[];
  readonly stored: StoredCounters | undefined;
}

function textOf({ differences, stored }: Compared): string {
  const sums = differences.map(({ counter, counted, recounted }) => `${counter} ${counted} ${recounted}`);
  return [...sums.sort(), ...(stored?.items ?? []).map(({ sk, writes }) => `${sk} ${writes}`)].join("\n");
}

async function compare({ table, workspace, deadline }: StoreContext, partition: Partition, year: string) {
  const range = { from: `${year}-01-01`, to: intervalEnd("year", `${year}-01-01`) };
  const read = await readCounterItems(table, workspace.id, [partition], range, new Set([year]), deadline);
  const place = { ...partition, when: year };
  const stored = read.get(placeKey(place));
  const sums = new Map<string, bigint>();
  for (const { place: own, counts } of read.values()) {
    if (own.when === year) continue;
    for (const [counter, sum] of counts) {
      if (isCumulative(partition.family, counter)) sums.set(counter, (sums.get(counter) ?? 0n) + sum);
    }
  }
  const counters = new Set([...sums.keys(), ...(stored?.counts.keys() ?? [])]);
  const differences = [...counters].flatMap((counter): CounterDifference[] => {
    const [counted, recounted] = [stored?.counts.get(counter) ?? 0n, sums.get(counter) ?? 0n];
    return counted === recounted ? [] : [{ ...place, counter, counted, recounted }];
  });
  return { differences, stored };
}
