import { describe, expect, it } from "vitest";
import { entitiesAffectedBy, recountState } from "../../../../lib/store/settings/recounts.ts";
import { workspace } from "../reconciliation/recounts.ts";

const at = "2026-03-04T12:00:00.000Z";
const minutes = (count: number) => Date.parse(at) + count * 60_000;

describe("the recounts of a workspace", () => {
  it("are complete where nothing is owed", () => {
    const complete = { state: "complete", since: null, entities: [] };
    expect(recountState(workspace, minutes(0))).toEqual(complete);
    expect(recountState({ ...workspace, recounts: {} }, minutes(0))).toEqual(complete);
  });

  it("run while there are steps, and are stalled once there has been none for more than a quarter of an hour", () => {
    const customer = { since: at, version: 2 };
    const stateAfter = (count: number, steppedAt?: string) =>
      recountState({ ...workspace, recounts: { customer: { ...customer, steppedAt } } }, minutes(count))
        .state;
    expect([stateAfter(0), stateAfter(15), stateAfter(16)]).toEqual(["running", "running", "stalled"]);
    const step = new Date(minutes(60)).toISOString();
    expect([stateAfter(75, step), stateAfter(76, step)]).toEqual(["running", "stalled"]);
  });

  it("are stalled where one of them is, and are as old as the oldest", () => {
    const recounts = {
      customer: { since: at, version: 2 },
      cart: { since: new Date(minutes(30)).toISOString(), version: 3 },
    };
    expect(recountState({ ...workspace, recounts }, minutes(31))).toEqual({
      state: "stalled",
      since: at,
      entities: ["cart", "customer"],
    });
  });
});

describe("a change of settings", () => {
  it.each([
    [{ inactivityDays: 30 }, ["customer"]],
    [{ cartHours: 48 }, ["cart"]],
    [{ timeZone: "Asia/Tokyo" }, ["ticket", "cart", "invitation"]],
    [{ currency: "EUR", margin: 0.5 }, []],
    [{}, []],
  ])("to %j asks for a recount of %j", (change, names) => {
    const affected = entitiesAffectedBy(workspace, { ...workspace, ...change });
    expect(affected.map(({ name }) => name).sort()).toEqual([...names].sort());
  });
});
