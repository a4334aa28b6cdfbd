import { expect } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";

/** Survey responses as the API answers them, for tests. */

/** A listed response. */
export interface ResponseItem {
  readonly id: string;
  readonly survey: string;
  readonly score: number;
  readonly customerId?: string;
  readonly comment?: string;
  readonly excluded: boolean;
  readonly occurredAt: string;
  readonly day: string;
  readonly audit?: readonly {
    readonly at: string;
    readonly keyId: string;
    readonly excluded: boolean;
    readonly reason: string;
  }[];
}

/** A page of them. */
export interface ResponsePage {
  readonly items: readonly ResponseItem[];
  readonly nextCursor: string | null;
}

/** One page, which must be answered with 200. */
export async function pageOf(api: ApiClient, query = ""): Promise<ResponsePage> {
  const { status, json } = await api.get<ResponsePage>(`/v1/responses?${query}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

/** The ids of all pages, in order. */
export async function idsOf(api: ApiClient, query = ""): Promise<string[]> {
  const ids: string[] = [];
  const parameters = new URLSearchParams(query);
  for (;;) {
    const page = await pageOf(api, parameters.toString());
    ids.push(...page.items.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    parameters.set("cursor", page.nextCursor);
  }
}
