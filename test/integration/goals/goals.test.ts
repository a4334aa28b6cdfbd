import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maxGoals } from "../../../lib/store/settings/goals.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { type GoalBody, type GoalList, npsAnswers, put } from "./goals.ts";

/** Goals over HTTP. */

let test: ApiCloud;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());

const lastMonth = { from: dayBefore(60), to: dayBefore(31) };
const npsGoal = { metric: "nps", target: { change: 5 }, base: lastMonth, dueDate: dayBefore(-31) };

/** 40 answers a month ago with a score of 25, and 40 today with another one. */
async function twoMonths(api: ApiClient, now: { promoters: number; passives?: number; detractors: number }) {
  await api.recordAll("responses", [
    ...npsAnswers(45, { promoters: 20, passives: 10, detractors: 10 }),
    ...npsAnswers(0, now),
  ]);
}

describe("a goal", () => {
  it("is judged by the facts of this moment, against the line from its base to its target", async () => {
    const api = await test.workspace();
    await twoMonths(api, { promoters: 20, passives: 10, detractors: 10 });
    const { status, json } = await put(api, "nps-up", npsGoal);
    expect(status).toBe(201);
    // Half of the 62 days have passed: 2.5 of the 5 points.
    expect(json).toMatchObject({
      ...{ id: "nps-up", goal: npsGoal, unit: "points", better: "higher", convention: "0-10", window: 30 },
      ...{ state: "off-track", by: -2.5, certain: false, final: false, target: 30, expected: 27.5 },
      current: { from: dayBefore(29), to: dayBefore(0), value: 25, n: 40, lowSample: false },
      base: { ...lastMonth, value: 25, n: 40 },
    });
    expect(json).not.toHaveProperty("currency");

    await api.recordAll("responses", npsAnswers(0, { promoters: 2 }));
    const better = await api.get<GoalBody>("/v1/goals/nps-up");
    expect(better).toMatchObject({ status: 200, json: { state: "on-track", current: { n: 42 } } });

    await api.recordAll("responses", npsAnswers(0, { promoters: 10 }));
    const met = await api.get<GoalBody>("/v1/goals/nps-up");
    expect(met.json).toMatchObject({ state: "met", target: 30, current: { value: 42.30769230769231 } });
    expect(met.json.by).toBeCloseTo(12.3077, 4);
  });

  it("is certainly missed when the whole interval is on the wrong side", async () => {
    const api = await test.workspace();
    await twoMonths(api, { promoters: 0, detractors: 40 });
    const { json } = await put(api, "nps-up", npsGoal);
    expect(json).toMatchObject({ state: "off-track", certain: true, by: -127.5 });
    expect(json.current?.high).toBeLessThan(27.5);
  });

  it("says of the change since its base what every comparison of the two periods says", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", [
      ...npsAnswers(10, { promoters: 20, passives: 10, detractors: 10 }),
      ...npsAnswers(0, { promoters: 36, detractors: 4 }),
    ]);
    // A week: a month could be one of the calendar, which is compared with the whole month before.
    const base = { from: dayBefore(13), to: dayBefore(7) };
    const { json } = await put(api, "nps-up", { ...npsGoal, base, window: 7 });
    const { json: asked } = await api.get<{ comparison: readonly object[] }>(
      `/v1/metrics/nps?from=${dayBefore(6)}&to=${dayBefore(0)}&compare=previous`,
    );
    expect(json.comparison).toMatchObject({
      ...base,
      value: 25,
      change: 55,
      verdict: "better",
      daysKnown: 4,
    });
    expect([json.comparison]).toEqual(asked.comparison);
    const few = await put(api, "few", { ...npsGoal, base: { from: dayBefore(60), to: dayBefore(31) } });
    expect(few.json.comparison).toMatchObject({ value: null, change: null, verdict: "no-baseline" });
    const { json: listed } = await api.get<GoalList>("/v1/goals");
    expect(listed.items.map(({ comparison }) => comparison?.["verdict"])).toEqual(["no-baseline", "better"]);
    expect((await api.csv("/v1/goals")).text).toContain(
      "comparison.days,comparison.daysKnown,comparison.change",
    );
    await put(api, "again", { ...npsGoal, base, window: 7 });
    const { items } = (await api.get<GoalList>("/v1/goals")).json;
    expect(
      items.map(({ id, remarks = [] }) => [id, remarks.filter((one) => one.includes("together")).length]),
    ).toEqual([
      ["again", 1],
      ["few", 0],
      ["nps-up", 1],
    ]);
  });

  it("is not compared as long as its window has days of the base: these are no independent ones", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", npsAnswers(3, { promoters: 36, detractors: 4 }));
    const base = { from: dayBefore(12), to: dayBefore(6) };
    const { json } = await put(api, "soon", { ...npsGoal, base, window: 7 });
    expect(json).toMatchObject({ comparison: null, current: { value: 80 } });
  });

  it("is judged by the days up to its due date once that is over, whatever comes later", async () => {
    const api = await test.workspace();
    await twoMonths(api, { promoters: 0, detractors: 40 });
    const goal = { ...npsGoal, target: { value: 20 }, dueDate: dayBefore(20) };
    const { json } = await put(api, "over", goal);
    expect(json).toMatchObject({
      ...{ state: "met", final: true, by: 5, expected: 20 },
      current: { from: dayBefore(49), to: dayBefore(20), value: 25 },
    });
  });

  it("says why it cannot be judged", async () => {
    const api = await test.workspace();
    const none = await put(api, "none", npsGoal);
    expect(none.json).toMatchObject({ state: "unknown", by: null, target: null, current: { value: null } });
    expect(none.json.reason).toContain("has no data to measure nps from");
    await api.recordAll("responses", npsAnswers(0, { promoters: 29 }));
    const few = await api.get<GoalBody>("/v1/goals/none");
    expect(few.json.reason).toContain("has a sample of 29, and 30 are needed");
  });

  it("of a segment counts its facts alone, by a tracked dimension or by any others", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", [
      ...npsAnswers(45, { promoters: 30 }, { channel: "web", plan: "gold" }),
      ...npsAnswers(0, { promoters: 30 }, { channel: "web", plan: "gold" }),
      ...npsAnswers(0, { detractors: 30 }, { channel: "shop", plan: "gold" }),
    ]);
    const goal = { ...npsGoal, target: { value: 90 } };
    const all = await put(api, "all", goal);
    expect(all.json).toMatchObject({ state: "off-track", current: { value: 0, n: 60 } });
    for (const filter of [{ channel: "web" }, { channel: "web", plan: "gold" }]) {
      const { json } = await put(api, "segment", { ...goal, filter });
      expect(json).toMatchObject({ state: "met", current: { value: 100, n: 30 }, goal: { filter } });
    }
  });

  it("for money is a decimal string in its currency, which a change of the workspace's does not move", async () => {
    const api = await test.workspace({ currency: "EUR" });
    const purchase = (id: string, daysAgo: number, amount: string, currency: string) => ({
      ...{ id, type: "purchase.made", orderId: id, occurredAt: `${dayBefore(daysAgo)}T00:00:00Z` },
      money: { amount, currency },
    });
    await api.recordAll("events", [
      purchase("a", 45, "100.10", "EUR"),
      purchase("b", 1, "110.00", "EUR"),
      purchase("c", 1, "500.00", "USD"),
    ]);
    const goal = { ...npsGoal, metric: "sales", target: { changePercent: 20 } };
    const { json } = await put(api, "sales", goal);
    expect(json).toMatchObject({
      ...{
        currency: "EUR",
        state: "off-track",
        target: "120.12",
        expected: "110.11",
        by: "-0.11",
        certain: true,
      },
      current: { value: "110.00" },
    });
    await api.send("PATCH", "/v1/workspace", { body: { currency: "USD" } });
    expect((await put(api, "sales", goal)).json).toEqual(json);
    expect((await put(api, "sales", { ...goal, name: "More" })).json).toMatchObject({
      currency: "EUR",
      target: "120.12",
    });
    expect((await put(api, "sales", { ...goal, currency: "USD" })).json).toMatchObject({
      currency: "USD",
      current: { value: "500.00" },
    });
  });

  it("without a base is counted from the window up to the day on which it was set, and keeps that", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", npsAnswers(3, { promoters: 20, detractors: 20 }));
    const goal = { metric: "nps", target: { change: 10 }, dueDate: dayBefore(-10), window: 7 };
    const { json } = await put(api, "fresh", goal);
    expect(json).toMatchObject({
      ...{ state: "on-track", by: 0, target: 10, expected: 0, window: 7 },
      base: { from: dayBefore(6), to: dayBefore(0), value: 0 },
      current: { from: dayBefore(6), to: dayBefore(0), value: 0 },
    });
  });
});

