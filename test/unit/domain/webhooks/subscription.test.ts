import { describe, expect, it } from "vitest";
import { announcementOf } from "../../../../lib/domain/webhooks/announcement.ts";
import {
  filterSchema,
  isAnyTold,
  passes,
  subscribersOf,
} from "../../../../lib/domain/webhooks/subscription.ts";
import { defaultSettings } from "../../../../lib/domain/workspace/settings.ts";
import { event, response } from "../../../fixtures/facts.ts";

const workspace = {
  ...defaultSettings,
  id: "shop",
  createdAt: "2026-01-01T00:00:00.000Z",
  version: 1,
  trackedSince: {},
};
const answer = (fields: object = {}) => response(workspace, { survey: "nps", score: 9, ...fields }).fact;
const mobile = event(workspace, { type: "mobile.scored", page: "/", score: 5 }).fact;

describe("a filter", () => {
  it("passes everything where it asks for nothing", () => {
    expect(passes(answer())).toBe(true);
    expect(passes(mobile, {})).toBe(true);
  });

  it("by survey passes answers to it, and no events", () => {
    expect(passes(answer(), { survey: "nps" })).toBe(true);
    expect(passes(answer(), { survey: "csat" })).toBe(false);
    expect(passes(mobile, { survey: "nps" })).toBe(false);
  });

  it("by scores includes both ends, and passes no event that has a score of another kind", () => {
    const passed = [5, 6, 8, 9].map((score) => passes(answer({ score }), { scores: { from: 6, to: 8 } }));
    expect(passed).toEqual([false, true, true, false]);
    expect(passes(answer({ score: 0 }), { scores: { to: 6 } })).toBe(true);
    expect(passes(answer({ score: 10 }), { scores: { from: 9 } })).toBe(true);
    expect(passes(mobile, { scores: { from: 0 } })).toBe(false);
  });

  it("by dimensions passes what has one of the values of each of them", () => {
    const sent = answer({ dimensions: { channel: "web", touchpoint: "checkout" } });
    expect(passes(sent, { dimensions: { channel: ["app", "web"], touchpoint: "checkout" } })).toBe(true);
    expect(passes(sent, { dimensions: { channel: "app" } })).toBe(false);
    expect(passes(sent, { dimensions: { country: "DE" } })).toBe(false);
    expect(passes(answer(), { dimensions: { constructor: "web" } })).toBe(false);
  });

  it("cannot ask for a range that ends before it begins", () => {
    expect(filterSchema.safeParse({ scores: { from: 7, to: 6 } }).success).toBe(false);
    expect(filterSchema.safeParse({ scores: { from: 6, to: 6 } }).success).toBe(true);
  });
});

describe("an event is told to the webhooks", () => {
  const subscriptions = {
    detractors: { events: ["response.recorded" as const], filter: { scores: { to: 6 } } },
    all: { events: ["response.recorded" as const, "event.recorded" as const] },
    goals: { events: ["goal.reached" as const], filter: { survey: "nps" as const } },
  };

  it("that subscribe to its type, and whose filter it passes", () => {
    expect(subscribersOf(subscriptions, announcementOf(answer({ score: 3 }), 0))).toEqual([
      "detractors",
      "all",
    ]);
    expect(subscribersOf(subscriptions, announcementOf(answer(), 0))).toEqual(["all"]);
    expect(subscribersOf(subscriptions, announcementOf(mobile, 0))).toEqual(["all"]);
  });

  it("whatever their filter, where it is about no fact", () => {
    const reached = { type: "goal.reached", at: 0, data: {} } as const;
    expect(subscribersOf(subscriptions, reached)).toEqual(["goals"]);
    expect(isAnyTold(subscriptions, "goal.missed", "goal.reached")).toBe(true);
    expect(isAnyTold(subscriptions, "digest.ready")).toBe(false);
    expect(isAnyTold(undefined, "digest.ready")).toBe(false);
  });
});
