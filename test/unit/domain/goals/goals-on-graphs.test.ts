import { describe, expect, it } from "vitest";
import type { GoalState } from "../../../../lib/domain/goals/evaluate.ts";
import type { Goal } from "../../../../lib/domain/goals/goal.ts";
import {
  goalsOnGraphs,
  isCertainlyMissed,
  isUnderWay,
} from "../../../../lib/domain/goals/goals-on-graphs.ts";
import { defaultSettings, type Workspace } from "../../../../lib/domain/workspace/settings.ts";
import { dueDate, goalOf, start } from "./goals.ts";

const workspace: Workspace = {
  ...defaultSettings,
  ...{ id: "shop", createdAt: "2026-01-01T00:00:00Z", version: 1, trackedSince: {} },
};

function named(id: string, goal: Goal, definition: Partial<Goal["definition"]> = {}): Goal {
  return { ...goal, id, definition: { ...goal.definition, ...definition } };
}

describe("the goal that is drawn of a metric", () => {
  const nps = goalOf("nps", { value: 50 });
  const draw = (...goals: Goal[]) => goalsOnGraphs(goals, workspace).map(({ id }) => id);

  it("is the one that is due first, of two that are due at once the first by id", () => {
    const earlier = { dueDate: "2026-05-10" };
    expect(draw(named("a", nps), named("b", nps, earlier), named("c", nps, earlier))).toEqual(["b"]);
    expect(draw(named("c", nps, earlier), named("b", nps, earlier), named("a", nps))).toEqual(["b"]);
  });

  it("is one for each metric", () => {
    expect(draw(named("a", nps), named("b", goalOf("csat", { value: 80 })))).toEqual(["a", "b"]);
  });

  it("is none of a segment, of another convention or of another currency", () => {
    expect(draw(named("a", nps, { filter: { channel: "web" } }))).toEqual([]);
    expect(draw(named("a", nps, { filter: {} }))).toEqual(["a"]);
    expect(draw(named("a", { ...nps, convention: "1-10" }))).toEqual([]);
    const sales = goalOf("sales", { value: "10" });
    expect(draw(named("a", { ...sales, currency: "EUR" }), named("b", sales))).toEqual(["b"]);
    expect(draw(named("a", { ...nps, currency: "EUR" }))).toEqual(["a"]);
  });
});

it("a goal is under way from the last day of its base to its due date, both included", () => {
  const goal = goalOf("nps", { value: 50 });
  const days = ["2026-01-30", start, "2026-03-01", dueDate, "2026-05-12"];
  expect(days.map((day) => isUnderWay(goal, day))).toEqual([false, true, true, true, false]);
});

it("a goal is certainly missed only when it is off track beyond doubt", () => {
  const verdict = (state: GoalState, certain: boolean | null) =>
    isCertainlyMissed({ state, certain, by: 0, final: false, target: 0, expected: 0 });
  expect(verdict("off-track", true)).toBe(true);
  expect([verdict("off-track", false), verdict("off-track", null)]).toEqual([false, false]);
  expect([verdict("on-track", true), verdict("met", true), verdict("unknown", null)]).toEqual(
    new Array(3).fill(false),
  );
});