describe("setting a goal", () => {
  it("makes it, does nothing when it is sent again, and replaces it when it is another one", async () => {
    const api = await test.workspace();
    const first = await put(api, "g", npsGoal);
    expect(first.status).toBe(201);
    const again = await put(api, "g", npsGoal);
    expect(again).toMatchObject({ status: 200, json: first.json });
    const other = await put(api, "g", { ...npsGoal, target: { value: 60 } });
    expect(other).toMatchObject({
      status: 200,
      json: { goal: { target: { value: 60 } }, target: 60, createdAt: first.json.createdAt },
    });
    expect((await api.get("/v1/goals/g")).json).toEqual(other.json);
  });

  it("by many at once makes one goal, and everybody is told of one of those that were set", async () => {
    const api = await test.workspace();
    const same = await Promise.all(Array.from({ length: 6 }, () => put(api, "same", npsGoal)));
    expect(same.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(new Set(same.map(({ json }) => JSON.stringify(json))).size).toBe(1);

    const values = [1, 2, 3, 4, 5, 6];
    const different = await Promise.all(
      values.map((value) => put(api, "different", { ...npsGoal, target: { value } })),
    );
    expect(different.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(different.map(({ json }) => json.target)).toEqual(values);
    const { json } = await api.get<GoalList>("/v1/goals");
    expect(json.items.map(({ id }) => id)).toEqual(["different", "same"]);
  });

  it("is refused past the limit, also by many at once, until one is deleted", async () => {
    const api = await test.workspace();
    const goal = { ...npsGoal, target: { value: 50 } };
    const ids = Array.from({ length: maxGoals + 6 }, (_, index) => `g-${index}`);
    const answers = [];
    for (let begin = 0; begin < ids.length; begin += 8) {
      answers.push(...(await Promise.all(ids.slice(begin, begin + 8).map((id) => put(api, id, goal)))));
    }
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(6);
    expect(refused[0]?.json.detail).toBe("a workspace has at most 50 goals: delete one that is over");
    const { json } = await api.get<GoalList>("/v1/goals?limit=200");
    expect(json.items).toHaveLength(maxGoals);

    const [made = ""] = json.items.map(({ id }) => id);
    expect((await put(api, made, { ...goal, name: "Still mine" })).status).toBe(200);
    expect((await api.send("DELETE", `/v1/goals/${made}`)).status).toBe(200);
    expect((await put(api, "one-more", goal)).status).toBe(201);
    expect((await put(api, "another", goal)).status).toBe(409);
  });

  it.each([
    ["x y", npsGoal, 400, "/id"],
    ["x".repeat(65), npsGoal, 400, "/id"],
    ["g", { ...npsGoal, metric: "fame" }, 422, "/metric"],
    ["g", { ...npsGoal, target: { value: 101 } }, 422, "/target/value"],
    ["g", { ...npsGoal, target: {} }, 422, "/target"],
    ["g", { ...npsGoal, dueDate: lastMonth.to }, 422, "/dueDate"],
    ["g", { ...npsGoal, base: { from: dayBefore(1), to: dayBefore(-1) } }, 422, "/base/to"],
    ["g", { ...npsGoal, convention: "net" }, 422, "/convention"],
    ["g", { ...npsGoal, owner: "me" }, 422, "/owner"],
    ["g", { ...npsGoal, filter: { "not a name": "x" } }, 422, "/filter/not a name"],
    ["g", [], 422, ""],
  ])("%s to %j is refused with %d at %s", async (id, body, status, pointer) => {
    const api = await test.workspace();
    const { json, ...answer } = await put(api, encodeURIComponent(id), body);
    expect([answer.status, json.errors?.map((error) => error.pointer)]).toEqual([status, [pointer]]);
    expect((await api.get<GoalList>("/v1/goals")).json.items).toEqual([]);
  });

  it("with a filter by a reserved name is refused", async () => {
    const api = await test.workspace();
    const raw = JSON.stringify(npsGoal).replace("{", '{"filter":{"__proto__":"x"},');
    const { status, json } = await api.send("PUT", "/v1/goals/g", {
      raw,
      headers: { "content-type": "application/json" },
    });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, "/filter/__proto__"]);
  });

  it("that is refused leaves the one that there is", async () => {
    const api = await test.workspace();
    const { json } = await put(api, "g", npsGoal);
    expect((await put(api, "g", { ...npsGoal, window: 31 })).status).toBe(422);
    expect((await api.get("/v1/goals/g")).json).toEqual(json);
  });
});

