import type { Day } from "../calendar/days.ts";
import type { Money } from "../facts/money.ts";
import type { ScoreResponse, ScoreSurvey } from "../facts/responses.ts";
import { customer } from "./customer.ts";
import type { EnrichedFact } from "./enriched-fact.ts";
import type { History, Origin } from "./history.ts";

/** Facts of a day, condensed to a row for each customer: what a list of customers needs of them, and nothing more. */

/** The explicit steps of a life as a customer. */
export const lifeKinds = ["joined", "left", "returned"] as const;

/** When a customer joined, left or came back. */
export interface LifeStep {
  readonly kind: (typeof lifeKinds)[number];
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
}

/** The steps of subscriptions. */
export const subscriptionKinds = ["subscribed", "subscriptionChanged", "unsubscribed"] as const;

/** When a subscription began, got another price, or ended. */
export interface SubscriptionTurn {
  readonly kind: (typeof subscriptionKinds)[number];
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** Its price and its id, as the customer's history has them. */
  readonly detail: string;
}

/** A score that a customer gave. */
export interface GivenScore {
  readonly survey: ScoreSurvey;
  readonly scale: string;
  readonly score: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** The id of the response. */
  readonly id: string;
}

/** The facts of one day about one customer, condensed. */
export interface CustomerDay {
  readonly customerId: string;
  readonly day: Day;
  /** How many purchases. */
  readonly orders: number;
  /** In minor units, by currency. */
  readonly revenue: Amounts;
  readonly refunds: Amounts;
  /** In the order of their instants. */
  readonly steps: readonly LifeStep[];
  readonly subscriptions: readonly SubscriptionTurn[];
  /** The latest of each survey that counts. */
  readonly scores: readonly GivenScore[];
  /** The fact of the day that says most about how the customer was won, with the dimensions that were sent as its segments. */
  readonly origin: Origin | null;
}

/** A fact, and whether it was taken out of the counts. */
type StoredFact = EnrichedFact & { readonly excluded: boolean };

/** Amounts in minor units, by currency. */
export type Amounts = ReadonlyMap<string, bigint>;

/**
 * The rows of a day, by customer id. Facts that name no customer, and those taken out of the counts, are in none.
 * @param facts of the day, in any order
 */
export function customerDaysOf(day: Day, facts: Iterable<StoredFact>): CustomerDay[] {
  const byCustomer = new Map<string, StoredFact[]>();
  for (const stored of facts) {
    const { customerId } = stored.fact;
    if (customerId === undefined || stored.excluded) continue;
    const own = byCustomer.get(customerId);
    if (own) own.push(stored);
    else byCustomer.set(customerId, [stored]);
  }
  return [...byCustomer]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([customerId, own]) => ({ customerId, day, ...condensed(own) }));
}

function condensed(facts: readonly StoredFact[]): Omit<CustomerDay, "customerId" | "day"> {
  const [revenue, refunds] = [new Map<string, bigint>(), new Map<string, bigint>()];
  const scores = new Map<string, GivenScore>();
  let history: History = customer.unknown;
  for (const stored of facts) {
    const { fact } = stored;
    // All that was sent, whether it is tracked or not: a list can be filtered by any of it.
    history = customer.apply(history as typeof customer.unknown, { ...stored, segments: fact.dimensions });
    if (fact.type === "purchase.made") add(revenue, fact.money);
    else if (fact.type === "purchase.refunded") add(refunds, fact.money);
    else if (fact.type === "response" && "score" in fact) keepLatest(scores, scoreOf(fact));
  }
  const steps = lifeKinds.flatMap((kind) =>
    (history.steps[kind] ?? []).flatMap(({ at, times }) =>
      Array.from({ length: times }, () => ({ kind, at })),
    ),
  );
  const subscriptions = subscriptionKinds.flatMap((kind) =>
    (history.steps[kind] ?? []).flatMap(({ at, detail, times }) =>
      Array.from({ length: times }, () => ({ kind, at, detail })),
    ),
  );
  return {
    orders: (history.steps["purchased"] ?? []).reduce((sum, { times }) => sum + times, 0),
    ...{ revenue: sorted(revenue), refunds: sorted(refunds) },
    steps: steps.sort((a, b) => a.at - b.at),
    subscriptions,
    scores: [...sorted(scores).values()],
    origin: history.origin,
  };
}

function scoreOf({ survey, scale, score, occurredAt: at, id }: ScoreResponse) {
  return { survey, scale, score, at, id };
}

function keepLatest(latest: Map<string, GivenScore>, given: GivenScore): void {
  const known = latest.get(given.survey);
  if (!known || isLater(given, known)) latest.set(given.survey, given);
}

/** Whether one score was given after another; of two at the same instant the greater id is the later one. */
export function isLater(one: GivenScore, other: GivenScore): boolean {
  return one.at !== other.at ? one.at > other.at : one.id > other.id;
}

function add(sums: Map<string, bigint>, { amountMinor, currency }: Money) {
  sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
}

function sorted<Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
