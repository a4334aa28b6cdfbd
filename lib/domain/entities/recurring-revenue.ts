import { dayFromNumber, dayNumber } from "../calendar/days.ts";
import { intervalStart } from "../calendar/intervals.ts";
import { monthlyParts, type SubscriptionFact, type SubscriptionPriceFact } from "../facts/subscriptions.ts";
import type { History, Step } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";
import {
  longIntervals,
  type RecurringRevenueMoved,
  type RevenueMovement,
} from "./occurrences/subscriptions.ts";

/** What a customer pays a month for its subscriptions, and how that moves from day to day. */

/** Steps of subscriptions, in the order in which they count when they happened at the same instant to a subscription that did not run before. */
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

/** What happened to one subscription; without a price where it ended. */
interface Turn {
  readonly kind: SubscriptionKind;
  readonly day: number;
  readonly at: number;
  readonly subscription: string;
  readonly price?: Price;
}

function turnOf(kind: SubscriptionKind, { day, at, detail }: Pick<Step, "day" | "at" | "detail">): Turn {
  if (kind === "unsubscribed") return { kind, day, at, subscription: detail };
  const [currency = "", parts = "0"] = detail.split(" ", 2);
  const subscription = detail.slice(currency.length + parts.length + 2);
  return { kind, day, at, subscription, price: { currency, parts: BigInt(parts) } };
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
  const running = new RunningPrices();
  const levels = new Map<string, Level[]>();
  for (const [day, ofDay] of Map.groupBy(inOrder(steps), (turn) => turn.day)) {
    const touched = new Set<string>();
    for (const turns of sameInstants(ofDay)) {
      for (const turn of inTurn(turns, running)) {
        for (const currency of running.turn(turn)) touched.add(currency);
      }
    }
    for (const currency of [...touched].sort()) {
      const known = levels.get(currency) ?? [];
      levels.set(currency, known);
      const parts = running.totalIn(currency);
      const moved = movementOf(known, parts, day);
      if (moved) occurrences.push({ kind: "recurring-revenue-moved", segments, currency, ...moved });
      known.push({ day, parts });
    }
  }
  return occurrences;
}

/** What a customer's subscriptions cost a month at one time. */
class RunningPrices {
  readonly #prices = new Map<string, Price>();
  readonly #totals = new Map<string, bigint>();

  has(subscription: string): boolean {
    return this.#prices.has(subscription);
  }

  totalIn(currency: string): bigint {
    return this.#totals.get(currency) ?? 0n;
  }

  /** @returns the currencies in which it may have changed something */
  turn({ subscription, price }: Turn): string[] {
    const before = this.#prices.get(subscription);
    if (before) this.#add(before.currency, -before.parts);
    if (price) {
      this.#prices.set(subscription, price);
      this.#add(price.currency, price.parts);
    } else this.#prices.delete(subscription);
    return [before, price].flatMap((one) => one?.currency ?? []);
  }

  #add(currency: string, parts: bigint): void {
    this.#totals.set(currency, this.totalIn(currency) + parts);
  }
}

/** By instant, then by subscription; of several prices of one kind the lowest comes first. */
function inOrder(steps: History<SubscriptionKind>["steps"]): Turn[] {
  const order = (kind: SubscriptionKind) => subscriptionKinds.indexOf(kind);
  return subscriptionKinds
    .flatMap((kind) => steps[kind].map((step) => turnOf(kind, step)))
    .sort(
      (a, b) =>
        a.day - b.day ||
        a.at - b.at ||
        compareTexts(a.subscription, b.subscription) ||
        order(a.kind) - order(b.kind) ||
        Number((a.price?.parts ?? 0n) - (b.price?.parts ?? 0n)) ||
        compareTexts(a.price?.currency ?? "", b.price?.currency ?? ""),
    );
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Those of one subscription at one instant together. */
function sameInstants(turns: readonly Turn[]): Iterable<readonly Turn[]> {
  return Map.groupBy(turns, ({ at, subscription }) => `${at} ${subscription}`).values();
}

/** In the order in which they count: one that runs and both ends and starts at an instant was begun anew; one that did not run was over at once. */
function inTurn(turns: readonly Turn[], running: RunningPrices): readonly Turn[] {
  const [first] = turns;
  if (!first || turns.length === 1 || !running.has(first.subscription)) return turns;
  const isEnd = ({ kind }: Turn) => kind === "unsubscribed";
  return [...turns.filter(isEnd), ...turns.filter((turn) => !isEnd(turn))];
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
