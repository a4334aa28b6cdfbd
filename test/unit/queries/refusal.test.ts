import { expect, it } from "vitest";
import { adviceOnHistories, orRefuse } from "../../../lib/queries/refusal.ts";
import { StoreError, tooMany, tooSlow } from "../../../lib/store/table/errors.ts";

const advice = { parameter: "groupBy", detail: "has too many values for so many days" };

function refusedWith(error: Error): Promise<unknown> {
  return orRefuse(
    () => Promise.reject(error),
    () => advice,
  );
}

it("a question that is too much is refused with the advice for it", async () => {
  await expect(refusedWith(tooMany("more than 20,000 facts"))).rejects.toMatchObject({ advice });
  await expect(refusedWith(new StoreError("over-budget", "units"))).rejects.toMatchObject({ advice });
});

it("a question that ran out of time is told so, and not that its values are too many", async () => {
  await expect(refusedWith(tooSlow("more facts than can be read in time"))).rejects.toMatchObject({
    advice: {
      parameter: "groupBy",
      detail: expect.stringMatching(/^takes longer than one request has: ask for fewer days/),
    },
  });
});

it("whatever else goes wrong is passed on", async () => {
  const error = new StoreError("unavailable", "throttled");
  await expect(refusedWith(error)).rejects.toBe(error);
});

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
