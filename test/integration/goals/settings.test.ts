import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maxGoals } from "../../../lib/store/settings/goals.ts";
import { dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { type GoalBody, type GoalList, lastMonth, npsGoal, put, twoMonths } from "./goals.ts";

/** Setting, listing and deleting goals, over HTTP. */

let test: ApiCloud;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());

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
