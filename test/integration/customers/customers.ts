import { expect } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";

/** Customers as the API answers them, for tests. */

/** What is known of a customer. */
export interface CustomerBody {
  readonly id: string;
  readonly state: string;
  readonly purchases: number;
  readonly latestScores: readonly { readonly id: string; readonly score: number }[];
  readonly items: readonly { readonly id: string; readonly type: string }[];
  readonly nextCursor: string | null;
}

/** A purchase at the beginning of a day. */
export function purchase(id: string, customerId: string, day: string, more: object = {}) {
  return {
    ...{ id, type: "purchase.made", customerId, orderId: `o-${id}` },
    occurredAt: `${day}T00:00:00Z`,
    money: { amount: "10.00", currency: "USD" },
    ...more,
  };
}

/** A customer, who must be known. */
export async function customerOf(api: ApiClient, id: string): Promise<CustomerBody> {
  const { status, json } = await api.get<CustomerBody>(`/v1/customers/${encodeURIComponent(id)}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

/** The ids of all facts of a customer, read in pages. */
export async function factIdsOf(api: ApiClient, id: string, limit: number): Promise<string[]> {
  const ids: string[] = [];
  const parameters = new URLSearchParams({ limit: String(limit) });
  for (;;) {
    const { json } = await api.get<CustomerBody>(`/v1/customers/${encodeURIComponent(id)}?${parameters}`);
    ids.push(...json.items.map((item) => item.id));
    if (json.nextCursor === null) return ids;
    parameters.set("cursor", json.nextCursor);
  }
}
