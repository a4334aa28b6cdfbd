import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { type GoalBody, type GoalList, lastMonth, npsAnswers, npsGoal, put, twoMonths } from "./goals.ts";

/** How goals are judged, over HTTP. */

let test: ApiCloud;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());

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
