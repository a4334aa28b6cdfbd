import { type Day, dayNumber } from "../../domain/calendar/days.ts";
import {
  type Amounts,
  type CustomerDay,
  type GivenScore,
  isLater,
  type LifeStep,
  lifeKinds,
  type SubscriptionTurn,
  subscriptionKinds,
} from "../../domain/entities/customer-days.ts";
import { type Origin, type Step, withOrigin } from "../../domain/entities/history.ts";
import type { Occurrence } from "../../domain/entities/occurrences/occurrence.ts";
import { presence } from "../../domain/entities/presence.ts";
import { recurringRevenue } from "../../domain/entities/recurring-revenue.ts";
import type { ScoreSurvey } from "../../domain/facts/responses.ts";
import type { ActiveDay } from "../../domain/metrics/lifetime/cohorts.ts";
import type { Contract } from "../../domain/metrics/lifetime/contracts.ts";
import type { PurchaseDay } from "../../domain/metrics/lifetime/purchases.ts";
import { contractsOf, subscriptionContractsOf } from "./contracts-of.ts";

/** A customer of a list, added up from what days say; and what was known of it at the end of a day. */

/** `none`: never a customer, for example someone who only answered a survey. */
export const customerStates = ["active", "lost", "none"] as const;

/** Where a customer stands. */
export type CustomerState = (typeof customerStates)[number];

/** A day on which a customer did something, by number, and how often it bought then. */
interface SeenDay {
  readonly day: number;
  readonly orders: number;
  /** What these brought, in minor units by currency. */
  readonly revenue: Amounts;
  /** What was given back. */
  readonly refunds: Amounts;
}

interface DatedStep extends LifeStep {
  readonly day: number;
}

interface DatedTurn extends SubscriptionTurn {
  readonly day: number;
}

interface DatedScore extends GivenScore {
  readonly day: Day;
}

/** A score that a customer gave, and the day on which it counts. */
export type KnownScore = DatedScore;

const nothing = new Map<string, bigint>();

/** A customer. Days are added in any order, each once. */
export class ListedCustomer {
  readonly id: string;
  #days: SeenDay[] = [];
  #steps: DatedStep[] = [];
  #turns: DatedTurn[] = [];
  #scores: DatedScore[] = [];
  #revenue: Map<string, bigint> = nothing;
  #refunds: Map<string, bigint> = nothing;
  #origin: Origin | null = null;
  #isSorted = true;
  /** Arrivals and losses under the last setting that was asked for. */
  #presence: { readonly inactivityDays: number | null; readonly steps: readonly Occurrence[] } | undefined;

  constructor(id: string) {
    this.id = id;
  }

  /** The same customer, to which days can be added that this one does not get. */
  copy(): ListedCustomer {
    const copy = new ListedCustomer(this.id);
    copy.#days = [...this.#days];
    copy.#steps = [...this.#steps];
    copy.#turns = [...this.#turns];
    copy.#scores = [...this.#scores];
    copy.#revenue = new Map(this.#revenue);
    copy.#refunds = new Map(this.#refunds);
    copy.#origin = this.#origin;
    copy.#isSorted = this.#isSorted;
    return copy;
  }

  /** Adds what one more day says. */
  add({ day: on, orders, revenue, refunds, steps, subscriptions, scores, origin }: CustomerDay): void {
    const day = dayNumber(on);
    this.#days.push({ day, orders, revenue, refunds });
    for (const step of steps) this.#steps.push({ ...step, day });
    for (const turn of subscriptions) this.#turns.push({ ...turn, day });
    for (const score of scores) this.#scores.push({ ...score, day: on });
    if (revenue.size > 0) this.#revenue = summed(this.#revenue, revenue);
    if (refunds.size > 0) this.#refunds = summed(this.#refunds, refunds);
    if (origin) this.#origin = withOrigin({ steps: {}, origin: this.#origin }, origin).origin;
    this.#isSorted = false;
    this.#presence = undefined;
  }

  /** In minor units, by currency. */
  get revenue(): Amounts {
    return this.#revenue;
  }

  get refunds(): Amounts {
    return this.#refunds;
  }

  /** How many purchases. */
  get orders(): number {
    return this.#days.reduce((sum, { orders }) => sum + orders, 0);
  }

  /** The dimensions of the fact with which it was won. */
  get dimensions(): Readonly<Record<string, string>> {
    return this.#origin?.segments ?? {};
  }

  /** The last day up to a day on which it did anything, by number. */
  lastSeen(on: number): number | undefined {
    this.#sort();
    return this.#days.findLast(({ day }) => day <= on)?.day;
  }

  /** The last day up to a day on which it bought, by number. */
  lastPurchase(on: number): number | undefined {
    this.#sort();
    return this.#days.findLast(({ day, orders }) => day <= on && orders > 0)?.day;
  }

