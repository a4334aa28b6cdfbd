import { expect, it } from "vitest";
import { runUnderFaults } from "../../fixtures/under-faults.ts";

it("nothing is lost and nothing counts twice while every tenth call of the store goes wrong", async () => {
  const { faults } = await runUnderFaults({
    ...{ seed: 71, facts: 600, days: 14, trackedDimensions: ["channel"] },
    ...{ clients: 6, sizes: [1, 1, 1, 2, 5, 20, 60], faultShare: 0.1 },
  });
  // Every kind of fault was met.
  expect([...faults.keys()].sort()).toEqual([
    ...["InternalServerError", "ProvisionedThroughputExceededException", "ServiceUnavailable"],
    ...["TransactionCanceledException", "cut-answer", "delay", "drop-answer", "drop-request"],
  ]);
}, 300_000);
