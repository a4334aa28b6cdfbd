import { expect, it } from "vitest";
import { adviceOnHistories } from "../../../lib/queries/advice.ts";

/** Advice that helps: histories begin long before the days asked for. */

const adviceOn = (groupBy: string[], trackedDimensions: string[], filters = {}) =>
  adviceOnHistories({ groupBy, filters }, { trackedDimensions });

it("too many histories by one dimension: it can be tracked, and fewer days do not help", () => {
  expect(adviceOn(["country"], ["channel"])).toEqual({
    parameter: "groupBy",
    detail: expect.stringMatching(
      /too many for one request: track country in the workspace, or ask the archive in SQL; fewer days/,
    ),
  });
});

it("too many histories by several: a tracked one alone has counters", () => {
  expect(adviceOn(["country"], ["channel"], { channel: ["web"] })).toEqual({
    parameter: "filter.channel",
    detail: expect.stringMatching(
      /: ask for channel alone, which has counters, track country in the workspace, or ask/,
    ),
  });
  expect(adviceOn(["plan", "channel"], ["channel", "plan"]).detail).toMatch(
    /: ask for plan or channel alone, which has counters, or ask the archive in SQL/,
  );
});
