import { dayNumber } from "../calendar/days.ts";
import type { Fact } from "../facts/parse.ts";
import type { EnrichedFact } from "./enriched-fact.ts";
import {
  type History,
  type Origin,
  type Step,
  type StepKind,
  stepsByKind,
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
  /** The kinds of steps that can say something about its segments. */
  readonly origins: readonly string[];
  /** Whether its history leaves out steps that do not matter. */
  readonly forgets: boolean;
  /** The history without the step of a fact that it has; without segments where it had them from this fact. */
  withdraw(history: History, placed: EnrichedFact): History;
  /** Whether `withdraw` gives the history as if a fact that it has had never arrived; else its other facts are needed as well. */
  tellsWithout(history: History, placed: EnrichedFact): boolean;
  /** The settings that its occurrences depend on. */
  dependencies(settings: EntitySettings): Dependencies;
  /** Everything that a history brings about: pure. What time alone will bring is included, on the day on which it falls due. */
  derive(history: History, dependencies: Dependencies): Occurrence[];
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
   * it gets; all of them matter when absent. What is left must not depend on the order in which the steps came.
   */
  forget?(history: History<NoInfer<Kind>>): History<NoInfer<Kind>>;
  dependencies(settings: EntitySettings): Needs;
  derive(history: History<NoInfer<Kind>>, dependencies: NoInfer<Needs>): Occurrence[];
  /** Absent where each occurrence falls on the day of a step. */
  dueAfterDays?(settings: EntitySettings): readonly number[];
}

/** An entity whose steps and settings are known by name. */
export interface Entity<Kind extends string, Needs extends Dependencies> extends AnyEntity {
  readonly unknown: History<Kind>;
  apply(history: History<Kind>, placed: EnrichedFact): History<Kind>;
  historyOf(placed: readonly EnrichedFact[]): History<Kind>;
  withdraw(history: History<Kind>, placed: EnrichedFact): History<Kind>;
  tellsWithout(history: History<Kind>, placed: EnrichedFact): boolean;
  dependencies(settings: EntitySettings): Needs;
  derive(history: History<Kind>, dependencies: Needs): Occurrence[];
}

/** How much less a fact of a public key says about an entity's segments: less than any fact of a sender who is trusted. */
const publicKeyRank = 100;

/** Makes an entity from its definition. */
export function defineEntity<const Kind extends string, Needs extends Dependencies>(
  definition: Definition<Kind, Needs>,
): Entity<Kind, Needs> {
  const { name, personal = false, steps, facts, aside = [], idField, origins, forget } = definition;
  const kinds = Object.keys(steps) as Kind[];
  const stepOf = ({ fact, day }: EnrichedFact, { kind, detail = "", amount }: Placement<Kind>) => ({
    ...{ day: dayNumber(day), detail },
    ...(amount === undefined ? {} : { sum: amount }),
    at: steps[kind].instant ? fact.occurredAt : 0,
  });
  const originOf = ({ fact, segments, publicKey }: EnrichedFact, rank: number): Origin => {
    const weight = publicKey === undefined ? rank : rank - publicKeyRank;
    return { rank: weight, at: fact.occurredAt, factId: fact.id, segments };
  };
  const givesOrigin = ({ origin }: History<Kind>, { fact }: EnrichedFact) => origin?.factId === fact.id;
  const none = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as History<Kind>["steps"];
  return {
    name,
    ...{ personal, steps, facts, aside, idField, origins, forgets: forget !== undefined },
    unknown: { steps: none, origin: null },
    idOf: (placed) => definition.place(placed)?.id,
    apply: (history, placed) => {
      const placement = definition.place(placed);
      if (!placement) return history;
      const { kind, rank } = placement;
      const longer = withStep(history, kind, stepOf(placed, placement));
      const next = definition.forget?.(longer) ?? longer;
      if (rank === undefined) return next;
      return withOrigin(next, originOf(placed, rank));
    },
    historyOf: (all) => {
      const found: { kind: Kind; step: Omit<Step, "times"> }[] = [];
      let origin: Origin | null = null;
      for (const placed of all) {
        const placement = definition.place(placed);
        if (!placement) continue;
        found.push({ kind: placement.kind, step: stepOf(placed, placement) });
        if (placement.rank !== undefined) origin = telling(origin, originOf(placed, placement.rank));
      }
      const whole = { steps: { ...none, ...stepsByKind(found) }, origin };
      return definition.forget?.(whole) ?? whole;
    },
    withdraw: (history, placed) => {
      const placement = definition.place(placed);
      if (!placement) return history;
      const rest = withoutStep(history, placement.kind, stepOf(placed, placement));
      return givesOrigin(history, placed) ? { ...rest, origin: null } : rest;
    },
    tellsWithout: (history, placed) => {
      const placement = definition.place(placed);
      if (!placement) return true;
      if (forget) return false;
      if (!givesOrigin(history, placed)) return true;
      const rest = withoutStep(history, placement.kind, stepOf(placed, placement));
      return origins.every((kind) => rest.steps[kind].length === 0);
    },
    dependencies: (settings) => definition.dependencies(settings),
    derive: (history, dependencies) => definition.derive(history, dependencies),
    dueAfterDays: (settings) => definition.dueAfterDays?.(settings) ?? [],
  };
}
