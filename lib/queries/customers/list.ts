import { type Day, dayFromNumber, dayNumber, earlierDay } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import type { Amounts } from "../../domain/entities/customer-days.ts";
import type { ScoreSurvey } from "../../domain/facts/responses.ts";
import { surveyScales } from "../../domain/facts/responses.ts";
import type { RfmSegment } from "../../domain/metrics/lifetime/rfm.ts";
import { listByCustomer } from "../../store/records/fact-places.ts";
import { latestPrediction } from "../../store/settings/predictions.ts";
import { isTooMuch } from "../../store/table/errors.ts";
import { type Bounds, type CustomerConditions, customerTest, isWithin } from "./conditions.ts";
import { type KnownScore, type ListedCustomer, type StandingOnDay, standingOn } from "./customer.ts";
import { type CustomersContext, type KnownCustomers, readCustomers } from "./known-customers.ts";
import {
  type PredictedCustomer,
  predictedAlive,
  predictedCustomer,
  type RatedCustomer,
} from "./predicted-customer.ts";
import { ratingNow } from "./rfm.ts";

/** Lists of customers: who fulfils conditions, in an order, page by page. */

/** By what a list can be sorted: the first day as a customer, the last day on which anything is known, revenue in the workspace's currency, number of purchases, what the latest models expect, and the sum of the fifths of recency, frequency and money. */
export const customerSorts = [
  ...(["joined", "lastSeen", "revenue", "orders"] as const),
  ...(["pAlive", "predictedValue", "rfm"] as const),
] as const;

/** The order of a list. */
export interface CustomerOrder {
  readonly by: (typeof customerSorts)[number];
  readonly direction: "asc" | "desc";
}

/** Where a page ended: the next one begins after it. */
export interface CustomerPosition {
  /** The last customer's value of the field that the list is sorted by; customers without one come last. */
  readonly value: string | null;
  readonly id: string;
}

/** A page to list. */
export interface CustomerSearch {
  readonly conditions: CustomerConditions;
  /** What the latest models have to expect. */
  readonly expected?: ExpectedConditions;
  readonly order: CustomerOrder;
  readonly limit: number;
  readonly after?: CustomerPosition | undefined;
}

/** Conditions on what the latest prediction says: customers of whom it says nothing do not fulfil them. */
export interface ExpectedConditions {
  readonly pAlive?: Bounds<number> | undefined;
  /** In minor units. */
  readonly valueMinor?: Bounds<number> | undefined;
  readonly segments?: readonly RfmSegment[] | undefined;
}

/** A customer as it is listed. */
export interface CustomerEntry extends StandingOnDay {
  readonly id: string;
  readonly lastSeenOn: Day;
  readonly lastPurchaseOn: Day | null;
  readonly orders: number;
  /** In minor units, by currency. */
  readonly revenue: Amounts;
  readonly refunds: Amounts;
  /** What the latest models expect of it. */
  readonly predicted: PredictedCustomer | undefined;
  /** By recency, frequency and money. */
  readonly rated: RatedCustomer | undefined;
  /** Those of the fact with which it was won. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** The latest score of each survey. */
  readonly scores: Readonly<Partial<Record<ScoreSurvey, KnownScore>>>;
}

/** A page of customers. */
export interface CustomerPage extends Pick<KnownCustomers, "through" | "changedDays"> {
  readonly entries: readonly CustomerEntry[];
  /** How many customers fulfil the conditions. */
  readonly total: number;
  /** Where the next page begins; absent after the last one. */
  readonly next?: CustomerPosition | undefined;
}

/**
 * Lists customers: `listCustomers({ table, workspace, deadline, files: defaultFiles() }, { conditions, order, limit }, Date.now())`, with
 * a table that has a budget of reads. Pages of the same search give `next` of the page before as `after`. Costs a request
 * to the archive for each of its days that this process has not read before, and 40 read units and more for the days that are not in it.
 * @throws NotArchivedYet where days that have no file hold more facts than the table's budget allows
 */
export async function listCustomers(
  context: CustomersContext,
  search: CustomerSearch,
  now: number,
): Promise<CustomerPage> {
  const { conditions, expected: expectedConditions = {}, order, limit, after } = search;
  const known = await readCustomers(context, now);
  const today = dayOf(now, context.workspace.timeZone);
  const matches = customerTest(conditions, context.workspace);
  const prediction = await latestPrediction(context.table, context.workspace.id);
  const lastKnown = earlierDay(known.through, today);
  const expected: Expected = {
    of: (customer) => predictedCustomer(prediction, customer, lastKnown),
    alive: (customer) => predictedAlive(prediction, customer, lastKnown),
    rated: ratingNow(known, context.workspace.currency, today),
  };
  const keyOf = keyOfOrder(order, context, today, expected);
  const found: Sorted[] = [];
  for (const customer of known.byId.values()) {
    if (!matches(customer, today) || !isExpected(customer, expected, expectedConditions)) continue;
    found.push({ customer, id: customer.id, key: keyOf(customer) });
  }
  const inOrder = comparisonOf(order);
  const begin = after && { id: after.id, key: keyOfText(order, after.value) };
  const rest = begin ? found.filter((one) => inOrder(one, begin) > 0) : found;
  rest.sort(inOrder);
  const page: Sorted[] = [];
  let looked = 0;
  for (; looked < rest.length && page.length < limit; looked += 1) {
    const one = rest[looked];
    if (one && !(known.suspects.has(one.id) && (await isGone(context, one.id)))) page.push(one);
  }
  const last = page.at(-1);
  return {
    entries: page.map(({ customer }) => ({
      ...entryOf(customer, context, today),
      predicted: expected.of(customer),
      rated: expected.rated(customer),
    })),
    total: found.length,
    ...{ through: known.through, changedDays: known.changedDays },
    next: last && looked < rest.length ? { id: last.id, value: textOfKey(last.key) } : undefined,
  };
}

