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

const day = "2024-05-02";
const occurredAt = `${day}T09:00:00Z`;
const task = (id: string, completed: boolean, more: object = {}) => ({
  ...{ id, survey: "task-completion", completed, occurredAt },
  ...more,
});
const intent = (id: string, choice: string, more: object = {}) => ({
  ...{ id, survey: "visitor-intent", choice, occurredAt },
  ...more,
});

describe("answers without a score", () => {
  it("are listed, filtered and exported as they were sent", async () => {
    await api.recordAll("responses", [
      task("done", true, { inTime: false, customerId: "c" }),
      task("failed", false),
      intent("buy", "Buy", { completed: true, comment: "Easy" }),
      { id: "scored", survey: "nps", score: 9, occurredAt },
    ]);
    const ids = async (query: string) => {
      const { json } = await api.get<{ items: { id: string }[] }>(`/v1/responses?${query}`);
      return json.items.map(({ id }) => id).sort();
    };
    expect(await ids("survey=task-completion")).toEqual(["done", "failed"]);
    expect(await ids("completed=true")).toEqual(["buy", "done"]);
    expect(await ids("choice=Buy")).toEqual(["buy"]);
    expect(await ids("scoreFrom=0")).toEqual(["scored"]);
    expect(await ids("scoreTo=10")).toEqual(["scored"]);
    const { json } = await api.get("/v1/responses/done");
    expect(json).toMatchObject({ survey: "task-completion", completed: true, inTime: false });
    expect(json).not.toHaveProperty("score");
    const { text } = await api.csv("/v1/responses?survey=visitor-intent");
    expect(parse(text, { bom: true, columns: true })).toEqual([
      expect.objectContaining({ survey: "visitor-intent", choice: "Buy", completed: "true", score: "" }),
    ]);
    const { json: customer } = await api.get<{ latestScores: unknown[]; items: unknown[] }>(
      "/v1/customers?customerId=c",
    );
    expect(customer).toMatchObject({ latestScores: [], items: [{ id: "done" }] });
  });

  it("have their intents, the most frequent first, in snapshots as in every other answer", async () => {
    const choices = ["Return", "Buy", "Ask", "Browse", "Buy", "Ask", "Buy"];
    await api.recordAll(
      "responses",
      choices.map((choice, index) => intent(`i${index}`, choice, { completed: index % 2 === 0 })),
    );
    await api.post("/v1/snapshots", { from: day, to: day });
    const { components } = await api.total("visitor-intent", day, day);
    const names = Object.keys(components).filter((name) => name.startsWith("answers "));
    expect(names).toEqual(["answers Buy", "answers Ask", "answers Browse", "answers Return"]);
    const [snapshot] = await api.snapshots(`metric=visitor-intent&from=${day}&to=${day}`);
    expect(Object.entries(snapshot?.components ?? {})).toEqual(Object.entries(components));
  });

  it("leave the counts and come back", async () => {
    await api.recordAll("responses", [task("a", true), task("b", false), intent("c", "Buy")]);
    const values = async () => [
      (await api.total("task-completion", day, day)).value,
      (await api.total("visitor-intent", day, day)).n,
    ];
    const exclude = async (id: string, excluded: boolean) => {
      const body = { excluded, reason: "a test" };
      expect((await api.send("PATCH", `/v1/responses/${id}`, { body })).status).toBe(200);
    };
    expect(await values()).toEqual([50, 1]);
    await exclude("b", true);
    await exclude("c", true);
    expect(await values()).toEqual([100, 0]);
    await exclude("b", false);
    await exclude("c", false);
    expect(await values()).toEqual([50, 1]);
  });

  it.each([
    [{ survey: "task-completion" }, "/completed"],
    [{ survey: "task-completion", completed: "yes" }, "/completed"],
    [{ survey: "task-completion", completed: true, inTime: 1 }, "/inTime"],
    [{ survey: "task-completion", completed: false, inTime: true }, "/inTime"],
    [{ survey: "task-completion", completed: true, score: 5 }, "/score"],
    [{ survey: "visitor-intent" }, "/choice"],
    [{ survey: "visitor-intent", choice: "" }, "/choice"],
    [{ survey: "visitor-intent", choice: "x".repeat(101) }, "/choice"],
    [{ survey: "visitor-intent", choice: ["Buy"] }, "/choice"],
    [{ survey: "visitor-intent", choice: "Buy", completed: null }, "/completed"],
    [{ survey: "visitor-intent", choice: "Buy", inTime: true }, "/inTime"],
  ])("are refused where they are none: %j", async (body, pointer) => {
    const { status, json } = await api.post<{ errors: { pointer: string }[] }>("/v1/responses", body);
    expect(status).toBe(422);
    expect(json.errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  it("make groups of terms and tags", async () => {
    await api.recordAll("responses", [
      task("a", false, { comment: "Login broken", tags: ["login", "login"] }),
      task("b", false, { comment: "Login slow", tags: ["login", "speed"] }),
      task("c", true, { comment: "Fine" }),
      task("d", true, { tags: ["speed"] }),
      intent("e", "Buy", { comment: "Cheap" }),
      intent("f", "Help", { comment: "Nobody answers" }),
      intent("g", "Help", { comment: "Call me" }),
    ]);
    const groupsOf = async (survey: string) => {
      const { json } = await api.get<{ groups: { group: string; comments: number; tags: unknown }[] }>(
        `/v1/terms?survey=${survey}`,
      );
      return json.groups;
    };
    const [failed, done] = await groupsOf("task-completion");
    expect(failed).toMatchObject({
      ...{ group: "not completed", comments: 2 },
      tags: [
        { tag: "login", comments: 2, sharePercent: 100 },
        { tag: "speed", comments: 1, sharePercent: 50 },
      ],
    });
    expect(done).toMatchObject({ group: "completed", comments: 1, tags: [] });
    expect((await groupsOf("visitor-intent")).map(({ group }) => group)).toEqual(["Help", "Buy"]);
  });
});

describe("intents", () => {
  it("are counted by name up to 30 of a workspace, also when all come at once, and the others together", async () => {
    const many = Array.from({ length: 40 }, (_, index) => intent(`i${index}`, `intent ${index}`));
    await Promise.all(
      [0, 10, 20, 30].map((start) => api.recordAll("responses", many.slice(start, start + 10))),
    );
    const { value, components, n, remarks } = await api.total("visitor-intent", day, day);
    const named = Object.keys(components).filter((name) => name.startsWith("answers "));
    expect(n).toBe(40);
    expect(named).toHaveLength(31);
    expect(named.at(-1)).toBe("answers (other)");
    expect(components["answers (other)"]).toBe(10);
    // Each of the named was given once.
    expect({ value, mostFrequent: components["mostFrequent"] }).toEqual({
      value: 2.5,
      mostFrequent: expect.stringMatching(/^intent \d+$/),
    });
    expect(remarks).toEqual([expect.stringContaining("10 answers count as (other)")]);
    const groups = await api.series("visitor-intent", `from=${day}&to=${day}&groupBy=choice`);
    expect(groups.map((group) => group.value).toSorted()).toEqual([
      ...new Array<number>(30).fill(100),
      ...new Array<null>(10).fill(null),
    ]);
    const range = { from: day, to: day };
    const { json } = await api.post("/v1/reconciliation", range);
    expect(json).toMatchObject({ differencesTotal: 0 });
  });

  it("can be asked for as a dimension", async () => {
    const answers = ["Buy", "Buy", "Help"].map((choice, index) =>
      intent(`i${index}`, choice, { completed: index === 0 }),
    );
    await api.recordAll("responses", answers);
    const query = `from=${day}&to=${day}&groupBy=choice`;
    const { json } = await api.get<{ series: { group: string; n: number }[] }>(
      `/v1/metrics/visitor-intent?${query}`,
    );
    expect(json.series.map(({ group, n }) => [group, n])).toEqual([
      ["Buy", 2],
      ["Help", 1],
    ]);
  });
});
