import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ServiceCall, Verdict } from "../../../lib/tools/local-cloud/aws/interception.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { eventually } from "../../fixtures/local/eventually.ts";

/** API Gateway answers a bare 500 where the authorizer takes longer than Lambda gives it. */

let test: ApiCloud;
/** The calls of the authorizer to the table, in their order. */
let calls: string[] = [];
/** Says what becomes of a call of the authorizer. */
let verdict: (action: string, nth: number) => Verdict = () => "pass";

function intercept({ functionName, action }: ServiceCall): Verdict {
  if (functionName !== "authorize") return "pass";
  calls.push(action);
  return verdict(action, calls.filter((call) => call === action).length);
}

const hanging: Verdict = { delayMilliseconds: 6_000 };

beforeAll(async () => {
  test = await ApiCloud.start({ intercept });
});
afterAll(() => test?.end());
afterEach(() => {
  verdict = () => "pass";
  calls = [];
});

it("a key is known although the first try to read it hangs and the table takes its time to write", async () => {
  const api = await test.workspace();
  verdict = (action, nth) => {
    if (action === "GetItem" && nth === 1) return hanging;
    return action === "UpdateItem" ? { delayMilliseconds: 2_500 } : "pass";
  };
  expect((await api.get("/v1/metrics/nps")).status).toBe(200);
  expect(calls.slice(0, 2)).toEqual(["GetItem", "GetItem"]);
});

it("an authorizer whose table hangs fails by itself, before it is cut off", async () => {
  const api = await test.workspace();
  verdict = () => hanging;
  expect((await api.get("/v1/metrics/nps")).status).toBe(500);
  const accessLog = async () => [...(await test.logs())].find(([file]) => file.endsWith("access.log"))?.[1];
  await eventually(accessLog).toMatch(/"status":"500".*"authorizerError":"[^"]*requestTimeout/);
  expect(calls).toEqual(["GetItem", "GetItem"]);
});

describe("the table is not asked about what cannot be a key:", () => {
  it.each(["Bearer short", "Bearer", "Basic abc", "Bearer one two", `Bearer ${"x".repeat(200)}`])(
    "%s",
    async (authorization) => {
      const api = await test.workspace();
      expect((await api.get("/v1/metrics/nps", { headers: { authorization } })).status).toBe(401);
      expect(calls).toEqual([]);
    },
  );
});
