import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { customerOf, purchase } from "../customers/customers.ts";
import { pageOf, type ResponseItem } from "./responses.ts";

/** What someone sends who knows the source. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
  await api.recordAll("responses", [answer("a", "2024-05-01"), answer("b", "2024-05-02")]);
});

function answer(id: string, day: string) {
  return { id, survey: "nps", score: 3, customerId: "c", occurredAt: `${day}T00:00:00Z` };
}

/** Makes a cursor of a list with a check that fits, as the product makes it. */
function forge(list: Readonly<Record<string, unknown>>, after: string): string {
  const sorted = Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256").update(JSON.stringify([sorted, after]));
  const check = hash.digest("base64url").slice(0, 16);
  return Buffer.from(JSON.stringify({ after, check })).toString("base64url");
}

/** The lists that have cursors: path with query, and what decides what is in them. */
function lists(): [path: string, list: Readonly<Record<string, unknown>>][] {
  const { workspace } = api;
  return [
    ["/v1/responses?limit=50", { workspace, dimensions: [] }],
    ["/v1/responses?customerId=c", { workspace, dimensions: [], customerId: "c" }],
    ["/v1/customers?customerId=c&limit=50", { workspace, customerId: "c" }],
  ];
}

describe("a cursor that somebody made", () => {
  it("is one of a list where it looks like those that are answered", async () => {
    const { nextCursor } = await pageOf(api, "limit=1");
    const made = forge({ workspace: api.workspace, dimensions: [] }, "2024-05-02#2024-05-02T00:00:00.000Z#b");
    expect(made).toBe(nextCursor);
  });

  it.each(["", "~", "2024", "2024-00-00", "\u0000", "2024\ud800", `2024-05-01#${"x".repeat(600)}`])(
    "is refused with the position %j, which no list has",
    async (after) => {
      for (const [path, list] of lists()) {
        const { status, json } = await api.get(`${path}&cursor=${forge(list, after)}`);
        expect([status, json.errors?.[0]?.pointer], path).toEqual([400, "/cursor"]);
      }
    },
  );

  it.each([
    "2024-00-00#2024-00-00T00:00:00.000Z#a",
    "0000-00-00#0000-00-00T00:00:00.000Z#a",
    "9999-99-99#9999-99-99T99:99:99.999Z#a",
    "2024-05-01#9999-99-99T99:99:99.999Z#a",
    "0000-00-00T00:00:00.000Z#a",
    "9999-99-99T99:99:99.999Z#a",
  ])("shows nothing with the position %s that the list does not show", async (after) => {
    await (await test.workspace()).recordAll("responses", [answer("foreign", "2024-05-01")]);
    for (const [path, list] of lists()) {
      const { status, json } = await api.get<{ items: ResponseItem[] }>(
        `${path}&cursor=${forge(list, after)}`,
      );
      expect(status, path).toBe(200);
      expect(["a", "b"], path).toEqual(expect.arrayContaining(json.items.map(({ id }) => id)));
    }
  });
});

describe("a parameter that a route does not know", () => {
  it("is refused, and nobody is erased", async () => {
    await api.recordAll("events", [purchase("p", "c", "2024-05-03")]);
    const { status, json } = await api.send("DELETE", "/v1/customers?customerId=c&dryRun=true");
    expect([status, json.errors?.[0]?.pointer]).toEqual([400, "/dryRun"]);
    expect((await customerOf(api, "c")).items).toHaveLength(3);
  });

  it("is refused, and no response leaves the counts", async () => {
    const body = { excluded: true, reason: "a test" };
    const { status, json } = await api.send("PATCH", "/v1/responses/a?dryRun=true", { body });
    expect([status, json.errors?.[0]?.pointer]).toEqual([400, "/dryRun"]);
    expect((await api.get<ResponseItem>("/v1/responses/a")).json).toMatchObject({
      excluded: false,
      audit: [],
    });
  });
});
