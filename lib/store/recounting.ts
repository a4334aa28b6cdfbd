import { type Day, dayFromNumber } from "../calendar/days.ts";
import { applyToCustomer, customerOf, occurrencesOf } from "../entities/apply.ts";
import { type CustomerHistory, unknownCustomer } from "../entities/customer.ts";
import { erasedPrefix } from "../facts/base.ts";
import { cumulativeOf, Tally } from "../metrics/counting.ts";
import { metrics } from "../metrics/registry.ts";
import { countedOccurrences, type StoredCustomer } from "./customers.ts";
import type { StoredFact } from "./facts.ts";

/** Recounting, pure: from stored facts and customers to the counters and histories that should be there. */

/** Counters of one family and segment on a day (`2026-03-04`), or their totals of a year (`2026`). */
export interface Place {
  readonly family: string;
  readonly segment: string;
  readonly when: string;
}

/** A text that names a place, for maps. */
export function placeKey({ family, segment, when }: Place): string {
  return `${family}\n${segment}\n${when}`;
}

/** Counters by place: counter → sum. */
export type CountsByPlace = ReadonlyMap<string, { place: Place; counts: ReadonlyMap<string, bigint> }>;

/** Which days are recounted. */
export interface Coverage {
  /** Whether all facts of a day were read. */
  covers(day: Day): boolean;
  /** Whether all facts of a year (`2026`) were read. */
  coversYear(year: string): boolean;
  /** The years whose totals are recounted. */
  readonly years: ReadonlySet<string>;
}

/** A customer whose history is not what its facts say. */
export interface WrongHistory {
  readonly stored: StoredCustomer;
  readonly expected: CustomerHistory;
  /** The days on which they differ; empty where only the customer's origin does. */
  readonly days: readonly Day[];
  /** The days whose facts tell: where the origins differ, all days of the history. */
  readonly tellingDays: readonly Day[];
}

/** All customers with the histories that their facts imply, and those whose stored history is another. */
export interface CorrectedCustomers {
  readonly customers: readonly StoredCustomer[];
  readonly wrong: readonly WrongHistory[];
}

/**
 * Checks each customer's history against the facts of the days covered; what lies on other days is trusted.
 * @param inactivityDays the setting under which a customer is counted who should be stored and is not
 */
export function correctCustomers(
  stored: readonly StoredCustomer[],
  facts: readonly StoredFact[],
  { covers }: Coverage,
  inactivityDays: number | null,
): CorrectedCustomers {
  const erased = new Set(
    stored.flatMap(({ id, person }) => (id.startsWith(erasedPrefix) && person !== undefined ? [person] : [])),
  );
  const byCustomer = Map.groupBy(
    facts.filter(
      // While a person is being erased, facts still name it that belong to its erased history.
      ({ fact, person }) => customerOf(fact) !== undefined && (person === undefined || !erased.has(person)),
    ),
    ({ fact }) => customerOf(fact) ?? "",
  );
  const known = new Set(stored.map(({ id }) => id));
  const missing = [...byCustomer.keys()]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, history: unknownCustomer, inactivityDays, version: 0 }));
  const wrong: WrongHistory[] = [];
  const customers = [...stored, ...missing].map((customer) => {
    if (customer.id.startsWith(erasedPrefix)) return customer;
    const expected = historyOf(customer.history, byCustomer.get(customer.id) ?? [], covers);
    if (canonical(expected) === canonical(customer.history)) return customer;
    wrong.push({ stored: customer, expected, ...daysInDoubt(customer.history, expected) });
    return { ...customer, history: expected };
  });
  return { customers, wrong };
}

function historyOf(
  history: CustomerHistory,
  facts: readonly StoredFact[],
  covers: (day: Day) => boolean,
): CustomerHistory {
  const isElsewhere = ({ day }: { readonly day: number }) => !covers(dayFromNumber(day));
  const { origin } = history;
  const lifecycle = history.lifecycle.filter(isElsewhere);
  const purchaseDays = history.purchaseDays.filter(isElsewhere);
  // An origin stays when its fact may lie on a day that was not read; those that were read bring theirs again.
  const isKnown = facts.some(({ fact }) => fact.id === origin?.factId);
  const hasOther = lifecycle.length + purchaseDays.length > 0;
  const start: CustomerHistory = { lifecycle, purchaseDays, origin: isKnown || !hasOther ? null : origin };
  return facts.reduce<CustomerHistory>(
    (sum, { fact, day, segments }) => applyToCustomer(sum, { fact, day, segments }),
    start,
  );
}

function canonical({ lifecycle, purchaseDays, origin }: CustomerHistory): string {
  const segments = Object.entries(origin?.segments ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    lifecycle.map(({ kind, at, day }) => [kind, at, day]),
    purchaseDays.map(({ day, purchases }) => [day, purchases]),
    origin && [origin.explicit, origin.at, origin.factId, segments],
  ]);
}

