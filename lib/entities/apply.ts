import { type Day, dayNumber } from "../calendar/days.ts";
import type { Fact } from "../facts/parse.ts";
import { type CustomerHistory, type LifecycleStep, type Origin, withPurchase, withStep } from "./customer.ts";
import type { Occurrence, Segments } from "./occurrences.ts";

/** A fact with what its workspace makes of it. */
export interface PlacedFact {
  readonly fact: Fact;
  /** The day it counts on. */
  readonly day: Day;
  /** Those of its dimensions that are tracked, with `(other)` for values past the limit. */
  readonly segments: Segments;
}

/** What a fact brings about by itself, whatever happened before. */
export function occurrencesOf({ fact, day, segments }: PlacedFact): Occurrence[] {
  switch (fact.type) {
    case "response":
      return [{ kind: "answered", day, segments, survey: fact.survey, scale: fact.scale, score: fact.score }];
    case "purchase.made":
      return [{ kind: "purchased", day, segments, ...fact.money }];
    case "purchase.refunded":
      return [{ kind: "refunded", day, segments, ...fact.money }];
    default:
      return [];
  }
}

/** The customer whose history a fact belongs to, or `undefined` where it changes no history. */
export function customerOf(fact: Fact): string | undefined {
  switch (fact.type) {
    case "customer.joined":
    case "customer.left":
    case "customer.returned":
    case "purchase.made":
      return fact.customerId;
    default:
      return undefined;
  }
}

/** A customer's history with one more fact. Facts that change no history leave it as it is. */
export function applyToCustomer(
  history: CustomerHistory,
  { fact, day, segments }: PlacedFact,
): CustomerHistory {
  const origin = (explicit: boolean): Origin => ({
    explicit,
    at: fact.occurredAt,
    factId: fact.id,
    segments,
  });
  const step = (kind: LifecycleStep["kind"]): CustomerHistory =>
    withStep(history, { kind, at: fact.occurredAt, day: dayNumber(day) }, origin(true));
  switch (fact.type) {
    case "customer.joined":
      return step("joined");
    case "customer.left":
      return step("left");
    case "customer.returned":
      return step("returned");
    case "purchase.made":
      return withPurchase(history, dayNumber(day), origin(false));
    default:
      return history;
  }
}
