import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { eventSchema, eventTypes } from "../../../../lib/domain/facts/events.ts";
import { parseEvent, parseResponse } from "../../../../lib/domain/facts/parse.ts";
import { responseSchema } from "../../../../lib/domain/facts/responses.ts";
import {
  drawnTypes,
  factArbitrary,
  invalidArbitrary,
  type SentFact,
} from "../../../fixtures/fact-arbitraries.ts";

/** Random facts are of every type of the API: a type without an arbitrary would be in no test of random histories. */

const context = {
  now: Date.parse("2026-11-01T00:00:00Z"),
  timeZone: "UTC",
  earliestDay: "2000-01-01",
  newId: () => "made",
};

const parse = ({ route, body }: { route: SentFact["route"]; body: unknown }, timeZone = "UTC") =>
  route === "responses"
    ? parseResponse(body, { ...context, timeZone })
    : parseEvent(body, { ...context, timeZone });

/** The values of the field that tells a schema's kinds apart, wherever they are in it. */
function kindsIn(schema: unknown, field: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((part) => kindsIn(part, field));
  return Object.entries(schema).flatMap(([name, value]) => {
    if (name !== "properties") return kindsIn(value, field);
    const kind: { const?: string; enum?: string[] } = (value as Record<string, object>)[field] ?? {};
    return kind.const === undefined ? (kind.enum ?? []) : [kind.const];
  });
}

const jsonSchemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" });

describe("the arbitraries of facts", () => {
  it("are there for every type of event", () => {
    expect([...drawnTypes.events].sort()).toEqual([...eventTypes].sort());
    expect([...drawnTypes.events].sort()).toEqual(kindsIn(jsonSchemaOf(eventSchema), "type").sort());
  });

  it("are there for every survey", () => {
    const surveys = kindsIn(jsonSchemaOf(responseSchema), "survey");
    expect([...drawnTypes.surveys].sort()).toEqual([...new Set(surveys)].sort());
  });

  it("draw facts that are valid", () => {
    fc.assert(
      fc.property(factArbitrary("2024-02-20", 400), (fact) => {
        expect(parse(fact)).toMatchObject({ ok: true });
      }),
      { numRuns: 1_000 },
    );
  });

  // The first and the last zone in which a day begins: what is refused in both is refused wherever a workspace is.
  it.each(["Pacific/Kiritimati", "Etc/GMT+12"])("spoil them so that they are not, in %s", (timeZone) => {
    const spoiled = factArbitrary("2024-02-20", 400).chain(invalidArbitrary);
    fc.assert(
      fc.property(spoiled, (fact) => {
        expect(parse(fact, timeZone)).toMatchObject({ ok: false });
      }),
      { numRuns: 500, seed: 20_261_127 },
    );
  });
});
