import type { Fact } from "../../facts/parse.ts";
import type { PaymentFact } from "../../facts/payments.ts";
import { chunksAsAsked, chunksOf } from "../table/chunks.ts";
import type { Table } from "../table/client.ts";
import type { Deadline } from "../table/retries.ts";
import { listByCustomer } from "./fact-places.ts";
import type { StoredFact } from "./facts.ts";
import { isResponse, readPlaces, type StoredResponse } from "./responses.ts";

/** A customer's facts, newest first, and what they add up to. */

/** How many facts are read at the same time. */
const partSize = 1_000;

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
  const first = await chunksAsAsked(list, limit + 1).next();
  const places = first.done ? [] : first.value;
  const page = places.slice(0, limit);
  const facts: StoredFact[] = [];
  for (const part of chunksOf(page, partSize)) {
    facts.push(...(await readPlaces(table, workspace, part, deadline)).values());
  }
  return {
    // The index may still show a fact that has lost its customer.
    facts: facts.filter(({ fact }) => fact.customerId === customerId),
    next: places.length > limit ? page.at(-1)?.position : undefined,
  };
}

/** What a customer's facts add up to. */
export interface CustomerTotals {
  /** In minor units by currency. */
  readonly revenue: ReadonlyMap<string, bigint>;
  readonly refunds: ReadonlyMap<string, bigint>;
  /** The newest response to each survey among those that count. */
  readonly latest: readonly StoredResponse[];
  /** How many facts were added up. */
  readonly facts: number;
  /** Whether these are all facts of the customer. */
  readonly complete: boolean;
}

/**
 * Adds up a customer's facts, the newest first.
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
  const { facts, next } = await readFactsOf(table, workspace, customerId, { limit: most }, deadline);
  const [revenue, refunds] = [new Map<string, bigint>(), new Map<string, bigint>()];
  const latest = new Map<string, StoredResponse>();
  for (const stored of facts) {
    if (isPayment(stored.fact)) {
      const { type, money } = stored.fact;
      const sums = type === "purchase.made" ? revenue : refunds;
      sums.set(money.currency, (sums.get(money.currency) ?? 0n) + money.amountMinor);
    }
    if (isResponse(stored) && !stored.excluded && !latest.has(stored.fact.survey)) {
      latest.set(stored.fact.survey, stored);
    }
  }
  return {
    ...{ revenue, refunds },
    latest: [...latest.values()],
    facts: facts.length,
    complete: next === undefined,
  };
}

function isPayment(fact: Fact): fact is PaymentFact {
  return fact.type === "purchase.made" || fact.type === "purchase.refunded";
}
