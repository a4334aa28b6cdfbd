import type { AnyEntity, Dependencies } from "../../domain/entities/entity.ts";
import type { History, Origin } from "../../domain/entities/history.ts";
import type { Occurrence } from "../../domain/entities/occurrences/occurrence.ts";
import type { Subject } from "../../domain/entities/registry.ts";
import type { LateCause } from "../../domain/metrics/restated-day.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";

/** Stored entities: a history, and how much of it has been counted, by which settings. */

/** The state that an entity's counters follow from. */
export interface CountedState {
  readonly history: History;
  /** The settings with which its occurrences have been counted. */
  readonly dependencies: Dependencies;
}

/** A change that has been counted up to a day only, since it takes more counters than one transaction. */
export interface PartialRecount {
  /** Occurrences up to this day, included, are counted as they are now; empty for none yet. */
  readonly through: string;
  /** Later ones are still counted as they follow from this. */
  readonly previous: CountedState;
  /** Why closed days change by it, whoever counts it to the end. */
  readonly cause: LateCause;
}

/** An entity with its place in the ledger. */
export interface StoredEntity extends Subject, CountedState {
  /**
   * A random name of the person behind a customer's id, which each fact of its history carries too: a customer who is erased
   * and comes back is another person under the same id.
   */
  readonly person?: string | undefined;
  readonly recount?: PartialRecount | undefined;
  /** 0 for an entity that is not stored yet; raised by every change. */
  readonly version: number;
}

/** An entity that is not stored yet. */
export function unknownEntity({ entity, id }: Subject, workspace: Workspace): StoredEntity {
  return { entity, id, history: entity.unknown, dependencies: entity.dependencies(workspace), version: 0 };
}

/** A text that names an entity, for maps. */
export function subjectKey({ entity, id }: Subject): string {
  return `${entity.name}\n${id}`;
}

/** Occurrences by entity: those after one fact of a batch are compared with those after the next. */
const counted = new WeakMap<StoredEntity, readonly Occurrence[]>();

/** The occurrences that have been counted for an entity. */
export function countedOccurrences(stored: StoredEntity): readonly Occurrence[] {
  const known = counted.get(stored);
  if (known) return known;
  const occurrences = occurrencesIn(stored);
  counted.set(stored, occurrences);
  return occurrences;
}

function occurrencesIn(stored: StoredEntity): readonly Occurrence[] {
  const { entity, history, recount } = stored;
  const previous = recount && previousOccurrences(entity, recount.previous);
  if (previous && recount.through === "") return previous;
  const current = entity.derive(history, stored.dependencies);
  if (!previous) return current;
  return [
    ...current.filter(({ day }) => day <= recount.through),
    ...previous.filter(({ day }) => day > recount.through),
  ];
}

const countedBefore = new WeakMap<CountedState, readonly Occurrence[]>();

/** The same for all facts that an entity gets while nothing of its change has been counted. */
function previousOccurrences(entity: AnyEntity, previous: CountedState): readonly Occurrence[] {
  const occurrences = countedBefore.get(previous) ?? entity.derive(previous.history, previous.dependencies);
  countedBefore.set(previous, occurrences);
  return occurrences;
}

/** An origin without the fact that it was taken from. */
export function namelessOrigin(origin: Origin | null): Origin | null {
  return origin && { ...origin, factId: "" };
}
