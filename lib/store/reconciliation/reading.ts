import { addDays, beginning, laterDay } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { AnyEntity } from "../../domain/entities/entity.ts";
import { entities as kinds, type Subject, subjectsOf } from "../../domain/entities/registry.ts";
import { erasedPrefix } from "../../domain/facts/base.ts";
import { readEntitiesUpTo, readFactsBetween, readSubjects } from "../records/bulk.ts";
import { listAllEntities } from "../records/entity-lists.ts";
import type { StoredFact } from "../records/facts.ts";
import { type StoredEntity, subjectKey } from "../records/stored-entity.ts";
import { readWorkspace } from "../settings/workspaces.ts";
import type { StoreContext } from "../table/context.ts";
import { joined, rangesWithout } from "./suspected-drift.ts";

/**
 * Reading what a look at some days compares. Of a kind that has few entities all are read; of any other those that facts of these
 * days concern, and those of which something can fall due on them. So a day takes no more than its own facts ask for.
 */

/** At most so many facts are looked at at once. */
export const maxReconciled = 100_000;

/** Of a kind that has no more entities than this all are looked at. */
export const maxWholeKind = 10_000;

/** How much is read at once. */
export interface ReadLimits {
  /** Of a kind with more entities than this not all are read. */
  readonly wholeKind: number;
  /** At most so many facts. */
  readonly facts: number;
}

/** Facts and entities that were read. */
export interface Everything {
  readonly facts: readonly StoredFact[];
  readonly entities: readonly StoredEntity[];
  /** The kinds of which not all entities were read, by name. */
  readonly partial: ReadonlySet<string>;
  /** Those of them of which entities may be missing that count on these days. */
  readonly unknown: ReadonlySet<string>;
}

/**
 * Reads the facts of ranges of days, and entities.
 * @param doubted entities that are read in any case
 * @throws StoreError `too-many-facts` when there are too many facts, or reading takes too long
 */
export async function readEverything(
  context: StoreContext,
  ranges: readonly DayRange[],
  doubted: readonly Subject[],
  { wholeKind: most, facts: maxFacts }: ReadLimits,
): Promise<Everything> {
  const facts = await readFactsOn(context, ranges, ["responses", "events"], maxFacts);
  const entities: StoredEntity[] = [];
  const partial: AnyEntity[] = [];
  for (const kind of await kindsToRead(context, facts, doubted)) {
    const all = await readEntitiesUpTo(context, kind, most);
    if (all) for (const entity of all) entities.push(entity);
    else partial.push(kind);
  }
  const unknown = new Set<string>();
  if (partial.length > 0) {
    const earlier = await readFactsOn(
      context,
      dueRanges(partial, ranges, context),
      ["events"],
      maxFacts - facts.length,
    );
    const subjects = new Map<string, Subject>();
    for (const subject of [...doubted, ...[...facts, ...earlier].flatMap(subjectsOf)]) {
      if (partial.includes(subject.entity)) subjects.set(subjectKey(subject), subject);
    }
    for (const kind of partial) {
      // Nobody knows how entities were counted whose recount has not ended.
      if (context.workspace.recounts?.[kind.name]) unknown.add(kind.name);
      if (!kind.personal) continue;
      // No fact names an erased person any more.
      const erased = await listErased(context, kind, most);
      if (!erased) unknown.add(kind.name);
      for (const subject of erased ?? []) subjects.set(subjectKey(subject), subject);
    }
    for (const entity of await readSubjects(context, [...subjects.values()])) entities.push(entity);
  }
  return { facts, entities, partial: new Set(partial.map(({ name }) => name)), unknown };
}

/**
 * The kinds of which there can be entities: those that the workspace has noted, before the first of them was stored, and those of what was
 * read just now. Asking for the others would cost a request for each partition of the index.
 */
async function kindsToRead(
  { table, workspace }: StoreContext,
  facts: readonly StoredFact[],
  doubted: readonly Subject[],
): Promise<readonly AnyEntity[]> {
  const noted = (await readWorkspace(table, workspace.id))?.entityKinds;
  if (!noted) return kinds;
  const known = new Set([...noted, ...[...doubted, ...facts.flatMap(subjectsOf)].map(nameOf)]);
  return kinds.filter(({ name }) => known.has(name));
}

function nameOf({ entity }: Subject): string {
  return entity.name;
}

/** The days before ranges whose facts can bring something about on the days of these ranges. */
function dueRanges(
  partial: readonly AnyEntity[],
  ranges: readonly DayRange[],
  { workspace }: StoreContext,
): DayRange[] {
  const offsets = new Set(partial.flatMap((kind) => kind.dueAfterDays(workspace)));
  const due = [...offsets].flatMap((days) =>
    ranges.map(({ from, to }) => ({
      from: laterDay(beginning, addDays(from, -days)),
      to: addDays(to, -days),
    })),
  );
  return rangesWithout(joined(due.filter(({ from, to }) => from <= to)), ranges);
}

async function readFactsOn(
  { table, workspace, deadline }: StoreContext,
  ranges: readonly DayRange[],
  sources: readonly ("responses" | "events")[],
  most: number,
): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for (const range of ranges) {
    for (const source of sources) {
      const bounds = { most: most - facts.length, deadline };
      for (const fact of await readFactsBetween(table, workspace.id, source, range, bounds)) facts.push(fact);
    }
  }
  return facts;
}

/** The entities of persons who were erased; `undefined` where there are more than `most`. */
async function listErased(
  { table, workspace }: StoreContext,
  entity: AnyEntity,
  most: number,
): Promise<Subject[] | undefined> {
  const erased: Subject[] = [];
  for await (const id of listAllEntities(table, workspace.id, entity, erasedPrefix)) {
    erased.push({ entity, id });
    if (erased.length > most) return undefined;
  }
  return erased;
}
