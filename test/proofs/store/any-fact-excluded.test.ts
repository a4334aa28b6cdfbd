import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { drawnTypes, factArbitrary, type SentFact } from "../../fixtures/fact-arbitraries.ts";
import { storedStates } from "../../fixtures/stored-state.ts";

/** Any fact can be taken out and put back: without it everything is as if it had never come, with it again as it was. */

let test: ApiCloud;

beforeAll(async () => {
  test = await ApiCloud.start({});
});
afterAll(() => test?.end());

const from = "2024-12-30";
const settings = {
  timeZone: "Asia/Tokyo",
  inactivityDays: 2,
  trackedDimensions: ["channel"],
  linkOrders: true,
};

type Sent = SentFact & { readonly body: { readonly id: string; readonly [field: string]: unknown } };

function drawn(seed: number, facts: number): Sent[] {
  const sample = fc.sample(factArbitrary(from, 4, 0.25), { numRuns: facts, seed });
  return sample.map(({ route, body }, index) => {
    // Which intents are counted by name depends on which come first: all of them the same.
    const choice = "choice" in body ? { choice: "to buy" } : {};
    return { route, body: { ...body, ...choice, id: `f-${index}` } };
  });
}

/** By the survey of a response, or the type of an event. */
const kindOf = ({ body }: Sent) => String(body["survey"] ?? body["type"]);

async function record(api: ApiClient, facts: readonly Sent[]): Promise<void> {
  for (const route of ["responses", "events"] as const) {
    const bodies = facts.filter((fact) => fact.route === route).map(({ body }) => body);
    for (let start = 0; start < bodies.length; start += 100) {
      await api.recordAll(route, bodies.slice(start, start + 100));
    }
  }
}

async function set(api: ApiClient, facts: readonly Sent[], excluded: boolean): Promise<void> {
  for (const { route, body } of facts) {
    const { status, json } = await api.send("PATCH", `/v1/${route}/${body.id}`, {
      body: { excluded, reason: "a test" },
    });
    expect([status, kindOf({ route, body }), json]).toEqual([
      200,
      kindOf({ route, body }),
      expect.anything(),
    ]);
  }
}

async function stateOf(api: ApiClient) {
  const state = (await storedStates(test.cloud, [api.workspace])).get(api.workspace);
  // What an entity is that nothing is known of is the same as none.
  const known = Object.entries(state?.entities ?? {}).filter(([, entity]) => {
    const { steps } = entity as { steps?: unknown };
    return steps !== undefined && Object.keys(steps as object).length > 0;
  });
  return { counters: state?.counters, entities: Object.fromEntries(known) };
}

it.each([1, 2])(
  "of every kind: everything is as if they had never come, and then as it was (history %d)",
  async (seed) => {
    const facts = drawn(seed, 400);
    const kinds = new Map<string, Sent[]>();
    for (const fact of facts) kinds.set(kindOf(fact), [...(kinds.get(kindOf(fact)) ?? []), fact]);
    expect(kinds.size).toBe(drawnTypes.surveys.length + drawnTypes.events.length);
    // The first of each kind, and half of the others: those that gave entities their segments are among them.
    const out = [...kinds.values()].flatMap((ofKind) => ofKind.filter((_, index) => index % 2 === 0));
    const [api, without] = [await test.workspace(settings, 1_000), await test.workspace(settings, 1_000)];
    await record(api, facts);
    const before = await stateOf(api);
    await record(
      without,
      facts.filter((fact) => !out.includes(fact)),
    );
    await set(api, out, true);
    expect(await stateOf(api)).toEqual(await stateOf(without));
    await set(api, [...out].reverse(), false);
    expect(await stateOf(api)).toEqual(before);
  },
);
