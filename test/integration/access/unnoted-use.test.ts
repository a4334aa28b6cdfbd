import { afterAll, beforeAll, expect, it } from "vitest";
import type { ServiceCall, Verdict } from "../../../lib/tools/local-cloud/aws/interception.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { throttled } from "../../fixtures/faults.ts";

let test: ApiCloud;
let met = 0;

function intercept({ functionName, action }: ServiceCall): Verdict {
  if (functionName !== "authorize" || action !== "UpdateItem") return "pass";
  met += 1;
  return throttled;
}

beforeAll(async () => {
  test = await ApiCloud.start({ intercept });
});
afterAll(() => test?.end());

it("a table that takes no writes for a moment keeps no known key from reading", async () => {
  const api = await test.workspace();
  expect((await api.get("/v1/metrics/nps")).status).toBe(200);
  expect(met).toBeGreaterThan(0);
});
