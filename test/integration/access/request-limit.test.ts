import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needsKey } from "../../../lib/route.ts";
import { ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { type DocumentedRoute, documentedRoutes, pathOf } from "../../fixtures/documented.ts";

/** A key may make one request in ten seconds here: every route counts in the same item of the table. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await ApiCloud.start({ variables: { KEY_REQUESTS_PER_SECOND: "0.1" } });
});
afterAll(() => test?.end());

const guarded = documentedRoutes.filter(({ route }) => needsKey(route));

/** Asks until the key has no more requests in the running window. Returns the refusal. */
async function refusalOf(one: DocumentedRoute, client: ApiClient) {
  for (;;) {
    const [body] = one.examples;
    const options = body === undefined ? {} : { body };
    const answer = await client.send(one.route.method, pathOf(one), options);
    expect(answer.status, `${one.key} ${JSON.stringify(answer.json)}`).not.toBe(500);
    if (answer.status === 429) return answer;
  }
}

describe.each(guarded.map((one) => [one.key, one] as const))("%s", (_key, one) => {
  it("is answered with 429 and the seconds to wait when the key has made its requests", async () => {
    api = await test.workspace();
    const { headers, json } = await refusalOf(one, api);
    expect(headers.get("retry-after")).toMatch(/^([1-9]|10)$/);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(json).toMatchObject({ status: 429, title: "Too many requests" });
  });
});

it("a refused request does nothing, and another key of the workspace goes on", async () => {
  api = await test.workspace();
  const statuses: number[] = [];
  while (statuses.at(-1) !== 429) {
    statuses.push((await api.post("/v1/responses", { survey: "nps", score: 9 })).status);
  }
  const before = statuses.filter((status) => status === 201).length;
  expect(before).toBeGreaterThan(0);
  const other = new ApiClient(api.url, await test.storedKey(api), api.workspace);
  expect((await other.total("nps", dayBefore(3), dayBefore(-1))).n).toBe(before);
});