describe("goals", () => {
  it("are listed by id, page by page, and as CSV", async () => {
    const api = await test.workspace();
    await twoMonths(api, { promoters: 20, passives: 10, detractors: 10 });
    for (const id of ["b", "a.2", "C", "a:1"]) await put(api, id, { ...npsGoal, name: "=1+1" });
    const listed: string[] = [];
    let cursor = "";
    do {
      const { json } = await api.get<GoalList>(`/v1/goals?limit=2${cursor}`);
      listed.push(...json.items.map(({ id }) => id));
      cursor = json.nextCursor === null ? "" : `&cursor=${json.nextCursor}`;
    } while (cursor);
    expect(listed).toEqual(["C", "a.2", "a:1", "b"]);

    const { headers, text } = await api.csv("/v1/goals?limit=1");
    expect(headers.get("x-next-cursor")).toMatch(/\S/);
    const [header = "", row = ""] = text.replace("\ufeff", "").split("\r\n");
    const cell = (name: string) => row.split(",")[header.split(",").indexOf(name)];
    expect([cell("id"), cell("goal.metric"), cell("goal.target.change"), cell("goal.name")]).toEqual([
      ...["C", "nps", "5", "'=1+1"],
    ]);
    expect([cell("state"), cell("by"), cell("current.value"), cell("base.n")]).toEqual([
      ...["off-track", "-2.5", "25", "40"],
    ]);
  });

  it("refuse made-up parameters and cursors", async () => {
    const api = await test.workspace();
    for (const query of ["limit=0", "limit=201", "cursor=x", "cursor=eyJhIjoxfQ", "metric=nps"]) {
      expect((await api.get(`/v1/goals?${query}`)).status, query).toBe(400);
    }
    await put(api, "g", npsGoal);
    expect((await api.get("/v1/goals/g?from=2026-01-01")).status).toBe(400);
    expect((await api.send("DELETE", "/v1/goals/g?force=1")).status).toBe(400);
  });

  it("are deleted once, also by many at once", async () => {
    const api = await test.workspace();
    await put(api, "g", npsGoal);
    const answers = await Promise.all(Array.from({ length: 4 }, () => api.send("DELETE", "/v1/goals/g")));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
    expect(answers.find(({ status }) => status === 200)?.json).toEqual({ id: "g", status: "deleted" });
    expect((await api.get("/v1/goals/g")).status).toBe(404);
    expect((await put(api, "g", npsGoal)).status).toBe(201);
  });

  it("that do not exist are not found, whatever their id looks like", async () => {
    const api = await test.workspace();
    for (const id of ["none", "a%20b", "%00", "goal%23x", "x".repeat(900)]) {
      expect((await api.get(`/v1/goals/${id}`)).status, id).toBe(404);
      expect((await api.send("DELETE", `/v1/goals/${id}`)).status, id).toBe(404);
    }
  });

  it("belong to one workspace", async () => {
    const [mine, theirs] = await Promise.all([test.workspace(), test.workspace()]);
    await put(mine, "g", npsGoal);
    expect((await theirs.get("/v1/goals/g")).status).toBe(404);
    expect((await theirs.send("DELETE", "/v1/goals/g")).status).toBe(404);
    expect((await theirs.get<GoalList>("/v1/goals")).json.items).toEqual([]);
    expect((await put(theirs, "g", { ...npsGoal, target: { value: 1 } })).status).toBe(201);
    expect((await mine.get<GoalBody>("/v1/goals/g")).json.goal).toEqual(npsGoal);
  });

  it("are read with the scope read, and set and deleted with admin alone", async () => {
    const api = await test.workspace();
    const [read, ingest] = [await test.key(api, "read"), await test.key(api, "ingest")];
    await put(api, "g", npsGoal);
    for (const key of [read, ingest]) {
      expect((await put(api, "g", { ...npsGoal, window: 30 }, { key })).status).toBe(403);
      expect((await api.send("DELETE", "/v1/goals/g", { key })).status).toBe(403);
    }
    expect((await api.get("/v1/goals", { key: read })).status).toBe(200);
    expect((await api.get("/v1/goals/g", { key: read })).status).toBe(200);
    expect((await api.get("/v1/goals/g", { key: ingest })).status).toBe(403);
    expect((await api.get("/v1/goals", { key: null })).status).toBe(401);
    expect((await put(api, "g", npsGoal, { key: null })).status).toBe(401);
  });
});
