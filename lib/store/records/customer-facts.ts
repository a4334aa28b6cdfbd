import type { Day } from "../../domain/calendar/days.ts";
import type { Money } from "../../domain/facts/money.ts";
import type { Fact } from "../../domain/facts/parse.ts";
import type { PaymentFact } from "../../domain/facts/payments.ts";
import { chunksAsAsked } from "../table/chunks.ts";
import type { Table } from "../table/client.ts";
import { isTooMuch } from "../table/errors.ts";
import type { Deadline } from "../table/retries.ts";
import { type FactPlace, listByCustomer } from "./fact-places.ts";
import type { StoredFact } from "./facts.ts";
import { isResponse, readPlaces, type StoredResponse } from "./responses.ts";

/** A customer's facts, newest first, and what they add up to. */

/** How many facts are listed between two looks at what is left of the budget. */
const partSize = 200;

/** A page of a customer's facts. */
export interface FactPage {
  readonly facts: readonly StoredFact[];
  /** Where the next page begins, or `undefined` after the last one. */
  readonly next: string | undefined;
}

/**
 * Reads a page of a customer's facts, newest first. A fact shows within a moment of being recorded.
 * @param after the position of the last fact of the page before
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readFactsOf(
  table: Table,
  workspace: string,
  customerId: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  deadline: Deadline,
): Promise<FactPage> {
  const listing = { newestFirst: true, expected: limit + 1, after };
  const list = listByCustomer(table, workspace, customerId, listing);
  const chunks = chunksAsAsked(list, limit + 1);
  const first = await chunks.next();
  const places = first.done ? [] : first.value;
  const page = places.slice(0, limit);
  // An entry that the budget was not enough for begins the next page.
  const isCut = await chunks.next().then(
    () => false,
    (error: unknown) => {
      if (isTooMuch(error)) return true;
      throw error;
    },
  );
  const read = await readPlaces(table, workspace, page, deadline);
  return {
    facts: ownFacts(page, read, customerId),
    next: isCut || places.length > limit ? page.at(-1)?.position : undefined,
  };
}

/** The totals of a customer's facts. */
export interface CustomerTotals {
  /** In minor units by currency. */
  readonly revenue: ReadonlyMap<string, bigint>;
  readonly refunds: ReadonlyMap<string, bigint>;
  /** The purchases: what they brought each day, in minor units by currency. */
  readonly bought: ReadonlyMap<Day, ReadonlyMap<string, bigint>>;
  /** The newest response to each survey among those that count. */
  readonly latest: readonly StoredResponse[];
  /** How many facts were added up. */
  readonly facts: number;
  /** Whether these are all facts of the customer. */
  readonly complete: boolean;
}

/**
 * Adds up a customer's facts, the newest first, as far as the budget goes.
 * @param most at most so many are read
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readTotalsOf(
  table: Table,
  workspace: string,
  customerId: string,
  most: number,
  deadline: Deadline,
): Promise<CustomerTotals> {
  const [revenue, refunds] = [new Map<string, bigint>(), new Map<string, bigint>()];
  const latest = new Map<string, StoredResponse>();
  const bought = new Map<Day, Map<string, bigint>>();
  let [looked, facts, complete] = [0, 0, true];
  const add = (stored: StoredFact) => {
    facts += 1;
    if (isPayment(stored.fact) && !stored.excluded) {
      const { type, money } = stored.fact;
      const sums = type === "purchase.made" ? revenue : refunds;
      addTo(sums, money);
      if (type === "purchase.made") {
        const ofDay = bought.get(stored.day) ?? new Map<string, bigint>();
        bought.set(stored.day, ofDay);
        addTo(ofDay, money);
      }
    }
    if (isResponse(stored) && !stored.excluded && !latest.has(stored.fact.survey)) {
      latest.set(stored.fact.survey, stored);
    }
  };
  const list = listByCustomer(table, workspace, customerId, { newestFirst: true, expected: partSize });
  try {
    for await (const places of chunksAsAsked(list, partSize)) {
      const page = places.slice(0, most - looked);
      for (const stored of ownFacts(page, await readPlaces(table, workspace, page, deadline), customerId)) {
        add(stored);
      }
      looked += page.length;
      complete = page.length === places.length;
      if (!complete) break;
    }
  } catch (error) {
    if (!isTooMuch(error)) throw error;
    complete = false;
  }
  return { ...{ revenue, refunds, bought, facts, complete }, latest: [...latest.values()] };
}

function addTo(sums: Map<string, bigint>, { currency, amountMinor }: Money): void {
  sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
}

/** The facts of some places, in their order. The index may still show a fact that has lost its customer. */
function ownFacts(
  places: readonly FactPlace[],
  read: ReadonlyMap<string, StoredFact>,
  customerId: string,
): StoredFact[] {
  return places.flatMap(({ id }) => read.get(id) ?? []).filter(({ fact }) => fact.customerId === customerId);
}

function isPayment(fact: Fact): fact is PaymentFact {
  return fact.type === "purchase.made" || fact.type === "purchase.refunded";
}
