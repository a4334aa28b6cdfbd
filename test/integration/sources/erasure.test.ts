import { hash } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forgetDeliveriesNaming } from "../../../lib/store/settings/named-deliveries.ts";
import { deliverySearchKey } from "../../../lib/store/table/keys.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { signed } from "../../fixtures/sources/sign.ts";
import { SourceClient } from "../../fixtures/sources/source-client.ts";
import { storedItems } from "../../fixtures/stored.ts";
import { erase, purchase } from "../customers/customers.ts";

/** What is kept of what sources could not map, when a person is erased. */

let test: ApiCloud;
beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());

const person = "jane.doe@mail.example";

/** Sends a call that no option names, so that it is kept. */
async function keep(source: SourceClient, provider: string, call: object, write = JSON.stringify) {
  const body = write({ type: "track", event: "Unknown", timestamp: "2026-10-01T10:00:00Z", ...call });
  const response = await source.post(body, signed(provider, body));
  expect(await response.json()).toMatchObject({ recorded: 0, unmapped: 1 });
}

async function keptOf(api: ApiClient, source: string): Promise<string[]> {
  const { json } = await api.get<{ items: { payload: string }[] }>(`/v1/sources/${source}/unmapped`);
  return json.items.map(({ payload }) => payload);
}

describe("a person who is erased", () => {
  it("is in no delivery that is kept, however it was written there; deliveries about others stay", async () => {
    const api = await test.workspace();
    const [one, two] = [
      await SourceClient.make(api, "segment", { id: "app" }),
      await SourceClient.make(api, "rudderstack", { id: "site" }),
    ];
    const escaping = (value: unknown) => JSON.stringify(value).replaceAll("jane", "\\u006aan\\u0065");
    await keep(one, "segment", { messageId: "m1", userId: person });
    await keep(one, "segment", { messageId: "m2", userId: person }, escaping);
    await keep(two, "rudderstack", { messageId: "m3", properties: { note: `from Jane.Doe@mail.example.` } });
    await keep(one, "segment", { messageId: "m4", userId: "john", event: `Invited ${person}` });
    await keep(one, "segment", { messageId: "m5", userId: "john.doe@mail.example" });
    await api.recordAll("events", [purchase("p", person, "2024-05-01")]);

    expect(await erase(api, person)).toEqual({ facts: 1, comments: 0, customer: true, deliveries: 4 });
    expect(await keptOf(api, "site")).toEqual([]);
    const left = await keptOf(api, "app");
    expect(left).toHaveLength(1);
    expect(left[0]).toContain("john.doe");
    for (const item of await storedItems(test.cloud, api.workspace)) expect(item).not.toContain("jane");
    expect(await erase(api, person)).toMatchObject({ deliveries: 0 });
    const { json } = await api.post("/v1/sources/app/replay", {});
    expect(json).toMatchObject({ replayed: 1, recorded: 0 });
  });

  it("is in none of a source that was deleted meanwhile, and stays in those of other workspaces", async () => {
    const [api, other] = [await test.workspace(), await test.workspace()];
    for (const each of [api, other]) {
      await keep(await SourceClient.make(each, "segment"), "segment", { messageId: "m", userId: "17850" });
    }
    await api.send("DELETE", "/v1/sources/segment");
    expect(await erase(api, "17850")).toEqual({ facts: 0, comments: 0, customer: false, deliveries: 1 });
    // A source with the same id goes on with what is kept for it: there is nothing.
    await SourceClient.make(api, "segment");
    expect(await keptOf(api, "segment")).toEqual([]);
    expect(await keptOf(other, "segment")).toHaveLength(1);
  });

  it("is searched in steps where there is much: each goes on where the one before had no more time", async () => {
    const api = await test.workspace();
    const [first, second] = await Promise.all([
      SourceClient.make(api, "segment", { id: "a" }),
      SourceClient.make(api, "segment", { id: "b" }),
    ]);
    for (const [index, source] of [first, second].entries()) {
      for (const each of [1, 2, 3]) {
        await keep(source, "segment", {
          messageId: `${index}-${each}`,
          userId: each === 2 ? "john" : person,
        });
      }
    }
    /** Enough for so many deliveries, and not one more. */
    const enoughFor = (deliveries: number) => {
      let left = deliveries;
      return { remaining: () => (left-- > 0 ? 10_000 : 0) };
    };
    const step = (deliveries: number) =>
      test.onTable((table) => forgetDeliveriesNaming(table, api.workspace, person, enoughFor(deliveries)));
    for (const theirs of [3, 1]) {
      await expect(step(2)).rejects.toMatchObject({ code: "unavailable" });
      const left = [...(await keptOf(api, "a")), ...(await keptOf(api, "b"))];
      expect(left.filter((payload) => payload.includes(person))).toHaveLength(theirs);
    }
    // What comes between two steps is searched as well, also where the search has been.
    await keep(first, "segment", { messageId: "late", userId: person });
    expect(await step(3)).toBe(2);
    expect([...(await keptOf(api, "a")), ...(await keptOf(api, "b"))]).toHaveLength(2);
    expect(await erase(api, person)).toMatchObject({ deliveries: 0 });
  });

  it("is searched from the beginning where an older version noted how far it came", async () => {
    const api = await test.workspace();
    const source = await SourceClient.make(api, "segment", { id: "a" });
    await keep(source, "segment", { messageId: "m", userId: person });
    const sha256 = hash("sha256", `${api.workspace}/${person}`, "hex");
    await test.onTable(({ client, name }) => {
      const Item = { ...deliverySearchKey(api.workspace, sha256), source: "b", after: "x" };
      return client.send(new PutCommand({ TableName: name, Item }));
    });
    expect(await erase(api, person)).toMatchObject({ deliveries: 1 });
    for (const item of await storedItems(test.cloud, api.workspace)) expect(item).not.toContain(sha256);
  });
});
