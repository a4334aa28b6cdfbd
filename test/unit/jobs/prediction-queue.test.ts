import { expect, it } from "vitest";
import { isWeekly } from "../../../lib/jobs/prediction-queue.ts";

it("one of a week's hourly runs asks for predictions", () => {
  const start = Date.parse("2026-11-27T00:15:00Z");
  const runs = Array.from({ length: 168 }, (_, hour) => start + hour * 3_600_000).filter(isWeekly);
  expect(runs.map((run) => new Date(run).toISOString())).toEqual(["2026-11-30T03:15:00.000Z"]);
});
