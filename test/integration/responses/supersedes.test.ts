import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { storedStates } from "../../fixtures/stored-state.ts";

/** Facts that replace earlier ones: an edited review, a comment added later, a corrected amount. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
beforeEach(async () => {
  api = await test.workspace({ timeZone: "UTC", trackedDimensions: ["channel"] }, 40);
});

const origin = "https://shop.example";
const day = dayBefore(9);
const later = dayBefore(6);

const answer = (id: string, score: number, more: object = {}) => ({
  ...{ id, survey: "nps", score, occurredAt: `${day}T10:00:00Z`, customerId: "anna" },
  ...more,
});

const bought = (id: string, amount: string, more: object = {}) => ({
  ...{ type: "purchase.made", id, orderId: "o-1", customerId: "anna", occurredAt: `${day}T10:00:00Z` },
  money: { amount, currency: "USD" },
  ...more,
});

interface Detail {
  readonly excluded: boolean;
  readonly supersedes?: string;
  readonly supersededBy?: string;
  readonly audit: readonly { readonly excluded: boolean; readonly reason: string }[];
}

const patch = (id: string, excluded: boolean, kind: "events" | "responses" = "events") =>
  api.send("PATCH", `/v1/${kind}/${id}`, { body: { excluded, reason: "a test" } });

const detail = async (id: string) => (await api.get<Detail>(`/v1/responses/${id}`)).json;

const refusedWith = (detail: string) => ({
  status: 422,
  json: { errors: [{ pointer: "/supersedes", detail: expect.stringContaining(detail) }] },
});

/** What is stored of counters and entities. */
async function stateOf({ workspace }: ApiClient) {
  const state = (await storedStates(test.cloud, [workspace])).get(workspace);
  return { counters: state?.counters, entities: state?.entities };
}

const withoutCauses = (counters: Readonly<Record<string, Readonly<Record<string, bigint>>>> = {}) =>
  Object.fromEntries(
    Object.entries(counters).flatMap(([place, own]) => {
      const kept = Object.entries(own).filter(([name]) => !name.startsWith("~"));
      return kept.length === 0 ? [] : [[place, Object.fromEntries(kept)]];
    }),
  );

