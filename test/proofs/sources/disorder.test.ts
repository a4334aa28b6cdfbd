import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { providers } from "../../../lib/domain/sources/registry.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { payloadsOf } from "../../fixtures/sources/payloads.ts";
import { SourceClient } from "../../fixtures/sources/source-client.ts";
import { storedStates } from "../../fixtures/stored-state.ts";

let test: ApiCloud;
beforeAll(async () => {
  test = await ApiCloud.start();
});
afterAll(() => test?.end());

/** What a workspace holds after some deliveries, by name, one after the other. */
async function stateAfter(provider: string, names: readonly string[]) {
  const api = await test.workspace();
  const source = await SourceClient.make(api, provider);
  for (const name of names) await source.deliver(name);
  const states = await storedStates(test.cloud, [api.workspace]);
  const state = states.get(api.workspace);
  expect(state).toBeDefined();
  return { api, state };
}

/** The facts that a workspace lists, of both kinds. */
async function factsOf(api: ApiClient): Promise<number> {
  const lists = await Promise.all(
    ["/v1/events?limit=200", "/v1/responses?limit=200"].map((path) => api.get<{ items: unknown[] }>(path)),
  );
  return lists.reduce((sum, { json }) => sum + json.items.length, 0);
}

describe.each(providers.map(({ name }) => [name] as const))("what %s sends", (provider) => {
  const names = payloadsOf(provider).map(({ name }) => name);

  it("counts the same when everything comes three times and in any order", async () => {
    const once = await stateAfter(provider, names);
    // SurveyMonkey's callbacks say nothing that counts without their answers.
    if (provider !== "surveymonkey") expect(await factsOf(once.api)).toBeGreaterThan(2);
    const thrice = fc.sample(
      fc.shuffledSubarray([...names, ...names, ...names], { minLength: names.length * 3 }),
      {
        numRuns: 2,
        seed: 1790,
      },
    );
    for (const order of thrice) {
      const { state } = await stateAfter(provider, order);
      expect(state, order.join(" ")).toEqual(once.state);
    }
  });
});
