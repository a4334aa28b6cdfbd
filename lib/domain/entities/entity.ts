import { dayNumber } from "../calendar/days.ts";
import type { Fact } from "../facts/parse.ts";
import type { EnrichedFact } from "./enriched-fact.ts";
import {
  type History,
  mergedInOrder,
  type Origin,
  type Step,
  type StepKind,
  telling,
  withOrigin,
  withoutStep,
  withStep,
} from "./history.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/**
 * Entities: what several facts are about. One file an entity says which facts are its steps and what follows from its history;
 * storing, counting, recounting, reconciling and erasing it follow from that.
 */

/** The settings of a workspace that what follows from a history can depend on. */
export interface EntitySettings {
  /** IANA time zone. */
  readonly timeZone: string;
  /** A customer is lost on the last of this many days without a purchase; `null` for never. */
  readonly inactivityDays: number | null;
  /** A cart is abandoned when this many hours have passed since its start without a purchase. */
  readonly cartHours: number;
  /** At how many different touchpoints an engaged customer has interacted in 30 days, at least. */
  readonly engagedTouchpoints: number;
  /** An invitation is answered up to so many days after the day of sending, the last one included. */
  readonly responseCutOffDays: number;
  /** The stages of a customer's journey, the first one first. */
  readonly journeyStages: readonly string[];
  /** The stages of the workspace's other funnels, by their name. */
  readonly funnels: Readonly<Record<string, readonly string[]>>;
}

/** Settings by name, as they are stored beside what was counted with them. */
export type Dependencies = Readonly<Record<string, number | string | null | readonly string[]>>;

/** Whether settings are the same, in whatever order they are stored. */
export function isSameDependencies(one: Dependencies, other: Dependencies): boolean {
  const textOf = (settings: Dependencies) =>
    JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
  return textOf(one) === textOf(other);
}

/** Where a fact belongs. */
export interface Placement<Kind extends string = string> {
  /** The id of the entity. */
  readonly id: string;
  readonly kind: Kind;
  readonly detail?: string;
  /** Added to the sum of its step, for kinds with a sum. */
  readonly amount?: bigint;
  /** How much the fact says about the entity's segments (see `Origin`); absent where it says nothing about them. */
  readonly rank?: number;
}

/** Steps by kind, those of a kind in any order, and the same ones several times or once. */
export type StepsByKind = Readonly<Partial<Record<string, Step[]>>>;

/** The kinds of occurrences that somebody wants. */
export type WantedKinds = ReadonlySet<Occurrence["kind"]>;

/** Facts whose amounts are added up in steps. */
export interface Summed {
  readonly facts: readonly Fact["type"][];
  /** The occurrences for which the sums matter. */
  readonly occurrences: readonly Occurrence["kind"][];
}

/** What a fact says about its entity. */
export interface PlacedStep<Kind extends string = string> {
  /** The id of the entity. */
  readonly id: string;
  readonly kind: Kind;
  readonly step: Omit<Step, "times">;
  /** How much it says about the entity's segments, as in `Origin`; absent where it says nothing about them. */
  readonly rank?: number;
}

/** An entity as everything outside its own file sees it. */
export interface AnyEntity {
  /** Its name in keys, and in `countsFrom` of metrics. */
  readonly name: string;
  /** Whether its id is a customer's, so that erasing the customer erases it. */
  readonly personal: boolean;
  readonly steps: Readonly<Record<string, StepKind>>;
  /** The types of the facts that are its steps. */
  readonly facts: readonly Fact["type"][];
  /** Those of them that say nothing about its segments, and matter to no metric but those that name them. */
  readonly aside: readonly Fact["type"][];
  /** The field of its facts that has its id; absent where the id is made of several. */
  readonly idField?: string | undefined;
  /** An entity of which nothing is known. */
  readonly unknown: History;
  /** The id of the entity that a fact is about, or `undefined` where it is about none of this kind. */
  idOf(placed: EnrichedFact): string | undefined;
  /** The history with one more fact; the same history for a fact that is not about it. */
  apply(history: History, placed: EnrichedFact): History;
  /** The history of some facts, in any order: the same as if each was applied, and faster for many. */
  historyOf(placed: readonly EnrichedFact[]): History;
  /** What a fact says about its entity; `undefined` where it is about none of this kind. */
  stepOf(placed: EnrichedFact): PlacedStep | undefined;
  /** The history of some steps. The lists may be changed. */
  historyFrom(steps: StepsByKind, origin: Origin | null): History;
  /** What the amounts of its steps are of; of these facts only the currency and the sum of the amounts matter. */
  readonly summed: Summed;
  /** The kinds of steps that can say something about its segments. */
  readonly origins: readonly string[];
  /** Whether its history leaves out steps that do not matter. */
  readonly forgets: boolean;
  /** The history without the step of a fact that it has, unless it has forgotten that; without segments where it had them from this fact. */
  withdraw(history: History, placed: EnrichedFact): History;
  /** Whether `withdraw` gives the history as if a fact that it has had never arrived; else its other facts are needed as well. */
  tellsWithout(history: History, placed: EnrichedFact): boolean;
  /** The settings that its occurrences depend on. */
  dependencies(settings: EntitySettings): Dependencies;
  /**
   * Everything that a history brings about: pure. Where only some kinds are wanted, others may be left out. What time alone will bring is included, on the day on which it falls due.
   */
  derive(history: History, dependencies: Dependencies, wanted?: WantedKinds): Occurrence[];
  /** How many days after one of its steps an occurrence can fall due that has no step on its own day. */
  dueAfterDays(settings: EntitySettings): readonly number[];
}

