import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { optionsOf } from "../../fixtures/sources/payloads.ts";
import { secretOf, signed } from "../../fixtures/sources/sign.ts";
import { SourceClient } from "../../fixtures/sources/source-client.ts";

let test: ApiCloud;
beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());

interface Unmapped {
  readonly items: readonly {
    readonly id: string;
    readonly event: string;
    readonly reasons: readonly string[];
    readonly payload: string;
    readonly isKept: boolean;
  }[];
  readonly nextCursor: string | null;
}

async function unmappedOf(api: ApiClient, id: string, query = ""): Promise<Unmapped> {
  return (await api.get<Unmapped>(`/v1/sources/${id}/unmapped${query}`)).json;
}

describe("what cannot be mapped", () => {
  it("is kept with its reason, counted by a replay once the options say how, and counted once", async () => {
    const api = await test.workspace();
    const source = await SourceClient.make(api, "typeform", { body: { options: {} } });
    for (const name of ["all-answered", "score-only"]) {
      expect(await source.deliver(name)).toEqual({ recorded: 0, duplicate: 0, conflict: 0, unmapped: 1 });
    }
    const kept = await unmappedOf(api, "typeform");
    expect(kept.items).toHaveLength(2);
    expect(kept.items[0]).toMatchObject({ event: "form_response", isKept: true });
    expect(kept.items[0]?.reasons).toEqual([
      "options.questions does not say yet which question is which score",
    ]);
    expect(kept.items.every(({ payload }) => payload.includes('"form_id":"lT4Z3j"'))).toBe(true);

    const replay = (body: object) => api.post("/v1/sources/typeform/replay", body);
    expect((await replay({})).json).toMatchObject({ replayed: 2, mapped: 0, recorded: 0, nextCursor: null });
    const options = optionsOf["typeform"];
    await api.send("PUT", "/v1/sources/typeform", { body: { provider: "typeform", options } });
    expect((await replay({ id: kept.items[1]?.id })).json).toMatchObject({
      replayed: 1,
      mapped: 1,
      recorded: 3,
    });
    expect((await replay({})).json).toMatchObject({ replayed: 1, mapped: 1, recorded: 1 });
    expect((await unmappedOf(api, "typeform")).items).toEqual([]);
    expect(await source.deliver("all-answered")).toMatchObject({ recorded: 0, duplicate: 3, unmapped: 0 });
    expect((await api.total("nps", "2026-10-01", "2026-10-31")).n).toBe(2);
  });

  it("does not keep the rest of its delivery from being counted", async () => {
    const api = await test.workspace();
    const source = await SourceClient.make(api, "segment");
    // Of four calls one is an order, one an order without a total, one no call at all and one a page.
    expect(await source.deliver("batch")).toMatchObject({ recorded: 2, unmapped: 2 });
    const [item] = (await unmappedOf(api, "segment")).items;
    expect(item?.reasons.join("\n")).toMatch(/without total[\s\S]*another form/);
  });

  it("is a fact that our rules refuse, too: the reason names the field, and not what stands in it", async () => {
    const api = await test.workspace();
    const source = await SourceClient.make(api, "shopify");
    const order = {
      ...{ id: 1, created_at: "1999-01-01T00:00:00Z", currency: "EUR", total_price: "-5.00" },
      customer: { id: 1, email: "ada.moss@example.com" },
    };
    const body = JSON.stringify(order);
    const response = await source.post(body, signed("shopify", body, { name: "orders_paid" }));
    expect(await response.json()).toMatchObject({ recorded: 0, unmapped: 1 });
    const [item] = (await unmappedOf(api, "shopify")).items;
    expect(item?.reasons[0]).toMatch(/^purchase\.made\/money\/amount must be/);
    // Its header is kept as well, without which it could not be read.
    const { json } = await api.post("/v1/sources/shopify/replay", {});
    expect(json).toMatchObject({ replayed: 1, mapped: 0, unmapped: 1 });
  });

  it("is listed newest first, page by page", async () => {
    const api = await test.workspace();
    const source = await SourceClient.make(api, "segment");
    for (const depth of [1, 2, 3]) {
      const call = {
        type: "track",
        event: `Scrolled ${depth}`,
        messageId: `m${depth}`,
        timestamp: "2026-10-01T10:00:00Z",
      };
      const body = JSON.stringify(call);
      expect((await source.post(body, signed("segment", body))).status).toBe(200);
    }
    const first = await unmappedOf(api, "segment", "?limit=2");
    expect(first.items.map(({ event }) => event)).toEqual(["Scrolled 3", "Scrolled 2"]);
    const second = await unmappedOf(api, "segment", `?limit=2&cursor=${first.nextCursor}`);
    expect(second.items.map(({ event }) => event)).toEqual(["Scrolled 1"]);
    expect((await api.get("/v1/sources/segment/unmapped?cursor=nonsense")).status).toBe(400);
  });

  it("belongs to its source and workspace alone", async () => {
    const [api, other] = [await test.workspace(), await test.workspace()];
    const source = await SourceClient.make(api, "typeform", { body: { options: {} } });
    await SourceClient.make(other, "typeform", { body: { options: {} } });
    await source.deliver("score-only");
    const [item] = (await unmappedOf(api, "typeform")).items;
    expect((await unmappedOf(other, "typeform")).items).toEqual([]);
    const body = { id: item?.id };
    expect((await other.post("/v1/sources/typeform/replay", body)).status).toBe(404);
    expect((await api.post("/v1/sources/nobody/replay", {})).status).toBe(404);
  });
});