describe("a fact that supersedes another", () => {
  it("counts in its place, on its own day and in its own segments, and both say so", async () => {
    await api.recordAll("responses", [
      answer("a-1", 2, { dimensions: { channel: "web" } }),
      answer("b-1", 9, { customerId: "ben" }),
    ]);
    const edited = answer("a-2", 10, {
      ...{ supersedes: "a-1", comment: "Much better now", occurredAt: `${later}T09:00:00Z` },
      dimensions: { channel: "app" },
    });
    expect((await api.post("/v1/responses", edited)).status).toBe(201);
    expect(await api.total("nps", day, day)).toMatchObject({ n: 1, value: 100 });
    expect(await api.total("nps", later, later)).toMatchObject({ n: 1, value: 100 });
    expect((await api.total("nps", day, later, "&filter.channel=web")).n).toBe(0);
    expect((await api.total("nps", day, later, "&filter.channel=app")).n).toBe(1);
    expect((await api.total("feedback-volume", day, later)).value).toBe(1);
    expect(await detail("a-1")).toMatchObject({
      ...{ excluded: true, supersededBy: "a-2" },
      audit: [{ excluded: true, reason: "superseded by a-2" }],
    });
    expect(await detail("a-2")).toMatchObject({ excluded: false, supersedes: "a-1", audit: [] });
    expect(await api.reconcile({ from: day, to: later })).toMatchObject({ differences: [], histories: [] });
  });

  it("leaves every counter and every history as if only it had been recorded", async () => {
    const plain = await test.workspace({ timeZone: "UTC", trackedDimensions: ["channel"] }, 40);
    const dimensions = { channel: "web" };
    const others = [bought("p-0", "5.00", { orderId: "o-0", occurredAt: `${later}T08:00:00Z` })];
    await api.recordAll("events", [bought("p-1", "100.00", { dimensions }), ...others]);
    await api.recordAll("events", [bought("p-2", "10.00", { dimensions, supersedes: "p-1" })]);
    await plain.recordAll("events", [bought("p-2", "10.00", { dimensions }), ...others]);
    const [replaced, expected] = [await stateOf(api), await stateOf(plain)];
    expect(withoutCauses(replaced.counters)).toEqual(withoutCauses(expected.counters));
    expect((await api.total("sales", day, later)).value).toBe("15.00");
    expect(await api.reconcile({ from: day, to: later })).toMatchObject({ differences: [], histories: [] });
  });

  it("is recorded once when many clients send it at the same time", async () => {
    await api.recordAll("events", [bought("p-1", "100.00")]);
    const fact = bought("p-2", "10.00", { supersedes: "p-1" });
    const sent = await Promise.all(Array.from({ length: 16 }, () => api.post("/v1/events", fact)));
    expect(sent.map(({ status }) => status).sort()).toEqual([...Array<number>(15).fill(200), 201]);
    expect(await api.total("sales", day, day)).toMatchObject({ value: "10.00", components: { orders: 1 } });
    // It is out already: asking for that again changes nothing.
    const out = await api.send("PATCH", "/v1/events/p-1", { body: { excluded: true, reason: "a test" } });
    expect(out.json).toMatchObject({ supersededBy: "p-2", audit: [{ reason: "superseded by p-2" }] });
  });

  it("is the only one of those that many clients send at the same time for the same fact", async () => {
    await api.recordAll("events", [bought("p-1", "100.00")]);
    const facts = Array.from({ length: 12 }, (_, n) => bought(`q-${n}`, "10.00", { supersedes: "p-1" }));
    const sent = await Promise.all(facts.map((fact) => api.post("/v1/events", fact)));
    expect(sent.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(11).fill(422)]);
    expect(sent.find(({ status }) => status === 422)).toMatchObject(refusedWith("has been replaced already"));
    expect((await api.total("sales", day, day)).value).toBe("10.00");
    expect(await api.reconcile({ from: day, to: day })).toMatchObject({ differences: [] });
  });

  it("can be superseded itself, and can come with what it supersedes in one batch", async () => {
    const chain = [
      bought("p-1", "100.00"),
      bought("p-2", "10.00", { supersedes: "p-1" }),
      bought("p-3", "20.00", { supersedes: "p-2" }),
    ];
    const { json } = await api.post<{ recorded: number }>("/v1/events", { events: chain });
    expect(json).toMatchObject({ recorded: 3, invalid: 0 });
    expect((await api.total("sales", day, day)).value).toBe("20.00");
    const again = await api.post<{ duplicate: number }>("/v1/events", { events: chain });
    expect(again.json).toMatchObject({ duplicate: 3 });
    expect((await api.total("sales", day, day)).value).toBe("20.00");
  });

  it("is taken out and put back like any other; the one that it replaced stays out as long as it counts", async () => {
    await api.recordAll("events", [bought("p-1", "100.00")]);
    await api.recordAll("events", [bought("p-2", "10.00", { supersedes: "p-1" })]);
    const before = withoutCauses((await stateOf(api)).counters);
    expect(await patch("p-1", false)).toMatchObject({ status: 409 });
    expect((await patch("p-2", true)).status).toBe(200);
    expect((await api.total("sales", day, day)).value).toBe("0.00");
    expect((await patch("p-2", false)).status).toBe(200);
    expect(withoutCauses((await stateOf(api)).counters)).toEqual(before);
  });

  it("by mistake is taken out, and what it replaced put back: one of them counts, whatever is asked for", async () => {
    const chain = [
      bought("p-1", "100.00"),
      bought("p-2", "10.00", { supersedes: "p-1" }),
      bought("p-3", "20.00", { supersedes: "p-2" }),
    ];
    await api.recordAll("events", chain);
    expect((await patch("p-3", true)).status).toBe(200);
    const both = await Promise.all([patch("p-1", false), patch("p-2", false), patch("p-3", false)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    await patch("p-2", true);
    await patch("p-3", true);
    const back = await patch("p-1", false);
    expect(back).toMatchObject({ status: 200, json: { excluded: false } });
    expect(back.json).not.toHaveProperty("supersededBy");
    expect(await api.total("sales", day, day)).toMatchObject({ value: "100.00", components: { orders: 1 } });
    for (const id of ["p-2", "p-3"]) expect(await patch(id, false)).toMatchObject({ status: 409 });
    expect(await api.reconcile({ from: day, to: day })).toMatchObject({ differences: [], histories: [] });
  });

  it("of a fact that had been taken out counts all the same, once", async () => {
    await api.recordAll("events", [bought("p-1", "100.00")]);
    await api.send("PATCH", "/v1/events/p-1", { body: { excluded: true, reason: "wrong" } });
    await api.recordAll("events", [bought("p-2", "10.00", { supersedes: "p-1" })]);
    expect((await api.total("sales", day, day)).value).toBe("10.00");
    expect(await api.reconcile({ from: day, to: day })).toMatchObject({ differences: [], histories: [] });
  });

  it.each(["events", "responses"] as const)(
    "of somebody else is its own person's (%s): it can be taken out and replaced, and stays when the other one is erased",
    async (kind) => {
      const made = (id: string, more: object) =>
        kind === "events" ? bought(id, "10.00", more) : answer(id, 9, more);
      await api.recordAll(kind, [made("x-1", {})]);
      // Whoever entered it took the wrong customer.
      await api.recordAll(kind, [made("x-2", { customerId: "ben", supersedes: "x-1" })]);
      for (const excluded of [true, false]) {
        expect(await patch("x-2", excluded, kind)).toMatchObject({ status: 200, json: { excluded } });
      }
      expect((await api.send("DELETE", "/v1/customers?customerId=anna")).status).toBe(200);
      const repaired = await api.reconcile({ from: day, to: later });
      expect(repaired).toMatchObject({ differences: [], histories: [] });
      await api.recordAll(kind, [made("x-3", { customerId: "ben", supersedes: "x-2" })]);
      expect((await api.total(kind === "events" ? "sales" : "nps", day, day)).n).toBe(1);
      const { json } = await api.get<{ facts: readonly { readonly id: string }[] }>(
        "/v1/customers?customerId=ben",
      );
      expect(JSON.stringify(json)).toContain("x-3");
    },
  );

  it("restates the closed day of what it supersedes, and names itself as the reason", async () => {
    await api.recordAll("events", [bought("p-1", "100.00")]);
    await api.takeSnapshots({ from: day, to: later });
    await api.recordAll("events", [
      bought("p-2", "10.00", { supersedes: "p-1", occurredAt: `${later}T10:00:00Z` }),
    ]);
    await api.takeSnapshots({ from: day, to: later });
    const taken = await api.snapshots(`metric=sales&from=${day}&to=${later}`);
    const changed = taken.filter(({ revision }) => revision > 1);
    expect(changed.map(({ date, value }) => [date, value]).sort()).toEqual([
      [day, "0.00"],
      [later, "10.00"],
    ]);
    expect(changed[0]?.restatedBecause).toMatchObject({ facts: 1, ids: ["p-2"], causes: ["recorded"] });
  });
});

describe("a fact is refused that supersedes", () => {
  it("itself, an id that is unknown, or that comes only later in its batch", async () => {
    expect(await api.post("/v1/events", bought("p-1", "1.00", { supersedes: "p-1" }))).toMatchObject(
      refusedWith("must be the id of another fact"),
    );
    expect(await api.post("/v1/events", bought("p-1", "1.00", { supersedes: "p-9" }))).toMatchObject(
      refusedWith("recorded before"),
    );
    const circle = [
      bought("p-1", "1.00", { supersedes: "p-2" }),
      bought("p-2", "2.00", { supersedes: "p-1" }),
    ];
    const { json } = await api.post("/v1/events", { events: circle });
    expect(json).toMatchObject({ recorded: 0, invalid: 2 });
    expect((await api.total("sales", day, day)).components).toMatchObject({ orders: 0 });
  });

  it("what supersedes it: its own id is taken by then", async () => {
    await api.recordAll("events", [bought("p-1", "1.00")]);
    await api.recordAll("events", [bought("p-2", "2.00", { supersedes: "p-1" })]);
    const loop = await api.post("/v1/events", bought("p-1", "1.00", { supersedes: "p-2" }));
    expect(loop.status).toBe(409);
    expect((await api.total("sales", day, day)).value).toBe("2.00");
  });

  it("a fact of another type or survey", async () => {
    await api.recordAll("events", [bought("p-1", "1.00")]);
    await api.recordAll("responses", [answer("a-1", 9)]);
    const types = [
      ["events", { ...bought("x-1", "1.00"), type: "purchase.refunded", supersedes: "p-1" }],
      ["responses", answer("x-2", 9, { supersedes: "p-1" })],
      ["responses", { ...answer("x-3", 4), survey: "csat", scale: "1-5", supersedes: "a-1" }],
    ] as const;
    for (const [route, fact] of types) {
      expect(await api.post(`/v1/${route}`, fact)).toMatchObject(refusedWith("same type"));
    }
    expect((await api.total("nps", day, day)).n).toBe(1);
  });

  const own = (id: string, score: number, more: object = {}) => {
    const { customerId: _, ...rest } = answer(id, score, more);
    return rest;
  };

  async function shopWith(more: object) {
    const made = await api.post<{ key: string; id: string }>("/v1/keys", {
      ...{ name: "shop", scopes: ["ingest"], origins: [origin], maxAgeDays: 30, ...more },
    });
    return { made, shop: { key: made.json.key, headers: { origin } } };
  }

  it("another visitor's: a public key replaces nothing unless it may, and learns nothing", async () => {
    const { shop } = await shopWith({});
    const send = (body: object) => api.send("POST", "/v1/responses", { body, ...shop });
    expect((await send(own("v-1", 3, { invitationId: "i-1" }))).status).toBe(201);
    const refused = (field: string) => ({
      ...{ status: 422, json: { errors: [{ pointer: `/${field}` }] } },
    });
    expect(await send(own("v-2", 9, { supersedes: "v-1" }))).toMatchObject(refused("supersedes"));
    expect(await send(own("v-2", 9, { supersedes: "v-9" }))).toMatchObject(refused("supersedes"));
    expect(await send(own("v-3", 9, { invitationId: "i-1", latest: "invitation" }))).toMatchObject(
      refused("latest"),
    );
    expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { detractors: 1 } });
  });

  it("another sender's fact: a public key that may replace replaces its own, and nobody else does", async () => {
    const { made, shop } = await shopWith({ replaces: true });
    expect((await api.send("POST", "/v1/responses", { body: own("v-1", 3), ...shop })).status).toBe(201);
    await api.recordAll("responses", [own("t-1", 8)]);
    const asStranger = await api.send("POST", "/v1/responses", {
      body: own("v-2", 9, { supersedes: "t-1" }),
      ...shop,
    });
    expect(asStranger).toMatchObject(refusedWith("recorded before"));
    const asTrusted = await api.post("/v1/responses", own("t-2", 9, { supersedes: `${made.json.id}:v-1` }));
    expect(asTrusted).toMatchObject(refusedWith("same sender"));
    const edited = await api.send("POST", "/v1/responses", {
      body: own("v-2", 9, { supersedes: "v-1" }),
      ...shop,
    });
    expect(edited.status).toBe(201);
    expect(await api.total("nps", day, day)).toMatchObject({
      n: 2,
      components: { promoters: 1, passives: 1 },
    });
  });
});