/** An entity as its file writes it down. */
interface Definition<Kind extends string, Needs extends Dependencies> {
  readonly name: string;
  readonly personal?: boolean;
  readonly facts: readonly Fact["type"][];
  /** None when absent. */
  readonly aside?: readonly Fact["type"][];
  readonly idField?: string;
  readonly steps: Readonly<Record<Kind, StepKind>>;
  /** The kinds of the facts that have a rank. */
  readonly origins: readonly NoInfer<Kind>[];
  place(placed: EnrichedFact): Placement<NoInfer<Kind>> | undefined;
  /**
   * Leaves out steps that can never matter again, whatever is still to come, so that a history stays small however many facts
   * it gets; all of them matter when absent. What is left must not depend on the order in which the steps came, and still tells of how many facts it was made.
   */
  forget?(history: History<NoInfer<Kind>>): History<NoInfer<Kind>>;
  dependencies(settings: EntitySettings): Needs;
  derive(history: History<NoInfer<Kind>>, dependencies: NoInfer<Needs>, wanted?: WantedKinds): Occurrence[];
  /** Absent where no step has a sum. */
  readonly summed?: Summed;
  /** Absent where each occurrence falls on the day of a step. */
  dueAfterDays?(settings: EntitySettings): readonly number[];
}

/** An entity whose steps and settings are known by name. */
export interface Entity<Kind extends string, Needs extends Dependencies> extends AnyEntity {
  readonly unknown: History<Kind>;
  apply(history: History<Kind>, placed: EnrichedFact): History<Kind>;
  historyOf(placed: readonly EnrichedFact[]): History<Kind>;
  stepOf(placed: EnrichedFact): PlacedStep<Kind> | undefined;
  historyFrom(steps: StepsByKind, origin: Origin | null): History<Kind>;
  withdraw(history: History<Kind>, placed: EnrichedFact): History<Kind>;
  tellsWithout(history: History<Kind>, placed: EnrichedFact): boolean;
  dependencies(settings: EntitySettings): Needs;
  derive(history: History<Kind>, dependencies: Needs, wanted?: WantedKinds): Occurrence[];
}

/** How much less a fact of a public key says about an entity's segments: less than any fact of a sender who is trusted. */
const publicKeyRank = 100;

/** Makes an entity from its definition. */
export function defineEntity<const Kind extends string, Needs extends Dependencies>(
  definition: Definition<Kind, Needs>,
): Entity<Kind, Needs> {
  const { name, personal = false, steps, facts, aside = [], idField, origins, forget } = definition;
  const kinds = Object.keys(steps) as Kind[];
  const stepOf = (placed: EnrichedFact): PlacedStep<Kind> | undefined => {
    const placement = definition.place(placed);
    if (!placement) return undefined;
    const { id, kind, detail = "", amount, rank } = placement;
    const at = steps[kind].instant ? placed.fact.occurredAt : 0;
    const step = { day: dayNumber(placed.day), detail, at, ...(amount === undefined ? {} : { sum: amount }) };
    if (rank === undefined) return { id, kind, step };
    return { id, kind, step, rank: placed.publicKey === undefined ? rank : rank - publicKeyRank };
  };
  const originOf = ({ fact, segments }: EnrichedFact, rank: number): Origin => {
    return { rank, at: fact.occurredAt, factId: fact.id, segments };
  };
  const givesOrigin = ({ origin }: History<Kind>, { fact }: EnrichedFact) => origin?.factId === fact.id;
  const none = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as History<Kind>["steps"];
  const historyFrom = (found: StepsByKind, origin: Origin | null): History<Kind> => {
    const merged: Record<Kind, readonly Step[]> = { ...none };
    for (const kind in found) merged[kind as Kind] = mergedInOrder(found[kind] ?? []);
    const whole = { steps: merged, origin };
    return definition.forget?.(whole) ?? whole;
  };
  return {
    name,
    ...{ personal, steps, facts, aside, idField, origins, forgets: forget !== undefined },
    summed: definition.summed ?? { facts: [], occurrences: [] },
    unknown: { steps: none, origin: null },
    idOf: (placed) => definition.place(placed)?.id,
    ...{ stepOf, historyFrom },
    apply: (history, placed) => {
      const found = stepOf(placed);
      if (!found) return history;
      const longer = withStep(history, found.kind, found.step);
      const next = definition.forget?.(longer) ?? longer;
      return found.rank === undefined ? next : withOrigin(next, originOf(placed, found.rank));
    },
    historyOf: (all) => {
      const steps: Partial<Record<Kind, Step[]>> = {};
      let origin: Origin | null = null;
      for (const placed of all) {
        const found = stepOf(placed);
        if (!found) continue;
        const ofKind = steps[found.kind] ?? [];
        steps[found.kind] = ofKind;
        ofKind.push({ ...found.step, times: 1 });
        if (found.rank !== undefined) origin = telling(origin, originOf(placed, found.rank));
      }
      return historyFrom(steps, origin);
    },
    withdraw: (history, placed) => {
      const found = stepOf(placed);
      if (!found) return history;
      const rest = withoutStep(history, found.kind, found.step);
      return givesOrigin(history, placed) ? { ...rest, origin: null } : rest;
    },
    tellsWithout: (history, placed) => {
      const found = stepOf(placed);
      if (!found) return true;
      if (forget) return false;
      if (!givesOrigin(history, placed)) return true;
      const rest = withoutStep(history, found.kind, found.step);
      return origins.every((kind) => rest.steps[kind].length === 0);
    },
    dependencies: (settings) => definition.dependencies(settings),
    derive: (history, dependencies, wanted) => definition.derive(history, dependencies, wanted),
    dueAfterDays: (settings) => definition.dueAfterDays?.(settings) ?? [],
  };
}
