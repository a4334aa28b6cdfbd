import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlertState } from "../../../../lib/domain/alerts/alert.ts";
import type { Episode } from "../../../../lib/domain/alerts/episodes.ts";
import { type JudgedAlert, judgeAlerts } from "../../../../lib/domain/alerts/transitions.ts";

const episode: Episode = {
  ...{ since: "2026-06-01", on: "2026-06-05", side: "below", rule: "shift" },
  ...{ chance: 0.04, deviations: 1.2, points: 5 },
};

const known: AlertState = { judgedThrough: "2026-06-04", judgedTogether: 1, isLearning: false };

function alertOf(own: Episode | undefined, chance: number | undefined, before = known): JudgedAlert {
  return { sensitivity: "default", before, verdict: { episodes: own ? [own] : [], chance } };
}

const judge = (...alerts: JudgedAlert[]) => judgeAlerts(alerts, "2026-06-05");

describe("what is raised and cleared", () => {
  it("an episode that lasts raises its alert, on the day that was judged", () => {
    const [transition] = judge(alertOf(episode, 0.04));
    expect(transition).toMatchObject({ raised: { since: "2026-06-01", on: "2026-06-05" } });
  });

  it("the same day again raises nothing more", () => {
    const [first] = judge(alertOf(episode, 0.04));
    const [again] = judge(alertOf(episode, 0.04, first?.state));
    expect(again).toEqual({ state: first?.state });
  });

  it("among many alerts of which the others are quiet more is needed", () => {
    const quiet = Array.from({ length: 19 }, () => alertOf(undefined, 0.9));
    expect(judge(alertOf(episode, 0.04), ...quiet)[0]?.raised).toBeUndefined();
    expect(judge(alertOf({ ...episode, chance: 0.002 }, 0.002), ...quiet)[0]?.raised).toBeDefined();
  });

  it("what came and went since the last judgement is raised and cleared at once", () => {
    const over: Episode = { ...episode, ended: { on: "2026-06-05", how: "returned" } };
    expect(judge(alertOf(over, undefined))[0]).toMatchObject({ raised: {}, cleared: { how: "returned" } });
    expect(
      judge(alertOf(over, undefined, { ...known, judgedThrough: "2026-06-05" }))[0]?.raised,
    ).toBeUndefined();
  });

  it("what is not there any more is cleared as restated", () => {
    const [first] = judge(alertOf(episode, 0.04));
    expect(judge(alertOf(undefined, 0.8, first?.state))[0]).toMatchObject({
      state: { cleared: { how: "restated", endedOn: "2026-06-05" } },
    });
  });

  it("never more is raised than has a chance below its share of the level", () => {
    const chances = fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(chances, (all) => {
        const transitions = judge(...all.map((chance) => alertOf({ ...episode, chance }, chance)));
        const raised = transitions.filter((one) => one.raised).length;
        for (const [at, { raised: own }] of transitions.entries()) {
          if (own) expect(all[at]).toBeLessThanOrEqual((0.05 * Math.max(1, raised)) / all.length + 1e-12);
        }
      }),
    );
  });
});
