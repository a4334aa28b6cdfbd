import type { DayRange } from "../../domain/calendar/intervals.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import { isSameDependencies } from "../../domain/entities/entity.ts";
import type { Subject } from "../../domain/entities/registry.ts";
import { segmentOf, totalSegment } from "../../domain/metrics/counting.ts";
import { metrics } from "../../domain/metrics/registry.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import {
  familiesWithCounters,
  type Partition,
  readCounterItems,
  type StoredCounters,
} from "../counters/counter-items.ts";
import { type Place, placeKey } from "../counters/place.ts";
import { readEntities } from "../records/entities.ts";
import type { StoredFact } from "../records/facts.ts";
import { type StoredEntity, subjectKey } from "../records/stored-entity.ts";
import { countedValues } from "../records/value-list.ts";
import { readValueList } from "../records/value-lists.ts";
import type { Table } from "../table/client.ts";
import type { Deadline } from "../table/retries.ts";
import { type ReadLimits, readEverything } from "./reading.ts";
import {
  type CounterDifference,
  correctEntities,
  countAgain,
  differencesBetween,
  type WrongHistory,
} from "./recounting.ts";
import { coverageOf, SuspectedDrift } from "./suspected-drift.ts";

/** Comparing counters and histories with the stored facts: once over a range of days, and again where they differ. */

/** The result of the first look. */
export interface FirstLook {
  readonly facts: number;
  readonly entities: number;
  /** The kinds of entities of which only those were looked at that facts of the days concern, by name. */
  readonly partial: ReadonlySet<string>;
  readonly drift: SuspectedDrift;
  /** Entities that were begun to be counted anew, in steps. */
  readonly unfinished: readonly Subject[];
  /** Entities that are counted by other settings than the workspace's, to the end. */
  readonly outdated: readonly Subject[];
}

/** The result of a further look. */
export interface Findings {
  readonly differences: readonly CounterDifference[];
  readonly histories: readonly WrongHistory[];
  /** The counters of the places in doubt, as they were read. */
  readonly stored: ReadonlyMap<string, StoredCounters>;
  /** Places that changed while they were compared. */
  readonly unsettled: SuspectedDrift;
  /** Everything that is still in doubt: the differences and what changed. */
  readonly drift: SuspectedDrift;
}

/** The years that days of a range lie in. */
export function yearsOf(range: DayRange): ReadonlySet<string> {
  const years = new Set<string>();
  for (let year = Number(range.from.slice(0, 4)); year <= Number(range.to.slice(0, 4)); year += 1) {
    years.add(String(year).padStart(4, "0"));
  }
  return years;
}

/**
 * Compares everything on a range of days. Facts that arrive meanwhile can make right counters seem to differ.
 * @param years whose totals are compared as well
 */
export async function inspectRange(
  table: Table,
  workspace: Workspace,
  range: DayRange,
  years: ReadonlySet<string>,
  deadline: Deadline,
  limits: ReadLimits,
): Promise<FirstLook> {
  const everything = await readEverything({ table, workspace, deadline }, [range], [], limits);
  const { facts, entities } = everything;
  const partitions = await partitionsOf(table, workspace, facts, entities);
  const stored = await readCounterItems(table, workspace.id, partitions, range, years, deadline);
  const coverage = coverageOf([range], years, dayOf(Date.now(), workspace.timeZone), everything);
  const corrected = correctEntities(entities, facts, coverage, workspace);
  const recounted = countAgain(facts, corrected.entities, coverage);
  const differences = differencesBetween(stored, recounted, coverage);
  return {
    facts: facts.length,
    entities: entities.length,
    partial: everything.partial,
    drift: SuspectedDrift.of(differences, corrected.wrong),
    unfinished: entities.filter(({ recount }) => recount),
    outdated: entities.filter((stored) => isOutdated(stored, workspace)),
  };
}

function isOutdated({ entity, dependencies, recount }: StoredEntity, workspace: Workspace): boolean {
  return !recount && !isSameDependencies(dependencies, entity.dependencies(workspace));
}

/**
 * Looks again at what is in doubt. What is written between the first and the last reading is left open: a fact is
 * in the counters before it shows in the index.
 * @param settle waits until what was written before shows everywhere
 */
