import { type Day, dayFromNumber } from "../../domain/calendar/days.ts";
import { allSteps, type History, restrictedTo } from "../../domain/entities/history.ts";
import { occurrencesOf } from "../../domain/entities/one-fact/one-fact.ts";
import { type Subject, subjectsOf } from "../../domain/entities/registry.ts";
import { ticket } from "../../domain/entities/ticket.ts";
import { erasedPrefix } from "../../domain/facts/base.ts";
import { declaringMetric, isCumulative, Tally } from "../../domain/metrics/counting.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { type Place, placeKey } from "../counters/place.ts";
import type { StoredFact } from "../records/facts.ts";
import {
  countedOccurrences,
  type StoredEntity,
  subjectKey,
  unknownEntity,
} from "../records/stored-entity.ts";

/** Recounting, pure: from stored facts and entities to the counters and histories that should be there. */

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
  /** The kinds of entities of which only those were read that count on the days covered, by name. */
  readonly partial: ReadonlySet<string>;
  /** Those of them of which some may be missing: nothing is said of what they count. */
  readonly unknown: ReadonlySet<string>;
}

/** An entity whose history is not what its facts say. */
export interface WrongHistory {
  readonly stored: StoredEntity;
  readonly expected: History;
  /** The days on which they differ; empty where only the entity's origin does. */
  readonly days: readonly Day[];
  /** The days whose facts tell: where the origins differ, all days of the history. */
  readonly tellingDays: readonly Day[];
}

/** All entities with the histories that their facts imply, and those whose stored history is another. */
export interface CorrectedEntities {
  readonly entities: readonly StoredEntity[];
  readonly wrong: readonly WrongHistory[];
}

/**
 * Checks each entity's history against the facts of the days covered; what lies on other days is trusted.
 * @param workspace under whose settings an entity is counted that should be stored and is not
 */
export function correctEntities(
  stored: readonly StoredEntity[],
  facts: readonly StoredFact[],
  { covers }: Coverage,
  workspace: Workspace,
): CorrectedEntities {
  const erased = new Set(
    stored.flatMap(({ id, person }) => (id.startsWith(erasedPrefix) && person !== undefined ? [person] : [])),
  );
  const subjects = new Map<string, { subject: Subject; facts: StoredFact[] }>();
  for (const fact of facts) {
    // A fact that was taken out of the counts is in no history.
    if (fact.excluded) continue;
    for (const subject of subjectsOf(fact)) {
      // While a person is being erased, facts still name it that belong to its erased history.
      if (subject.entity.personal && fact.person !== undefined && erased.has(fact.person)) continue;
      const known = subjects.get(subjectKey(subject)) ?? { subject, facts: [] };
      known.facts.push(fact);
      subjects.set(subjectKey(subject), known);
    }
  }
  const known = new Set(stored.map(subjectKey));
  const missing = [...subjects]
    .filter(([key]) => !known.has(key))
    .map(([, { subject }]) => unknownEntity(subject, workspace));
  const wrong: WrongHistory[] = [];
  const entities = [...stored, ...missing].map((entity) => {
    if (entity.id.startsWith(erasedPrefix)) return entity;
    const expected = historyOf(entity, subjects.get(subjectKey(entity))?.facts ?? [], covers);
    if (canonical(expected) === canonical(entity.history)) return entity;
    wrong.push({ stored: entity, expected, ...daysInDoubt(entity.history, expected) });
    return { ...entity, history: expected };
  });
  return { entities, wrong };
}

function historyOf(
  { entity, history }: StoredEntity,
  facts: readonly StoredFact[],
  covers: (day: Day) => boolean,
): History {
  const { origin } = history;
  const elsewhere = restrictedTo(history, (day) => !covers(dayFromNumber(day)));
  // An origin stays when its fact may lie on a day that was not read; those that were read bring theirs again.
  const isKnown = facts.some(({ fact }) => fact.id === origin?.factId);
  const hasOther = allSteps(elsewhere).length > 0;
  const start: History = { ...elsewhere, origin: isKnown || !hasOther ? null : origin };
  return facts.reduce<History>((sum, placed) => entity.apply(sum, placed), start);
}

function canonical(history: History): string {
  return JSON.stringify([textsOf(history).sort(), originText(history)]);
}

