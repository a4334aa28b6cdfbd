import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../../../lib/domain/calendar/zones.ts";
import { subjectsOf } from "../../../../lib/domain/entities/registry.ts";
import { characteristicOf, dimensionFields } from "../../../../lib/domain/facts/characteristics.ts";
import {
  type ParseContext,
  type Parsed,
  parseEvent,
  parseResponse,
} from "../../../../lib/domain/facts/parse.ts";
import { Tally } from "../../../../lib/domain/metrics/counting.ts";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";
import { Counted, occurrencesFrom } from "../../../fixtures/domain.ts";
import { extremesOf, type FactKind, factKinds } from "../../../fixtures/extremes.ts";
import { drawnTypes, factArbitrary } from "../../../fixtures/fact-arbitraries.ts";

/**
 * Whatever the schemas let through, everything that follows from it can be worked out: each field of each kind of fact at its bounds
 * and beyond them, alone and together, in the first and the last time zone.
 */

const zones = ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "Africa/Monrovia"];
const contextIn = (timeZone: string): ParseContext => ({
  now: Date.parse("2026-11-01T00:00:00Z"),
  timeZone,
  earliestDay: "1900-01-01",
  newId: () => "made",
});

/** Settings at their own bounds. */
const counting = { inactivityDays: 3_650, cartHours: 720, responseCutOffDays: 365, engagedTouchpoints: 1 };

const parse = (route: FactKind["route"], input: unknown, context: ParseContext): Parsed =>
  route === "responses" ? parseResponse(input, context) : parseEvent(input, context);

/** A valid fact of a kind, always the same one. */
function validOf({ name }: FactKind): Readonly<Record<string, unknown>> {
  const [fact] = fc.sample(factArbitrary("2024-02-20", 400, 1, [name]), { numRuns: 1, seed: 7 });
  if (!fact) throw new Error(`${name} has no arbitrary`);
  return fact.body;
}

/** Everything that follows from what was accepted. */
function follow(parsed: readonly Parsed[], timeZone: string): void {
  const placed = parsed.flatMap((one) => {
    if (!one.ok) return [];
    const { fact } = one.submission;
    const day = dayOf(fact.occurredAt, timeZone);
    for (const name of [...dimensionFields, "hour", "weekday", "channel"]) {
      characteristicOf(fact, name, { day, timeZone });
    }
    const enriched = { fact, day, segments: { channel: "web" } };
    for (const { id } of subjectsOf(enriched)) expect(id).not.toBe("");
    return [enriched];
  });
  const tally = new Tally();
  for (const occurrence of occurrencesFrom(placed, { ...counting, timeZone })) tally.count(occurrence);
  JSON.stringify([...tally.changes()], (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

it("every kind of fact is among those that are tried", () => {
  const kinds = factKinds.map(({ name }) => name).sort();
  expect(kinds).toEqual([...drawnTypes.surveys, ...drawnTypes.events].sort());
});

describe.each(factKinds.map((kind) => [kind.name, kind] as const))("%s", (_name, kind) => {
  it("is taken or refused by name at the extremes of each field", () => {
    const valid = validOf(kind);
    let accepted = 0;
    for (const [field, schema] of Object.entries(kind.fields)) {
      for (const value of extremesOf(field, schema)) {
        for (const timeZone of zones) {
          const parsed = parse(kind.route, { ...valid, [field]: value }, contextIn(timeZone));
          if (parsed.ok) accepted += 1;
          else expect(parsed.errors.length).toBeGreaterThan(0);
          follow([parsed], timeZone);
        }
      }
    }
    expect(accepted).toBeGreaterThan(50);
  });
});

/** A fact with some of its fields at their extremes. */
const extremeFacts = fc.constantFrom(...factKinds).chain((kind) => {
  const changes = Object.entries(kind.fields).map(([field, schema]) => [
    field,
    fc.constantFrom(...extremesOf(field, schema)),
  ]);
  const some = fc.record(Object.fromEntries(changes) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [],
  });
  const kept = fc.subarray(Object.keys(kind.fields), { maxLength: 3 });
  return fc.tuple(some, kept).map(([change, fields]) => {
    const only = Object.fromEntries(Object.entries(change).filter(([field]) => fields.includes(field)));
    return { route: kind.route, body: { ...validOf(kind), ...only } };
  });
});

describe("several facts at their extremes", () => {
  it("are taken or refused, and what follows from them together can be worked out", () => {
    fc.assert(
      fc.property(
        fc.array(extremeFacts, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...zones),
        (facts, timeZone) => {
          follow(
            facts.map(({ route, body }) => parse(route, body, contextIn(timeZone))),
            timeZone,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it("have metrics that can be computed", () => {
    const context = { ...contextIn("UTC"), earliestDay: "2000-01-01" };
    fc.assert(
      fc.property(fc.array(extremeFacts, { minLength: 1, maxLength: 6 }), (facts) => {
        const valid = facts.filter(({ route, body }) => parse(route, body, context).ok);
        const counted = new Counted(valid.map(({ body }) => body));
        for (const { id } of metrics) counted.measure(id, "2023-01-01", "2026-11-01");
      }),
      { numRuns: 10 },
    );
  });
});