  /** The days on which it bought in a currency, in order, with the amounts of each. */
  purchases(currency: string): PurchaseDay[] {
    this.#sort();
    return this.#days.flatMap(({ day, orders, revenue }) => {
      const amount = orders > 0 ? revenue.get(currency) : undefined;
      return amount === undefined ? [] : [{ day, amountMinor: Number(amount) }];
    });
  }

  /** What was spent in a currency and given back up to a day, by number. */
  spentThrough(
    on: number,
    currency: string,
  ): { readonly spentMinor: bigint; readonly refundedMinor: bigint } {
    let [spentMinor, refundedMinor] = [0n, 0n];
    for (const { day, revenue, refunds } of this.#days) {
      if (day > on) continue;
      spentMinor += revenue.get(currency) ?? 0n;
      refundedMinor += refunds.get(currency) ?? 0n;
    }
    return { spentMinor, refundedMinor };
  }

  /** The days on which it bought in any currency, in order, with the amounts in one. */
  activeDays(currency: string): ActiveDay[] {
    this.#sort();
    return this.#days.flatMap(({ day, orders, revenue }) =>
      orders > 0 ? [{ day, orders, amountMinor: revenue.get(currency) ?? 0n }] : [],
    );
  }

  /** The latest score that it gave in a survey up to the end of a day. */
  score(survey: ScoreSurvey, on: Day): KnownScore | undefined {
    this.#sort();
    return this.#scores.findLast((score) => score.survey === survey && score.day <= on);
  }

  /** When it arrived and was lost, in order. @param inactivityDays see the settings of the workspace */
  presence(inactivityDays: number | null): readonly Occurrence[] {
    if (this.#presence?.inactivityDays === inactivityDays) return this.#presence.steps;
    this.#sort();
    const steps = presence({ steps: this.#stepsByKind() }, inactivityDays, {});
    this.#presence = { inactivityDays, steps };
    return steps;
  }

  /** The times from joining or coming back to leaving explicitly, in order; inactivity ends none. */
  contracts(): Contract[] {
    return contractsOf(this.presence(null));
  }

  /**
   * The times in which it paid for subscriptions in a currency, in order, with what it pays a month: as its recurring revenue has them.
   * @param through what is known, by number
   */
  subscriptions(currency: string, through: number): Contract[] {
    if (this.#turns.length === 0) return [];
    const ofKind = (kind: SubscriptionTurn["kind"]): Step[] =>
      this.#turns
        .filter((turn) => turn.kind === kind && turn.day <= through)
        .map(({ day, at, detail }) => ({ day, at, detail, times: 1 }));
    const [subscribed = [], subscriptionChanged = [], unsubscribed = []] = subscriptionKinds.map(ofKind);
    const moves = recurringRevenue({ steps: { subscribed, subscriptionChanged, unsubscribed } }, {});
    return subscriptionContractsOf(moves, currency);
  }

  #stepsByKind() {
    const purchased = this.#days.flatMap(({ day, orders: times }): Step[] =>
      times > 0 ? [{ day, at: 0, detail: "", times }] : [],
    );
    const ofKind = (kind: LifeStep["kind"]) =>
      this.#steps
        .filter((step) => step.kind === kind)
        .map(({ day, at }): Step => ({ day, at, detail: "", times: 1 }));
    const [joined, left, returned] = lifeKinds.map(ofKind);
    return { joined: joined ?? [], left: left ?? [], returned: returned ?? [], purchased };
  }

  #sort(): void {
    if (this.#isSorted) return;
    this.#days.sort((a, b) => a.day - b.day);
    this.#scores.sort((a, b) => (isLater(a, b) ? 1 : -1));
    this.#isSorted = true;
  }
}

function summed(sums: ReadonlyMap<string, bigint>, more: Amounts): Map<string, bigint> {
  const result = new Map(sums);
  for (const [currency, amount] of more) result.set(currency, (result.get(currency) ?? 0n) + amount);
  return result;
}

/** Where a customer stood at the end of a day. */
export interface StandingOnDay {
  readonly state: CustomerState;
  /** The first day of being a customer. */
  readonly joinedOn: Day | null;
  /** The last day of being lost, and the last of coming back. */
  readonly lostOn: Day | null;
  readonly returnedOn: Day | null;
}

/** Where a customer stood at the end of a day: the same as `standingOf` says of its history. */
export function standingOn(
  customer: ListedCustomer,
  { inactivityDays }: { readonly inactivityDays: number | null },
  on: Day,
): StandingOnDay {
  const steps = customer.presence(inactivityDays);
  const last = steps.findLast(({ day }) => day <= on);
  const lastOf = (kind: Occurrence["kind"]) =>
    steps.findLast((step) => step.kind === kind && step.day <= on)?.day ?? null;
  const [first] = steps;
  if (!last || !first) return { state: "none", joinedOn: null, lostOn: null, returnedOn: null };
  return {
    state: last.kind === "customer-lost" ? "lost" : "active",
    joinedOn: first.day,
    lostOn: lastOf("customer-lost"),
    returnedOn: lastOf("customer-returned"),
  };
}
