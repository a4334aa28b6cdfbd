import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEvent, parseResponse } from "../../../../lib/domain/facts/parse.ts";
import { factIdOf, payloadOf, readDelivery } from "../../../../lib/domain/sources/read-delivery.ts";
import { findProvider, providers } from "../../../../lib/domain/sources/registry.ts";
import { optionsOf, payloadsOf } from "../../../fixtures/sources/payloads.ts";
import { signed } from "../../../fixtures/sources/sign.ts";

function sourceOf(provider: string, options: object = optionsOf[provider] ?? {}) {
  const parsed = findProvider(provider)?.options.parse(options);
  return { id: "shop", provider, isUnsigned: false, options: parsed, dimensions: { region: "eu" } };
}

const context = {
  ...{ now: Date.parse("2026-11-30T12:00:00Z"), timeZone: "UTC", earliestDay: "2000-01-01" },
  newId: () => "unused",
};

describe.each(providers.map(({ name }) => [name] as const))("payloads of %s", (provider) => {
  const payloads = payloadsOf(provider);

  it("tell facts that the write routes take, with ids of their own and the source's dimensions", () => {
    for (const { name, body } of payloads) {
      const { facts } = readDelivery(JSON.parse(body), signed(provider, body, { name }), sourceOf(provider));
      for (const fact of facts) {
        const parsed = "survey" in fact ? parseResponse(fact, context) : parseEvent(fact, context);
        expect(parsed, `${name} ${fact.id}`).toMatchObject({ ok: true });
        expect(fact.id.startsWith("source:shop:")).toBe(true);
        expect(fact["dimensions"]).toMatchObject({ region: "eu" });
      }
    }
  });

  it("never give one id to two different facts", () => {
    const contents = new Map<string, string>();
    for (const { name, body } of payloads) {
      const { facts } = readDelivery(JSON.parse(body), signed(provider, body, { name }), sourceOf(provider));
      for (const fact of facts) {
        const content = JSON.stringify(fact);
        expect(contents.get(fact.id) ?? content).toBe(content);
        contents.set(fact.id, content);
      }
    }
  });

  it("are read without an error whatever stands in the place of any part of them", () => {
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(null, "", -1, 1e300, "\u0000", [], {}),
    );
    fc.assert(
      fc.property(fc.constantFrom(...payloads), fc.nat(), values, ({ name, body }, place, value) => {
        const changed = withValue(JSON.parse(body), place, value);
        const { facts, problems } = readDelivery(
          changed,
          signed(provider, body, { name }),
          sourceOf(provider),
        );
        expect(problems.every((problem) => !problem.includes("report it"))).toBe(true);
        for (const { id } of facts) expect(id).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
      }),
      { numRuns: 500 },
    );
  });

  it("that are no object at all are said to have another form", () => {
    for (const payload of [null, 1, "text", true, [[[]]]]) {
      const { facts, problems } = readDelivery(
        payload,
        { "x-shopify-topic": "orders/paid" },
        sourceOf(provider),
      );
      expect(facts).toEqual([]);
      expect(problems).not.toEqual([]);
    }
  });
});

/** A copy with another value in one place, counted through all of them. */
function withValue(input: unknown, place: number, value: unknown): unknown {
  const places: [object, string][] = [];
  const walk = (part: unknown) => {
    if (typeof part !== "object" || part === null) return;
    for (const [name, inner] of Object.entries(part)) {
      places.push([part, name]);
      walk(inner);
    }
  };
  const copy = structuredClone(input);
  walk(copy);
  const [holder, name] = places[place % places.length] ?? [{}, ""];
  Reflect.set(holder, name, value);
  return copy;
}

it("bodies that are no JSON in UTF-8 are said to be none, and very deep ones are taken", () => {
  for (const body of [Buffer.from([0xff, 0xfe]), Buffer.from("{"), Buffer.from("")]) {
    expect(payloadOf(body)).toBeUndefined();
  }
  const { problems } = readDelivery(payloadOf(Buffer.from("")), {}, sourceOf("stripe"));
  expect(problems).toEqual(["the body is no JSON in UTF-8"]);
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  expect(() => readDelivery(payloadOf(Buffer.from(deep)), {}, sourceOf("segment"))).not.toThrow();
});

it("ids that are too long, or of other characters, are hashed, and stay different", () => {
  expect(factIdOf("a", "evt_1")).toBe("source:a:evt_1");
  const long = factIdOf("a", "x".repeat(200));
  expect(long).toMatch(/^source:a:[\w-]{43}$/);
  expect(factIdOf("a", "ü")).not.toBe(factIdOf("a", "ö"));
  expect(factIdOf("a", "ü")).not.toBe(factIdOf("b", "ü"));
});
