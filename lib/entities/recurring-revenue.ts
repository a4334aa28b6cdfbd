import { dayFromNumber, dayNumber } from "../calendar/days.ts";
import { intervalStart } from "../calendar/intervals.ts";
import { monthlyParts, type SubscriptionFact, type SubscriptionPriceFact } from "../facts/subscriptions.ts";
import type { History } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";
import {
  longIntervals,
  type RecurringRevenueMoved,
  type RevenueMovement,
} from "./occurrences/subscriptions.ts";

/** What a customer pays a month for its subscriptions, and how that moves from day to day. */

/** Steps of subscriptions, in the order in which they count when they happened at the same instant. */
const subscriptionKinds = ["subscribed", "subscriptionChanged", "unsubscribed"] as const;

type SubscriptionKind = (typeof subscriptionKinds)[number];

/** The kind and detail of the step that a fact of a subscription is. */
export function subscriptionStep(fact: SubscriptionFact): {
  readonly kind: SubscriptionKind;
  readonly detail: string;
} {
  if (fact.type === "subscription.ended") return { kind: "unsubscribed", detail: fact.subscriptionId };
  const kind = fact.type === "subscription.started" ? "subscribed" : "subscriptionChanged";
  return { kind, detail: priceDetail(fact) };
}

/** A price as a step has it: currency, amount a month, and the subscription, whose id may have any signs. */
function priceDetail(fact: SubscriptionPriceFact): string {
  return `${fact.money.currency} ${monthlyParts(fact)} ${fact.subscriptionId}`;
}

interface Price {
  readonly currency: string;
  readonly parts: bigint;
}

function priceIn(detail: string): Price & { readonly subscription: string } {
  const [currency = "", parts = "0"] = detail.split(" ", 2);
  return { currency, parts: BigInt(parts), subscription: detail.slice(currency.length + parts.length + 2) };
}

/** What is paid a month in one currency from a day on, by number. */
interface Level {
  readonly day: number;
  readonly parts: bigint;
}

/**
 * How a customer's recurring revenue moved: at most once a day and currency, from the end of one day to the end of the next. Each currency is by itself.
 */
export function recurringRevenue(
  { steps }: Pick<History<SubscriptionKind>, "steps">,
  segments: Segments,
): Occurrence[] {
  const occurrences: RecurringRevenueMoved[] = [];
  const running = new Map<string, Price>();
  const levels = new Map<string, Level[]>();
  for (const [day, ofDay] of Map.groupBy(inOrder(steps), (step) => step.day)) {
    const touched = new Set<string>();
    for (const { kind, detail } of ofDay) {
      const { subscription, ...price } =
        kind === "unsubscribed" ? { subscription: detail, currency: "", parts: 0n } : priceIn(detail);
      touched.add(running.get(subscription)?.currency ?? price.currency).add(price.currency);
      if (kind === "unsubscribed") running.delete(subscription);
      else running.set(subscription, price);
    }
    for (const currency of [...touched].sort()) {
      if (currency === "") continue;
      const known = levels.get(currency) ?? [];
      levels.set(currency, known);
      const parts = totalIn(running, currency);
      const moved = movementOf(known, parts, day);
      if (moved) occurrences.push({ kind: "recurring-revenue-moved", segments, currency, ...moved });
      known.push({ day, parts });
    }
  }
  return occurrences;
}

function inOrder(steps: Pick<History<SubscriptionKind>, "steps">["steps"]) {
  return subscriptionKinds
    .flatMap((kind, order) => steps[kind].map(({ day, at, detail }) => ({ kind, order, day, at, detail })))
    .sort((a, b) => a.day - b.day || a.at - b.at || a.order - b.order || (a.detail < b.detail ? -1 : 1));
}

function totalIn(running: ReadonlyMap<string, Price>, currency: string): bigint {
  let total = 0n;
  for (const price of running.values()) if (price.currency === currency) total += price.parts;
  return total;
}

/** @param levels the days before on which it changed, in order */
function movementOf(
  levels: readonly Level[],
  after: bigint,
  day: number,
): Pick<RecurringRevenueMoved, "day" | "movement" | "before" | "after" | "atStartOf"> | undefined {
  const before = levels.at(-1)?.parts ?? 0n;
  if (before === after) return undefined;
  const hasPaid = levels.some(({ parts }) => parts > 0n);
  const on = dayFromNumber(day);
  const [week, month, quarter, year] = longIntervals.map((interval) => {
    const start = dayNumber(intervalStart(interval, on));
    return levels.findLast((level) => level.day < start)?.parts ?? 0n;
  });
  return {
    ...{ day: on, movement: nameOf(before, after, hasPaid), before, after },
    atStartOf: { week: week ?? 0n, month: month ?? 0n, quarter: quarter ?? 0n, year: year ?? 0n },
  };
}

function nameOf(before: bigint, after: bigint, hasPaid: boolean): RevenueMovement {
  if (before === 0n) return hasPaid ? "reactivation" : "new";
  if (after === 0n) return "churn";
  return after > before ? "expansion" : "contraction";
}