export async function inspectAgain(
  table: Table,
  workspace: Workspace,
  drift: SuspectedDrift,
  deadline: Deadline,
  settle: () => Promise<void>,
  limits: ReadLimits,
): Promise<Findings> {
  const subjects = [...drift.entities.values()].map(({ subject }) => subject);
  const read = () => readPlaces(table, workspace.id, drift, deadline);
  const versions = () => readEntities({ table, workspace, deadline }, subjects);
  const [before, versionsBefore] = await Promise.all([read(), versions()]);
  await settle();
  const ranges = drift.ranges();
  const everything = await readEverything({ table, workspace, deadline }, ranges, subjects, limits);
  const { facts, entities } = everything;
  const stored = await read();
  const coverage = coverageOf(ranges, drift.years(), dayOf(Date.now(), workspace.timeZone), everything);
  const corrected = correctEntities(entities, facts, coverage, workspace);
  const recounted = countAgain(facts, corrected.entities, coverage);
  const differing = differencesBetween(stored, recounted, coverage).filter((difference) =>
    drift.places.has(placeKey(difference)),
  );
  const wrong = corrected.wrong.filter(({ stored: entity }) => drift.entities.has(subjectKey(entity)));
  const hasSettled = (place: Place) =>
    writesOf(before.get(placeKey(place))) === writesOf(stored.get(placeKey(place)));
  const isUnchanged = ({ stored: entity }: WrongHistory) =>
    (versionsBefore.get(subjectKey(entity))?.version ?? 0) === entity.version;
  return {
    differences: differing.filter(hasSettled),
    histories: wrong.filter(isUnchanged),
    stored,
    unsettled: SuspectedDrift.of(
      differing.filter((difference) => !hasSettled(difference)),
      wrong.filter((history) => !isUnchanged(history)),
    ),
    drift: SuspectedDrift.of(differing, wrong),
  };
}

/** How often each item of a place had been written. */
function writesOf(stored: StoredCounters | undefined): string {
  return (stored?.items ?? []).map(({ sk, writes }) => `${sk} ${writes}`).join();
}

async function readPlaces(
  table: Table,
  workspace: string,
  drift: SuspectedDrift,
  deadline: Deadline,
): Promise<ReadonlyMap<string, StoredCounters>> {
  const places = [...drift.places.values()];
  const partitions = new Map(
    places.map(({ family, segment }) => [`${family}\n${segment}`, { family, segment }]),
  );
  const days = places.flatMap(({ when }) => (when.length === 10 ? [when] : [])).sort();
  const [from, to] = [days[0], days.at(-1)];
  const range = from !== undefined && to !== undefined ? { from, to } : undefined;
  return readCounterItems(table, workspace, [...partitions.values()], range, drift.years(), deadline);
}

/**
 * Every partition in which there can be counters: of the families that have any, in all segments that there are. What
 * counts in a segment counts in the total as well: a family without counters there has none anywhere.
 */
export async function partitionsOf(
  table: Table,
  workspace: Workspace,
  facts: readonly StoredFact[],
  entities: readonly StoredEntity[],
): Promise<Partition[]> {
  const segments = new Set([totalSegment]);
  const dimensions = new Set(workspace.trackedDimensions);
  const counted = [
    ...facts.map(({ segments: own }) => own),
    ...entities.map(({ history }) => history.origin?.segments ?? {}),
  ];
  for (const own of counted) {
    for (const [dimension, value] of Object.entries(own)) {
      dimensions.add(dimension);
      // A list that was made anew does not know all values of before.
      segments.add(segmentOf(dimension, value));
    }
  }
  for (const dimension of dimensions) {
    const list = await readValueList(table, workspace, dimension);
    for (const value of countedValues(list)) segments.add(segmentOf(dimension, value));
  }
  const owners = metrics.filter(({ counters, isFromModel }) => counters.length > 0 && !isFromModel);
  const all = [...new Set(owners.map(({ family }) => family))];
  const families = await familiesWithCounters(table, workspace.id, all, totalSegment);
  return families.flatMap((family) => [...segments].map((segment) => ({ family, segment })));
}