describe("of answers that say latest: invitation", () => {
  const given = (id: string, score: number, hour: number, more: object = {}) =>
    answer(id, score, {
      ...{ invitationId: "i-1", latest: "invitation" },
      occurredAt: `${day}T${String(hour).padStart(2, "0")}:00:00Z`,
      ...more,
    });

  it("the one that was given last counts, whatever the order of arrival", async () => {
    const answers = [given("a-1", 2, 10), given("a-2", 10, 12), given("a-3", 5, 11), given("a-0", 0, 9)];
    for (const one of answers) expect((await api.post("/v1/responses", one)).status).toBe(201);
    expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { promoters: 1 } });
    expect(await detail("a-3")).toMatchObject({ excluded: true, supersededBy: "a-2" });
    const again = await api.post("/v1/responses", { responses: answers });
    expect(again.json).toMatchObject({ recorded: 0, duplicate: 4 });
    expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { promoters: 1 } });
    expect(await api.reconcile({ from: day, to: day })).toMatchObject({ differences: [], histories: [] });
  });

  it("one counts when many clients answer at the same time: the last one", async () => {
    const answers = Array.from({ length: 12 }, (_, n) => given(`m-${n}`, n === 7 ? 10 : 0, n === 7 ? 20 : n));
    const sent = await Promise.all(answers.map((one) => api.post("/v1/responses", one)));
    expect(sent.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { promoters: 1 } });
    expect(await api.reconcile({ from: day, to: day })).toMatchObject({ differences: [], histories: [] });
  });

  it("each invitation and each survey has its own, and answers that do not say so all count", async () => {
    await api.recordAll("responses", [
      given("a-1", 9, 10),
      given("a-2", 9, 11, { invitationId: "i-2" }),
      given("a-3", 3, 12, { survey: "csat", scale: "1-5" }),
      answer("a-4", 9, { invitationId: "i-1" }),
    ]);
    expect((await api.total("nps", day, day)).n).toBe(3);
    expect((await api.total("csat", day, day)).n).toBe(1);
  });

  it("one that was replaced by hand is found by which it was", async () => {
    await api.recordAll("responses", [given("a-1", 2, 10)]);
    const { latest: _, ...edited } = given("a-2", 3, 11, { supersedes: "a-1" }) as Record<string, unknown>;
    await api.recordAll("responses", [edited, given("a-3", 10, 12)]);
    expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { promoters: 1 } });
    expect(await detail("a-2")).toMatchObject({ excluded: true, supersededBy: "a-3" });
  });

  it("one that was replaced by hand very often is found all the same", async () => {
    await api.recordAll("responses", [given("a-1", 2, 10)]);
    const edits = Array.from({ length: 50 }, (_, n) => {
      const { latest: _latest, ...edit } = given(`e-${n}`, 3, 11, {
        supersedes: n === 0 ? "a-1" : `e-${n - 1}`,
      }) as Record<string, unknown>;
      return edit;
    });
    await api.recordAll("responses", edits);
    await api.recordAll("responses", [given("a-2", 10, 12), given("a-0", 0, 9)]);
    expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { promoters: 1 } });
    expect(await detail("e-49")).toMatchObject({ excluded: true, supersededBy: "a-2" });
    expect(await detail("a-0")).toMatchObject({ excluded: true, supersededBy: "a-2" });
  });

  it("one made up is taken out, and the real one put back", async () => {
    await api.recordAll("responses", [given("real", 9, 10), given("made-up", 0, 20), given("early", 9, 8)]);
    expect((await patch("made-up", true, "responses")).status).toBe(200);
    expect((await patch("real", false, "responses")).status).toBe(200);
    expect(await patch("early", false, "responses")).toMatchObject({ status: 409 });
    expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { promoters: 1 } });
    await api.recordAll("responses", [given("next", 5, 21)]);
    expect(await api.total("nps", day, day)).toMatchObject({ n: 1, components: { detractors: 1 } });
    expect(await api.reconcile({ from: day, to: day })).toMatchObject({ differences: [], histories: [] });
  });

  it("one without an invitation, or that also supersedes another, is refused", async () => {
    const { invitationId: _, ...without } = given("a-1", 9, 10) as Record<string, unknown>;
    expect(await api.post("/v1/responses", without)).toMatchObject({
      ...{ status: 422, json: { errors: [{ pointer: "/invitationId" }] } },
    });
    expect(await api.post("/v1/responses", given("a-1", 9, 10, { supersedes: "a-0" }))).toMatchObject(
      refusedWith("must not stand beside latest"),
    );
  });
});
