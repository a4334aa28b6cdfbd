import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

interface Terms {
  readonly groups: readonly {
    readonly group: string;
    readonly comments: number;
    readonly terms: readonly {
      readonly term: string;
      readonly comments: number;
      readonly sharePercent: number;
    }[];
  }[];
  readonly lookedAt: { readonly comments: number; readonly responses: number; readonly complete: boolean };
}

async function terms(query: string): Promise<Terms> {
  const { status, json } = await api.get<Terms>(`/v1/terms?${query}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

let made = 0;
function answer(score: number, comment: string | undefined, more: object = {}) {
  made += 1;
  const occurredAt = "2024-05-02T10:00:00Z";
  return { id: `t-${made}`, survey: "nps", score, occurredAt, ...(comment ? { comment } : {}), ...more };
}

describe("the frequent terms", () => {
  it("are told apart by score group, with how many comments contain them", async () => {
    await api.recordAll("responses", [
      answer(0, "The delivery was late. Late!"),
      answer(6, "Delivery too slow"),
      answer(3, "配送が遅い"),
      answer(8, "ok"),
      answer(10, "Great service"),
      answer(9, "great SERVICE and price"),
      answer(9, undefined),
      answer(1, "not this survey", { survey: "csat" }),
    ]);
    const { groups, lookedAt } = await terms("survey=nps");
    expect(lookedAt).toEqual({ comments: 6, responses: 8, complete: true });
    expect(groups.map(({ group, comments }) => [group, comments])).toEqual([
      ["detractors", 3],
      ["passives", 1],
      ["promoters", 2],
    ]);
    const [detractors, , promoters] = groups;
    expect(detractors?.terms[0]).toMatchObject({ comments: 2, sharePercent: 200 / 3 });
    expect(detractors?.terms[0]?.term.toLowerCase()).toBe("delivery");
    expect(detractors?.terms.map(({ term }) => term)).toEqual(
      expect.arrayContaining(["late", "配送", "遅い"]),
    );
    expect(promoters?.terms.map(({ term, comments }) => [term.toLowerCase(), comments])).toEqual([
      ["great", 2],
      ["service", 2],
      ["price", 1],
    ]);
  });

  it("are of the days, the survey and the dimensions asked for, and of what counts", async () => {
    await api.recordAll("responses", [
      answer(0, "alpha", { dimensions: { channel: "web", plan: "gold" }, surveyId: "s-1" }),
      answer(0, "beta", { dimensions: { channel: "web", plan: "free" } }),
      answer(0, "gamma", { occurredAt: "2024-06-02T10:00:00Z" }),
      answer(0, "delta", { id: "out" }),
    ]);
    await api.send("PATCH", "/v1/responses/out", { body: { excluded: true, reason: "a test" } });
    const found = async (query: string) =>
      (await terms(`survey=nps&${query}`)).groups[0]?.terms.map(({ term }) => term);
    expect(await found("")).toEqual(["alpha", "beta", "gamma"]);
    expect(await found("to=2024-05-31")).toEqual(["alpha", "beta"]);
    expect(await found("from=2024-06-01")).toEqual(["gamma"]);
    expect(await found("surveyId=s-1")).toEqual(["alpha"]);
    expect(await found("dimension.channel=web&dimension.plan=free")).toEqual(["beta"]);
    expect(await found("limit=1")).toEqual(["alpha"]);
  });

  it("forget the comments of a person who was erased", async () => {
    await api.recordAll("responses", [answer(0, "secret", { customerId: "jane" }), answer(0, "price")]);
    await api.send("DELETE", "/v1/customers?customerId=jane");
    expect((await terms("survey=nps")).groups[0]).toMatchObject({ comments: 1, terms: [{ term: "price" }] });
  });

  it("are of the newest comments where there are too many, and say so", async () => {
    const long = `${"x".repeat(4_990)} newest`;
    await api.recordAll("responses", [answer(0, "oldest", { occurredAt: "2024-01-01T00:00:00Z" })]);
    for (let batch = 0; batch < 3; batch += 1) {
      await api.recordAll(
        "responses",
        Array.from({ length: 140 }, () => answer(0, long)),
      );
    }
    const usual = await terms("survey=nps");
    expect(usual.lookedAt).toEqual({ comments: 200, responses: 200, complete: false });
    const { groups, lookedAt } = await terms("survey=nps&comments=5000");
    expect(lookedAt).toMatchObject({ responses: 421, complete: false });
    expect(lookedAt.comments).toBeLessThan(420);
    expect(groups[0]?.terms).toContainEqual(expect.objectContaining({ term: "newest" }));
    expect(JSON.stringify(groups)).not.toContain("oldest");
  });

  it("come as CSV, one term a row", async () => {
    await api.recordAll("responses", [answer(0, "late"), answer(10, "great")]);
    const { text } = await api.csv("/v1/terms?survey=nps");
    expect(parse(text, { columns: true, bom: true })).toEqual([
      { group: "detractors", term: "late", comments: "1", sharePercent: "100", tag: "" },
      { group: "promoters", term: "great", comments: "1", sharePercent: "100", tag: "" },
    ]);
  });

  it.each([
    ["", "/survey"],
    ["survey=other", "/survey"],
    ["survey=nps&limit=101", "/limit"],
    ["survey=nps&limit=0", "/limit"],
    ["survey=nps&from=2024-02-02&to=2024-02-01", "/to"],
    ["survey=nps&q=x", "/q"],
  ])("refuse %j and name the parameter", async (query, pointer) => {
    const { status, json } = await api.get(`/v1/terms?${query}`);
    expect([status, json.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });

  it("need the scope read", async () => {
    const key = await test.key(api, "ingest");
    expect((await api.get("/v1/terms?survey=nps", { key })).status).toBe(403);
  });
});
