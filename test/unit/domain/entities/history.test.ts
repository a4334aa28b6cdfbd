import { describe, expect, it } from "vitest";
import {
  allSteps,
  bytesOf,
  type History,
  type Origin,
  restrictedTo,
  withOrigin,
  withoutStep,
  withStep,
} from "../../../../lib/domain/entities/history.ts";

const nothing: History<"came" | "went"> = { steps: { came: [], went: [] }, origin: null };

/** A step on a day, at an instant, with a detail. */
const step = (day: number, at = 0, detail = "") => ({ day, at, detail });

describe("the steps of a history", () => {
  it("lie in order of instant, then day, then detail, whatever the order of arrival", () => {
    const inOrder = [step(9, 1), step(2, 3, "a"), step(2, 3, "b"), step(3, 3), step(1, 4)];
    for (const arriving of [
      inOrder,
      inOrder.toReversed(),
      [2, 0, 4, 1, 3].flatMap((i) => inOrder[i] ?? []),
    ]) {
      const { steps } = arriving.reduce((sum, one) => withStep(sum, "came", one), nothing);
      expect(steps.came).toEqual(inOrder.map((one) => ({ ...one, times: 1 })));
      expect(steps.went).toEqual([]);
    }
  });

  it("are counted where they say the same, and kept apart where instant, day or detail differs", () => {
    const said = [step(1, 5, "a"), step(1, 5, "a"), step(1, 5, "b"), step(1, 6, "a"), step(2, 5, "a")];
    const { steps } = said.reduce((sum, one) => withStep(sum, "came", one), nothing);
    expect(steps.came.map(({ times }) => times)).toEqual([2, 1, 1, 1]);
  });

  it("go one by one, and only where there is one like it", () => {
    const twice = [step(1), step(1), step(2)].reduce((sum, one) => withStep(sum, "went", one), nothing);
    const once = withoutStep(twice, "went", step(1));
    expect(once.steps).toEqual({
      came: [],
      went: [
        { ...step(1), times: 1 },
        { ...step(2), times: 1 },
      ],
    });
    expect(withoutStep(once, "went", step(1)).steps.went).toEqual([{ ...step(2), times: 1 }]);
    expect(withoutStep(once, "went", step(3))).toEqual(once);
  });

  it("can be restricted to some days, each kind for itself, and stay as they were", () => {
    const origin = { rank: 1, at: 0, factId: "f", segments: {} };
    const history = withOrigin(
      withStep(withStep(withStep(nothing, "came", step(1)), "came", step(2)), "went", step(3)),
      origin,
    );
    const restricted = restrictedTo(history, (day) => day === 2);
    expect(restricted).toEqual({ steps: { came: [{ ...step(2), times: 1 }], went: [] }, origin });
    expect(allSteps(history)).toEqual([
      { kind: "came", step: { ...step(1), times: 1 } },
      { kind: "came", step: { ...step(2), times: 1 } },
      { kind: "went", step: { ...step(3), times: 1 } },
    ]);
  });

  it("take 24 bytes each, and those of their details in UTF-8", () => {
    expect(bytesOf(nothing)).toBe(0);
    const history = withStep(withStep(nothing, "came", step(1, 0, "café")), "went", step(2));
    expect(bytesOf(history)).toBe(24 + 5 + 24);
  });
});

describe("the segments of an entity", () => {
  const origin = (rank: number, at: number, factId: string): Origin => ({ rank, at, factId, segments: {} });

  it.each([
    ["the fact that says more, even if it is later", origin(1, 9, "b"), origin(0, 1, "a")],
    ["the earlier of two that say as much", origin(0, 1, "b"), origin(0, 2, "a")],
    ["the one with the first id of two at the same instant", origin(0, 1, "a"), origin(0, 1, "b")],
  ])("come from %s, whichever arrives first", (_name, telling, other) => {
    for (const [first, second] of [
      [telling, other],
      [other, telling],
    ] as const) {
      expect(withOrigin(withOrigin(nothing, first), second).origin).toBe(telling);
    }
  });
});
