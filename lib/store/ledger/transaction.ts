import type { Day } from "../../domain/calendar/days.ts";
import { bytesOf } from "../../domain/entities/history.ts";
import { occurrencesOf } from "../../domain/entities/one-fact/one-fact.ts";
import type { Subject } from "../../domain/entities/registry.ts";
import { Tally } from "../../domain/metrics/counting.ts";
import { ChangeCauses, isStated } from "../counters/change-causes.ts";
import { type StoredEntity, subjectKey } from "../records/stored-entity.ts";
import { maxActions } from "../table/action.ts";
import { CounterChanges } from "./counter-actions.ts";
import { difference } from "./difference.ts";
import { entityActions } from "./entity-actions.ts";
import { factActions, itemsOfFact } from "./fact-actions.ts";
import { markActions, unmarkedDays } from "./marked-days.ts";
import type { PendingFact, RecordingContext } from "./pending-fact.ts";
import type { LedgerAction } from "./plan-context.ts";

/** From facts to one transaction: the facts, the entities they change and the counters they add to. */

/**
 * About how many bytes a history may take. DynamoDB stores items of 400 KB; an entity that is being counted in steps holds
 * its history twice.
 */
export const maxHistoryBytes = 150_000;

/** Facts of public keys are taken only while a history is shorter than this: the rest is kept for senders who are trusted. */
export const maxHistoryBytesForPublicKeys = maxHistoryBytes / 10;

/**
 * About how many bytes the histories of one transaction take together, at most. DynamoDB takes 4 MB; the facts of a request are 1 MB at
 * most, and counters need some room.
 */
export const maxHistoriesBytes = 2_000_000;

/** One transaction before it is sent. */
export interface PlannedTransaction {
  readonly facts: readonly PendingFact[];
  /** As they will be, with the versions that they have now. */
  readonly entities: readonly StoredEntity[];
  readonly actions: readonly LedgerAction[];
  /** Facts that no transaction can take: the history of an entity that they are about has no room for them. */
  readonly refused: readonly PendingFact[];
}

/**
 * Plans a transaction of as many facts from the front as fit. Where the first one alone does not, because it changes
 * what follows from a long history, its entity stays as it was counted until it is counted further, in steps.
 * @param stored the entities of these facts as they are stored, by `subjectKey`
 * @throws RangeError when the first fact does not fit in any way
 */
export function planTransaction(
  pending: readonly PendingFact[],
  stored: ReadonlyMap<string, StoredEntity>,
  context: RecordingContext,
): PlannedTransaction {
  const draft = new Draft(stored, context);
  for (const fact of pending) {
    if (draft.take(fact)) continue;
    if (!draft.isEmpty) break;
    const isTaken = fact.subjects.some((subject) => draft.take(fact, subject));
    if (!isTaken) throw new RangeError("the fact changes more counters than fit one transaction");
  }
  return draft.plan();
}

/** The effects of a fact. */
interface Effects {
  readonly tally: Tally;
  readonly entities: readonly StoredEntity[];
}

/** A transaction that is being put together. */
class Draft {
  readonly #stored: ReadonlyMap<string, StoredEntity>;
  readonly #context: RecordingContext;
  readonly #changes: CounterChanges;
  readonly #causes = new ChangeCauses();
  readonly #changed = new Map<string, StoredEntity>();
  readonly #weights = new Map<string, Weight>();
  /** Items and bytes of the changed entities together. */
  readonly #taken = { items: 0, bytes: 0 };
  readonly #facts: PendingFact[] = [];
  /** Items that the facts take, those by which their texts are found included. */
  #factItems = 0;
  /** Those of their days that may get a mark. */
  readonly #stated = new Set<Day>();
  readonly #refused: PendingFact[] = [];

  constructor(stored: ReadonlyMap<string, StoredEntity>, context: RecordingContext) {
    this.#stored = stored;
    this.#context = context;
    this.#changes = new CounterChanges(context.workspace);
  }

  get isEmpty(): boolean {
    return this.#facts.length === 0;
  }