describe("bodies that no provider sends", () => {
  const secret = secretOf["segment"] ?? "";

  it("no JSON, other encodings and deep ones are kept or refused, and never answered with 500", async () => {
    const api = await test.workspace();
    const source = await SourceClient.make(api, "segment");
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    for (const body of ["", "{", "null", "[]", deep, "\u0000", JSON.stringify({ batch: [1, null, "x"] })]) {
      const response = await source.post(body, signed("segment", body, { secret }));
      expect(response.status, body.slice(0, 20)).toBe(200);
    }
    // What is no text comes in base64, and is signed as it is.
    const bytes = "\u00ff\u00fe{}";
    const headers = { ...signed("segment", bytes), "content-type": "application/octet-stream" };
    expect((await source.post(bytes, headers)).status).toBe(200);
    expect((await source.post(new Uint8Array([0xff, 0xfe]), signed("segment", "x"))).status).toBe(401);
    expect((await source.post("{}", { ...signed("segment", "{}"), "content-type": "text/csv" })).status).toBe(
      200,
    );
  });

  it("more than 1 MB is refused, and a large one that cannot be mapped is listed", async () => {
    const api = await test.workspace();
    const source = await SourceClient.make(api, "segment");
    const large = "x".repeat(1_048_577);
    expect((await source.post(large, signed("segment", large))).status).toBe(413);
    const random = Array.from({ length: 90_000 }, (_, index) => Math.sin(index).toString(36)).join("");
    const call = {
      type: "track",
      event: "Pasted",
      messageId: "m",
      timestamp: "2026-10-01T10:00:00Z",
      random,
    };
    const body = JSON.stringify(call).slice(0, 1_000_000);
    expect((await source.post(body, signed("segment", body))).status).toBe(200);
    const { items } = await unmappedOf(api, "segment");
    expect(items).toMatchObject([{ isKept: false, payload: "" }]);
    expect((await api.post("/v1/sources/segment/replay", {})).json).toMatchObject({ replayed: 1, mapped: 0 });
  });

  it("500 events in a batch are recorded, and are duplicates when they are sent again; more are refused as a whole", async () => {
    const api = await test.workspace();
    const source = await SourceClient.make(api, "segment");
    const batch = Array.from({ length: 500 }, (_, index) => ({
      ...{ type: "track", event: "Order Completed", messageId: `m${index}`, userId: `u${index % 50}` },
      ...{
        timestamp: "2026-10-01T10:00:00Z",
        properties: { order_id: `o${index}`, total: 1.5, currency: "EUR" },
      },
    }));
    const body = JSON.stringify({ batch });
    const send = async () => (await source.post(body, signed("segment", body))).json();
    expect(await send()).toMatchObject({ recorded: 500, unmapped: 0 });
    expect(await send()).toMatchObject({ recorded: 0, duplicate: 500 });
    const tooMany = JSON.stringify({ batch: [...batch, ...batch] });
    const refused = await source.post(tooMany, signed("segment", tooMany));
    expect(await refused.json()).toMatchObject({ recorded: 0, unmapped: 1 });
  });
});
