import { type Day, dayFromNumber } from "../calendar/days.ts";
import { granularities, intervalStart } from "../calendar/intervals.ts";
import type { Occurrence, Segments } from "./occurrences.ts";

/**
 * A customer: the history that its occurrences depend on, and the occurrences that follow from it. A fact is put
 * into the history wherever it belongs in time, and the occurrences are derived anew: facts in any order of arrival
 * end in the same occurrences.
 */

/** Explicit steps of a customer's life, in the order in which they count when they happened at the same instant. */
export const lifecycleKinds = ["joined", "left", "returned"] as const;

/** An explicit step. */
export interface LifecycleStep {
  readonly kind: (typeof lifecycleKinds)[number];
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** Number of the day it counts on (see `lib/calendar/days.ts`). */
  readonly day: number;
}

/** Purchases of one day. */
export interface PurchaseDay {
  readonly day: number;
  readonly purchases: number;
}

/** The fact that made the customer one, and the segments it gave. */
export interface Origin {
  /** An explicit step says more about a customer than a purchase that implied one. */
  readonly explicit: boolean;
  readonly at: number;
  readonly factId: string;
  readonly segments: Segments;
}

/** What is remembered of a customer. Both lists are sorted by time. */
export interface CustomerHistory {
  readonly lifecycle: readonly LifecycleStep[];
  readonly purchaseDays: readonly PurchaseDay[];
  readonly origin: Origin | null;
}

/** A customer of whom nothing is known. */
export const unknownCustomer: CustomerHistory = { lifecycle: [], purchaseDays: [], origin: null };

/** A history with one more explicit step. */
export function withStep(history: CustomerHistory, step: LifecycleStep, origin: Origin): CustomerHistory {
  const lifecycle = [...history.lifecycle, step].sort(
    (a, b) => a.at - b.at || lifecycleKinds.indexOf(a.kind) - lifecycleKinds.indexOf(b.kind),
  );
  return {
    ...history,
    lifecycle,
    origin: step.kind === "left" ? history.origin : earlierOrigin(history.origin, origin),
  };
}

/** A history with one more purchase on a day. */
export function withPurchase(history: CustomerHistory, day: number, origin: Origin): CustomerHistory {
  const known = history.purchaseDays.find((purchaseDay) => purchaseDay.day === day);
  const purchaseDays = known
    ? history.purchaseDays.map((purchaseDay) =>
        purchaseDay === known ? { day, purchases: known.purchases + 1 } : purchaseDay,
      )
    : [...history.purchaseDays, { day, purchases: 1 }].sort((a, b) => a.day - b.day);
  return { ...history, purchaseDays, origin: earlierOrigin(history.origin, origin) };
}

function earlierOrigin(known: Origin | null, candidate: Origin): Origin {
  if (!known) return candidate;
  if (known.explicit !== candidate.explicit) return known.explicit ? known : candidate;
  if (known.at !== candidate.at) return known.at < candidate.at ? known : candidate;
  return known.factId <= candidate.factId ? known : candidate;
}

/**
 * Everything that a customer's history brings about: the arrivals, the losses, the first and the second purchase.
 * Losses by inactivity that time alone will bring are included, on the day on which they fall due.
 * @param inactivityDays the customer is lost on the last of this many days without a purchase; `null` for never
 */
export function deriveCustomer(history: CustomerHistory, inactivityDays: number | null): Occurrence[] {
  const segments = history.origin?.segments ?? {};
  return [...presence(history, inactivityDays, segments), ...purchaseNumbers(history, segments)];
}

function presence(history: CustomerHistory, inactivityDays: number | null, segments: Segments): Occurrence[] {
  const occurrences: Occurrence[] = [];
  const purchases = new Set(history.purchaseDays.map(({ day }) => day));
  const steps = Map.groupBy(history.lifecycle, ({ day }) => day);
  const days = [...new Set([...purchases, ...steps.keys()])].sort((a, b) => a - b);
  let everActive = false;
  let activeSince: number | null = null;
  let lastSign = 0;

  const arrive = (day: number, kind: "customer-new" | "customer-returned") => {
    occurrences.push({ kind, day: dayFromNumber(day), segments });
    everActive = true;
    activeSince = day;
    lastSign = day;
  };
  const lose = (day: number) => {
    if (activeSince === null) return;
    occurrences.push(lossOf(dayFromNumber(activeSince), dayFromNumber(day), segments));
    activeSince = null;
  };
  const loseByInactivityBefore = (day: number) => {
    if (inactivityDays === null || activeSince === null) return;
    if (lastSign + inactivityDays < day) lose(lastSign + inactivityDays);
  };

  for (const day of days) {
    loseByInactivityBefore(day);
    if (purchases.has(day)) {
      if (activeSince === null) arrive(day, everActive ? "customer-returned" : "customer-new");
      lastSign = day;
    }
    for (const { kind } of steps.get(day) ?? []) {
      if (kind === "left") lose(day);
      else if (activeSince === null) {
        arrive(day, kind === "joined" && !everActive ? "customer-new" : "customer-returned");
      }
    }
  }
  loseByInactivityBefore(Number.POSITIVE_INFINITY);
  return occurrences;
}

function lossOf(activeSince: Day, day: Day, segments: Segments): Occurrence {
  return {
    kind: "customer-lost",
    day,
    segments,
    activeAtStartOf: granularities.filter((granularity) => activeSince < intervalStart(granularity, day)),
  };
}

function purchaseNumbers(history: CustomerHistory, segments: Segments): Occurrence[] {
  const occurrences: Occurrence[] = [];
  let total = 0;
  for (const { day, purchases } of history.purchaseDays) {
    if (total === 0) occurrences.push({ kind: "first-purchase", day: dayFromNumber(day), segments });
    if (total < 2 && total + purchases >= 2) {
      occurrences.push({ kind: "second-purchase", day: dayFromNumber(day), segments });
    }
    total += purchases;
    if (total >= 2) break;
  }
  return occurrences;
}
