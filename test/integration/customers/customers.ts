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
  const { status, json } = await api.get<CustomerBody>(`/v1/customers?customerId=${encodeURIComponent(id)}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

/** The ids of all facts of a customer, read in pages. */
export async function factIdsOf(api: ApiClient, id: string, limit: number): Promise<string[]> {
  const ids: string[] = [];
  const parameters = new URLSearchParams({ limit: String(limit) });
  for (;;) {
    const { json } = await api.get<CustomerBody>(
      `/v1/customers?customerId=${encodeURIComponent(id)}&${parameters}`,
    );
    ids.push(...json.items.map((item) => item.id));
    if (json.nextCursor === null) return ids;
    parameters.set("cursor", json.nextCursor);
  }
}

/** What an erasure says that it did. */
export interface ErasedBody {
  readonly erased: {
    readonly facts: number;
    readonly comments: number;
    readonly customer: boolean;
    readonly deliveries: number;
  };
}

/** Erases a customer, and must succeed. */
export async function erase(api: ApiClient, id: string): Promise<ErasedBody["erased"]> {
  const path = `/v1/customers?customerId=${encodeURIComponent(id)}`;
  const { status, json } = await api.send<ErasedBody>("DELETE", path);
  expect(status, JSON.stringify(json)).toBe(200);
  return json.erased;
}

/** How many counters and histories are not what the stored facts say. */
export async function differencesOf(api: ApiClient, from: string, to: string): Promise<number> {
  const { json } = await api.post<{ differences: unknown[]; histories: unknown[]; unsettled: number }>(
    "/v1/reconciliation",
    { from, to },
  );
  return json.differences.length + json.histories.length + json.unsettled;
}
