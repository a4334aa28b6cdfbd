import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, type BatchBody, dayBefore, type FactBody } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { documentedRoutes, pathOf } from "../../fixtures/documented.ts";
import { idsOf } from "../responses/responses.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
});
afterAll(() => test?.end());

/** What other tools call has no parameters: nothing is read before it is known whose address it is. */
const ofOurs = documentedRoutes.filter(({ route }) => route.scope !== "address");

describe.each(ofOurs.map((one) => [one.key, one] as const))("%s", (_key, one) => {
  it("refuses a parameter that is given twice, and names it", async () => {
    const path = pathOf(one);
    const [body] = one.examples;
    const query = "filter.weekday=saturday&%66ilter.weekday=sunday&a=1";
    const { status, json } = await api.send(
      one.route.method,
      `${path}${path.includes("?") ? "&" : "?"}${query}`,
      body === undefined ? {} : { body },
    );
    expect([status, json.errors]).toEqual([
      400,
      [{ pointer: "/filter.weekday", detail: "must be given once" }],
    ]);
  });
});

describe("a day before all days, or after them", () => {
  const routes = ["/v1/metrics/nps", "/v1/metrics/customers", "/v1/report", "/v1/snapshots", "/v1/responses"];
  const queries = [
    ["to=0001-01-01", "/to"],
    ["to=1899-12-31", "/to"],
    ["from=0001-01-01", "/from"],
    ["from=0001-01-01&to=0001-01-31", "/from"],
    ["to=9999-12-31", "/to"],
    ["from=3000-01-01", "/from"],
  ] as const;
  it.each(routes.flatMap((route) => queries.map(([query, pointer]) => [route, query, pointer] as const)))(
    "is refused by %s?%s",
    async (route, query, pointer) => {
      const { status, json } = await api.get(`${route}?${query}`);
      expect([status, json.errors?.[0]?.pointer]).toEqual([400, pointer]);
    },
  );

  it("is none of the first and the last that can be asked for", async () => {
    for (const path of ["/v1/metrics/nps", "/v1/snapshots", "/v1/responses"]) {
      expect((await api.get(`${path}?from=1900-01-01&to=1900-01-05`)).status, path).toBe(200);
      expect((await api.get(`${path}?from=2999-12-01&to=2999-12-31`)).status, path).toBe(200);
    }
  });
});

describe("filter.<dimension>", () => {
  const answer = (id: string, dimensions: object) => {
    const occurredAt = `${dayBefore(3)}T10:00:00Z`;
    return { id, survey: "nps", score: 9, comment: `Fine ${id}`, occurredAt, dimensions };
  };

  it("chooses responses and the comments of terms, by any of several values", async () => {
    const client = await test.workspace();
    await client.recordAll("responses", [
      answer("web", { channel: "web" }),
      answer("shop", { channel: "shop", plan: "a,b" }),
      answer("none", {}),
    ]);
    expect(await idsOf(client, "filter.channel=web")).toEqual(["web"]);
    expect((await idsOf(client, "filter.channel=web,shop")).sort()).toEqual(["shop", "web"]);
    expect(await idsOf(client, "filter.plan=a\\,b&filter.channel=shop")).toEqual(["shop"]);
    expect(await idsOf(client, "filter.plan=a,b")).toEqual([]);
    expect(await idsOf(client, "filter.channel=(none)")).toEqual(["none"]);
    // The older form: one value, as it is.
    expect(await idsOf(client, "dimension.plan=a,b")).toEqual(["shop"]);
    const { json } = await client.get<{ lookedAt: { comments: number } }>(
      "/v1/terms?survey=nps&filter.channel=web,shop",
    );
    expect(json.lookedAt.comments).toBe(2);
  });

  it.each([
    ["filter.Channel=web", "/filter.Channel"],
    ["filter.channel=", "/filter.channel"],
    ["filter.channel=web,", "/filter.channel"],
    [`filter.channel=${"x".repeat(101)}`, "/filter.channel"],
    ["filter.channel=web&dimension.channel=web", "/dimension.channel"],
  ])("is refused as %s", async (query, pointer) => {
    const { status, json } = await api.get(`/v1/responses?${query}`);
    expect([status, json.errors?.map((error) => error.pointer)]).toEqual([400, [pointer]]);
  });
});

describe("what is wrong in a body", () => {
  const names = Array.from({ length: 100_000 }, (_, index) => [`X${index.toString(36)}`, 1] as const);
  const wrong = { survey: "nps", score: 9, dimensions: Object.fromEntries(names) };

  it("is told of the first of very many errors", async () => {
    const { status, json } = await api.post<FactBody>("/v1/responses", wrong);
    expect([status, json.errors?.length]).toEqual([422, 50]);
    expect(json.errors?.[0]).toMatchObject({ pointer: "/dimensions/X0" });
  });

  it("leaves the rest of a batch as it is, however much it is", async () => {
    const client = await test.workspace();
    const good = { id: "good", survey: "nps", score: 9, occurredAt: `${dayBefore(3)}T10:00:00Z` };
    const { status, json } = await client.post<BatchBody>("/v1/responses", { responses: [wrong, good] });
    expect([status, json.recorded, json.results.map((result) => result.status)]).toEqual([
      200,
      1,
      ["invalid", "recorded"],
    ]);
    expect(json.results[0]?.errors).toHaveLength(50);
  });

  it("is told of the first of very many unknown fields", async () => {
    const fields = Object.fromEntries(names);
    for (const [body, field] of [
      [{ survey: "nps", score: 9, ...fields }, "responses"],
      [{ responses: [], ...fields }, "responses"],
      [{ events: [], ...fields }, "events"],
    ] as const) {
      const { status, json } = await api.post<FactBody>(`/v1/${field}`, body);
      expect([status, json.errors?.length]).toEqual([422, 50]);
    }
  });
});