function daysInDoubt(
  stored: CustomerHistory,
  expected: CustomerHistory,
): Pick<WrongHistory, "days" | "tellingDays"> {
  const byDay = ({ lifecycle, purchaseDays }: CustomerHistory) => {
    const days = new Map<number, string>();
    for (const { day, purchases } of purchaseDays) days.set(day, `${days.get(day) ?? ""} ${purchases}`);
    for (const { day, kind, at } of lifecycle) days.set(day, `${days.get(day) ?? ""} ${kind} ${at}`);
    return days;
  };
  const [a, b] = [byDay(stored), byDay(expected)];
  const all = [...new Set([...a.keys(), ...b.keys()])].sort((one, other) => one - other);
  const days = all.filter((day) => a.get(day) !== b.get(day)).map(dayFromNumber);
  const originOnly = ({ origin }: CustomerHistory) => canonical({ lifecycle: [], purchaseDays: [], origin });
  const isSameOrigin = originOnly(stored) === originOnly(expected);
  return { days, tellingDays: isSameOrigin ? days : all.map(dayFromNumber) };
}

/** The counters that the facts and customers imply: of the days covered, and the totals of the years. */
export function countAgain(
  facts: readonly StoredFact[],
  customers: readonly StoredCustomer[],
  coverage: Coverage,
): CountsByPlace {
  const byFacts = new Tally();
  for (const { fact, day, segments, excluded } of facts) {
    if (excluded || !coverage.covers(day)) continue;
    for (const occurrence of occurrencesOf({ fact, day, segments })) byFacts.count(occurrence);
  }
  const byCustomers = new Tally();
  for (const occurrence of customers.flatMap(countedOccurrences)) {
    const isAsked = coverage.covers(occurrence.day) || coverage.years.has(occurrence.day.slice(0, 4));
    if (isAsked) byCustomers.count(occurrence);
  }
  const sums = new Map<string, { place: Place; counts: Map<string, bigint> }>();
  const add = (place: Place, counter: string, amount: bigint) => {
    const key = placeKey(place);
    const sum = sums.get(key) ?? { place, counts: new Map<string, bigint>() };
    sum.counts.set(counter, (sum.counts.get(counter) ?? 0n) + amount);
    sums.set(key, sum);
  };
  for (const { bucket, counts } of [...byFacts.changes(), ...byCustomers.changes()]) {
    const { family, segment, day } = bucket;
    const year = day.slice(0, 4);
    const cumulative = cumulativeOf(family);
    for (const [counter, amount] of counts) {
      if (coverage.covers(day)) add({ family, segment, when: day }, counter, amount);
      if (cumulative.has(counter) && isYearKnown(family, counter, year, coverage)) {
        add({ family, segment, when: year }, counter, amount);
      }
    }
  }
  return sums;
}

const sources = new Map(
  metrics.flatMap(({ family, counters, countsFrom }) =>
    counters.map((counter) => [`${family} ${counter}`, countsFrom] as const),
  ),
);

/** The source of a counter; `undefined` where no metric declares it. */
function sourceOf(family: string, counter: string) {
  return sources.get(`${family.split(":")[0] ?? family} ${counter}`);
}

/** A year's total is known from all customers' histories, or from all facts of the year. */
function isYearKnown(family: string, counter: string, year: string, coverage: Coverage): boolean {
  if (!coverage.years.has(year)) return false;
  return sourceOf(family, counter) === "customers" || coverage.coversYear(year);
}

/** A counter that is not what it should be. */
export interface CounterDifference extends Place {
  readonly counter: string;
  readonly counted: bigint;
  readonly recounted: bigint;
}

/** Every counter that differs, sorted by place. Counters that no metric declares are nobody's. */
export function differencesBetween(
  stored: CountsByPlace,
  recounted: CountsByPlace,
  coverage: Coverage,
): CounterDifference[] {
  const differences: CounterDifference[] = [];
  for (const key of new Set([...stored.keys(), ...recounted.keys()])) {
    const [a, b] = [stored.get(key), recounted.get(key)];
    const place = a?.place ?? b?.place;
    if (!place) continue;
    for (const counter of new Set([...(a?.counts.keys() ?? []), ...(b?.counts.keys() ?? [])])) {
      const { family, when } = place;
      if (sourceOf(family, counter) === undefined) continue;
      if (when.length === 4 && !isYearKnown(family, counter, when, coverage)) continue;
      const counted = a?.counts.get(counter) ?? 0n;
      const expected = b?.counts.get(counter) ?? 0n;
      if (counted !== expected) differences.push({ ...place, counter, counted, recounted: expected });
    }
  }
  const order = (one: CounterDifference) => `${one.when}\n${placeKey(one)}\n${one.counter}`;
  return differences.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}