type SortKey = number | bigint | null;

interface Place {
  readonly id: string;
  readonly key: SortKey;
}

interface Sorted extends Place {
  readonly customer: ListedCustomer;
}

function isExpected(
  customer: ListedCustomer,
  expected: Expected,
  { pAlive, valueMinor, segments }: ExpectedConditions,
): boolean {
  const isInside = (value: number | undefined, bounds: Bounds<number>) =>
    value !== undefined && isWithin(value, bounds);
  if (pAlive && !isInside(expected.alive(customer), pAlive)) return false;
  if (segments) {
    const rated = expected.rated(customer);
    if (!rated || !segments.includes(rated.segment)) return false;
  }
  return !valueMinor || isInside(expected.of(customer)?.valueMinor, valueMinor);
}

/** What the latest models expect of a customer, only the probability that it is there still, or its fifths. */
interface Expected {
  rated(customer: ListedCustomer): RatedCustomer | undefined;
  of(customer: ListedCustomer): PredictedCustomer | undefined;
  alive(customer: ListedCustomer): number | undefined;
}

function keyOfOrder(
  { by }: CustomerOrder,
  { workspace }: CustomersContext,
  today: Day,
  expected: Expected,
): (customer: ListedCustomer) => SortKey {
  switch (by) {
    case "joined":
      return (customer) => {
        const { joinedOn } = standingOn(customer, workspace, today);
        return joinedOn === null ? null : dayNumber(joinedOn);
      };
    case "lastSeen":
      return (customer) => customer.lastSeen(dayNumber(today)) ?? null;
    case "revenue":
      return ({ revenue }) => revenue.get(workspace.currency) ?? 0n;
    case "orders":
      return ({ orders }) => orders;
    case "pAlive":
      return (customer) => expected.alive(customer) ?? null;
    case "predictedValue":
      return (customer) => expected.of(customer)?.valueMinor ?? null;
    case "rfm":
      return (customer) => {
        const rated = expected.rated(customer);
        return rated ? rated.recency + rated.frequency + rated.money : null;
      };
  }
}

function textOfKey(key: SortKey): string | null {
  return key === null ? null : String(key);
}

function keyOfText({ by }: CustomerOrder, text: string | null): SortKey {
  if (text === null) return null;
  return by === "revenue" ? BigInt(text) : Number(text);
}

/** By key in the direction asked for, then by id; what has no key comes last. */
function comparisonOf({ direction }: CustomerOrder): (one: Place, other: Place) => number {
  const sign = direction === "asc" ? 1 : -1;
  return (one, other) => {
    if (one.key !== other.key) {
      if (one.key === null) return 1;
      if (other.key === null) return -1;
      return one.key < other.key ? -sign : sign;
    }
    return one.id === other.id ? 0 : one.id < other.id ? -1 : 1;
  };
}

/** Whether no fact names a customer any more. Where it cannot be looked up, it is taken to be gone: nobody who was erased is shown. */
async function isGone({ table, workspace }: CustomersContext, id: string): Promise<boolean> {
  try {
    const facts = listByCustomer(table, workspace.id, id, { newestFirst: true, expected: 1 });
    return (await facts.next()).done === true;
  } catch (error) {
    if (isTooMuch(error)) return true;
    throw error;
  }
}

function entryOf(
  customer: ListedCustomer,
  { workspace }: CustomersContext,
  today: Day,
): Omit<CustomerEntry, "predicted" | "rated"> {
  const on = dayNumber(today);
  const bought = customer.lastPurchase(on);
  const surveys = Object.keys(surveyScales) as ScoreSurvey[];
  const scores = surveys.flatMap((survey) => {
    const given = customer.score(survey, today);
    return given ? [[survey, given] as const] : [];
  });
  return {
    id: customer.id,
    ...standingOn(customer, workspace, today),
    lastSeenOn: dayFromNumber(customer.lastSeen(on) ?? on),
    lastPurchaseOn: bought === undefined ? null : dayFromNumber(bought),
    ...{ orders: customer.orders, revenue: customer.revenue, refunds: customer.refunds },
    dimensions: customer.dimensions,
    scores: Object.fromEntries(scores),
  };
}
