import { expect, it } from "vitest";
import { runUnderFaults } from "../fixtures/under-faults.ts";

it("of 20,000 facts under 10 % faults none is lost and none counts twice", async () => {
  const { acknowledged, calls, faults, refusals, abandoned } = await runUnderFaults({
    ...{ seed: 20_000, facts: 20_000, days: 10, trackedDimensions: [] },
    ...{ clients: 4, sizes: [1, 20, 100, 500], faultShare: 0.1 },
  });
  const met = [...faults.values()].reduce((sum, count) => sum + count, 0);
  console.log(
    `${acknowledged.size} facts; ${met} of ${calls} calls of the store went wrong, clients hung up ${abandoned} times and were told ${refusals} times to try later`,
  );
  expect(acknowledged.size).toBe(20_000);
  expect(met / calls).toBeGreaterThan(0.08);
  expect(refusals).toBeGreaterThan(0);
});
