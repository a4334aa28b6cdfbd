import { type Day, dayFromNumber } from "../calendar/days.ts";
import { granularities, intervalStart } from "../calendar/intervals.ts";
import { reservedValues } from "../facts/base.ts";
import type { History, Step } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** Explicit steps of a customer's life, in the order in which they count when they happened at the same instant. */
const lifecycleKinds = ["joined", "left", "returned"] as const;

/** The part of a history that presence depends on. */
export type PresenceHistory = Pick<History<(typeof lifecycleKinds)[number] | "purchased">, "steps">;

/**
 * When a customer arrives and is lost. Losses by inactivity that time alone will bring are included, on the day on which they
 * fall due.
 * @param inactivityDays the customer is lost on the last of this many days without a purchase; `null` for never
 */
export function presence(
  history: PresenceHistory,
  inactivityDays: number | null,
  segments: Segments,
): Occurrence[] {
  const occurrences: Occurrence[] = [];
  const purchases = daysOf(history.steps.purchased);
  const steps = lifecycleByDay(history);
  const days = steps ? [...new Set([...purchases, ...steps.keys()])].sort((a, b) => a - b) : purchases;
  let purchased = 0;
  let everActive = false;
  let activeSince: number | null = null;
  let lastSign = 0;

  const arrive = (day: number, kind: "customer-new" | "customer-returned") => {
    occurrences.push({ kind, day: dayFromNumber(day), segments });
    everActive = true;
    activeSince = day;
    lastSign = day;
  };
  const lose = (day: number, reason: string) => {
    if (activeSince === null) return;
    occurrences.push(lossOf(dayFromNumber(activeSince), dayFromNumber(day), reason, segments));
    activeSince = null;
  };
  const loseByInactivityBefore = (day: number) => {
    if (inactivityDays === null || activeSince === null) return;
    if (lastSign + inactivityDays < day) lose(lastSign + inactivityDays, reservedValues.inactive);
  };

  for (const day of days) {
    loseByInactivityBefore(day);
    if (purchases[purchased] === day) {
      purchased += 1;
      if (activeSince === null) arrive(day, everActive ? "customer-returned" : "customer-new");
      lastSign = day;
    }
    for (const { kind, detail } of steps?.get(day) ?? []) {
      if (kind === "left") lose(day, detail);
      else if (activeSince === null) {
        arrive(day, kind === "joined" && !everActive ? "customer-new" : "customer-returned");
      }
    }
  }
  loseByInactivityBefore(Number.POSITIVE_INFINITY);
  return occurrences;
}

/** The days of steps, which are in order: each once. */
function daysOf(steps: readonly Step[]): number[] {
  const days: number[] = [];
  for (const { day } of steps) if (days[days.length - 1] !== day) days.push(day);
  return days;
}

/** The explicit steps by their day; `undefined` where there are none, as of most customers. */
function lifecycleByDay({ steps }: PresenceHistory) {
  if (lifecycleKinds.every((kind) => steps[kind].length === 0)) return undefined;
  const inOrder = lifecycleKinds
    .flatMap((kind) => steps[kind].map(({ day, at, detail }) => ({ kind, day, at, detail })))
    .sort((a, b) => a.at - b.at || lifecycleKinds.indexOf(a.kind) - lifecycleKinds.indexOf(b.kind));
  return Map.groupBy(inOrder, ({ day }) => day);
}

function lossOf(activeSince: Day, day: Day, reason: string, segments: Segments): Occurrence {
  return {
    kind: "customer-lost",
    day,
    segments,
    reason,
    activeAtStartOf: granularities.filter((granularity) => activeSince < intervalStart(granularity, day)),
  };
}