  /**
   * Takes a fact, or refuses it for good, unless it does not fit any more.
   * @param later the entity whose change is not counted now, but in steps
   */
  take(fact: PendingFact, later?: Subject): boolean {
    const before = later && this.#entity(later);
    if (later && (!before || before.recount)) return false;
    const { tally, entities } = this.#effectsOf(fact, before);
    const room = fact.publicKey === undefined ? maxHistoryBytes : maxHistoryBytesForPublicKeys;
    if (entities.some(({ history }) => bytesOf(history) > room)) {
      this.#refused.push(fact);
      return true;
    }
    this.#changes.add(tally);
    const items = itemsOfFact(fact, this.#context);
    if (!this.#hasRoomFor(entities, fact, items)) {
      this.#changes.add(tally, -1);
      return false;
    }
    this.#causes.note(tally, "recorded", fact.fact.id);
    for (const entity of entities) this.#set(entity);
    this.#facts.push(fact);
    this.#factItems += items;
    if (this.#isStated(fact.day)) this.#stated.add(fact.day);
    return true;
  }

  #entity(subject: Subject): StoredEntity | undefined {
    return this.#changed.get(subjectKey(subject)) ?? this.#stored.get(subjectKey(subject));
  }

  /**
   * The effects of a fact: on the entities it is about, and on the counters.
   * @param later an entity whose change is not counted yet
   */
  #effectsOf(fact: PendingFact, later: StoredEntity | undefined): Effects {
    const tally = new Tally();
    for (const occurrence of occurrencesOf(fact)) tally.count(occurrence);
    const entities = fact.subjects.flatMap((subject) => {
      const before = this.#entity(subject);
      if (!before) return [];
      const history = before.entity.apply(before.history, fact);
      if (before !== later) {
        const after = { ...before, history };
        tally.addAll(difference(before, after));
        return [after];
      }
      const previous = { history: before.history, dependencies: before.dependencies };
      const recount = { through: "", previous, cause: "recorded" } as const;
      return [{ ...before, history, recount }];
    });
    return { tally, entities };
  }

  /** @param factItems how many items the fact itself takes */
  #hasRoomFor(entities: readonly StoredEntity[], fact: PendingFact, factItems: number): boolean {
    let { items, bytes } = this.#taken;
    for (const entity of entities) {
      const [weight, before] = [weightOf(entity), this.#weights.get(subjectKey(entity)) ?? nothing];
      items += weight.items - before.items;
      bytes += weight.bytes - before.bytes;
    }
    if (!this.isEmpty && bytes > maxHistoriesBytes) return false;
    const room = maxActions - items - (this.#factItems + factItems);
    const isNewDay = !this.#stated.has(fact.day) && this.#isStated(fact.day);
    // Most often there is room for all marks that there could be, and no need to look which ones there are.
    const mostMarks = this.#stated.size + Number(isNewDay);
    if (this.#changes.fit(room - mostMarks)) return true;
    if (mostMarks === 0 || !this.#changes.fit(room)) return false;
    const days = isNewDay ? [...this.#stated, fact.day] : this.#stated;
    return this.#changes.fit(room - unmarkedDays(days, this.#changes).length);
  }

  #isStated(day: Day): boolean {
    return isStated(this.#context.workspace, day, this.#context.today);
  }

  #set(entity: StoredEntity): void {
    const [key, weight] = [subjectKey(entity), weightOf(entity)];
    const before = this.#weights.get(key) ?? nothing;
    this.#taken.items += weight.items - before.items;
    this.#taken.bytes += weight.bytes - before.bytes;
    this.#weights.set(key, weight);
    this.#changed.set(key, entity);
  }

  plan(): PlannedTransaction {
    const entities = [...this.#changed.values()];
    const about = ({ subjects }: PendingFact) =>
      subjects.flatMap((subject) => this.#changed.get(subjectKey(subject)) ?? []);
    return {
      facts: this.#facts,
      refused: this.#refused,
      entities,
      actions: [
        ...this.#facts.flatMap((fact) => factActions(fact, about(fact), this.#context)),
        ...entities.flatMap((entity) => {
          const before = this.#stored.get(subjectKey(entity));
          return before ? entityActions(before, entity, this.#context) : [];
        }),
        ...this.#changes.actions(this.#causes, this.#context),
        ...markActions(unmarkedDays(this.#stated, this.#changes), this.#context),
      ],
    };
  }
}

/** How many items an entity takes, and about how many bytes. */
interface Weight {
  readonly items: number;
  readonly bytes: number;
}

const nothing: Weight = { items: 0, bytes: 0 };

function weightOf({ history, recount }: StoredEntity): Weight {
  return recount
    ? { items: 2, bytes: bytesOf(history) + bytesOf(recount.previous.history) }
    : { items: 1, bytes: bytesOf(history) };
}