/** Each step as a text. */
function textsOf(history: History): string[] {
  return allSteps(history).map(({ kind, step }) =>
    [kind, step.day, step.at, step.detail, step.times, step.sum].join("\n"),
  );
}

function originText({ origin }: History): string {
  const segments = Object.entries(origin?.segments ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(origin && [origin.rank, origin.at, origin.factId, segments]);
}

function daysInDoubt(stored: History, expected: History): Pick<WrongHistory, "days" | "tellingDays"> {
  const byDay = (history: History) => {
    const days = Map.groupBy(allSteps(history), ({ step }) => step.day);
    return new Map(
      [...days].map(([day, steps]) => [
        day,
        steps
          .map(({ kind, step }) => `${kind} ${step.at} ${step.detail} ${step.times}`)
          .sort()
          .join("\n"),
      ]),
    );
  };
  const [a, b] = [byDay(stored), byDay(expected)];
  const all = [...new Set([...a.keys(), ...b.keys()])].sort((one, other) => one - other);
  const days = all.filter((day) => a.get(day) !== b.get(day)).map(dayFromNumber);
  const isSameOrigin = originText(stored) === originText(expected);
  return { days, tellingDays: isSameOrigin ? days : all.map(dayFromNumber) };
}

/** The counters that the facts and entities imply: of the days covered, and the totals of the years. */
export function countAgain(
  facts: readonly StoredFact[],
  entities: readonly StoredEntity[],
  coverage: Coverage,
): CountsByPlace {
  const byFacts = new Tally();
  for (const stored of facts) {
    if (stored.excluded || !coverage.covers(stored.day)) continue;
    for (const occurrence of occurrencesOf(stored)) byFacts.count(occurrence);
  }
  const byEntities = new Tally();
  for (const occurrence of entities.flatMap(countedOccurrences)) {
    const isAsked = coverage.covers(occurrence.day) || coverage.years.has(occurrence.day.slice(0, 4));
    if (isAsked) byEntities.count(occurrence);
  }
  const sums = new Map<string, { place: Place; counts: Map<string, bigint> }>();
  const add = (place: Place, counter: string, amount: bigint) => {
    const key = placeKey(place);
    const sum = sums.get(key) ?? { place, counts: new Map<string, bigint>() };
    sum.counts.set(counter, (sum.counts.get(counter) ?? 0n) + amount);
    sums.set(key, sum);
  };
  for (const { bucket, counts } of [...byFacts.changes(), ...byEntities.changes()]) {
    const { family, segment, day } = bucket;
    const year = day.slice(0, 4);
    for (const [counter, amount] of counts) {
      if (coverage.covers(day)) add({ family, segment, when: day }, counter, amount);
      if (isCumulative(family, counter) && isYearKnown(family, counter, year, coverage)) {
        add({ family, segment, when: year }, counter, amount);
      }
    }
  }
  return sums;
}

/** A year's total is known from all entities' histories, or from all facts of the year. */
function isYearKnown(family: string, counter: string, year: string, coverage: Coverage): boolean {
  if (!coverage.years.has(year)) return false;
  const sources = declaringMetric(family, counter)?.countsFrom ?? [];
  if (sources.some((source) => coverage.partial.has(source))) return false;
  const isByFacts = sources.some((source) => source === "responses" || source === "events");
  return !isByFacts || coverage.coversYear(year);
}

/** A day's counter is known where all were read that count in it: answers count in segments of their tickets as well. */
function isDayKnown(family: string, counter: string, coverage: Coverage): boolean {
  const sources: readonly string[] = declaringMetric(family, counter)?.countsFrom ?? [];
  if (sources.includes("responses") && coverage.unknown.has(ticket.name)) return false;
  return !sources.some((source) => coverage.unknown.has(source));
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
      if (declaringMetric(family, counter) === undefined) continue;
      const isKnown =
        when.length === 4
          ? isYearKnown(family, counter, when, coverage)
          : isDayKnown(family, counter, coverage);
      if (!isKnown) continue;
      const counted = a?.counts.get(counter) ?? 0n;
      const expected = b?.counts.get(counter) ?? 0n;
      if (counted !== expected) differences.push({ ...place, counter, counted, recounted: expected });
    }
  }
  const order = (one: CounterDifference) => `${one.when}\n${placeKey(one)}\n${one.counter}`;
  return differences.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}
