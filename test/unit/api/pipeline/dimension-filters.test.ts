import fc from "fast-check";
import { expect, it } from "vitest";
import { hasCharacteristics } from "../../../../lib/api/pipeline/dimension-filters.ts";
import { type Filters, splitValues } from "../../../../lib/facts/characteristics.ts";
import { placeFacts } from "../../../fixtures/domain.ts";

it("a fact must have one of the values of each dimension asked for, and (none) asks for those without any", () => {
  const has = (dimensions: Readonly<Record<string, string>>, filters: Filters) => {
    const [fact] = placeFacts([
      { survey: "nps", score: 9, surveyId: "s", occurredAt: "2026-10-10T23:30:00Z", dimensions },
    ]);
    return fact !== undefined && hasCharacteristics({ ...fact, day: "2026-10-11" }, filters, "Europe/Berlin");
  };
  const both = { channel: "web", plan: "pro" };
  expect(has(both, { channel: ["web"], plan: ["pro"] })).toBe(true);
  expect(has(both, { channel: ["shop", "web"], plan: ["pro"] })).toBe(true);
  expect(has(both, { channel: ["web"], plan: ["free"] })).toBe(false);
  expect(has({ channel: "web" }, { channel: ["web"], plan: ["(none)"] })).toBe(true);
  expect(has({ channel: "web" }, { channel: ["(none)", "shop"] })).toBe(false);
  expect(has({}, { plan: ["free"] })).toBe(false);
  // As for metrics: fields, the hour and the weekday in the workspace's time zone. 2026-10-11 is a Sunday.
  expect(has({}, { weekday: ["saturday", "sunday"], hour: ["01"], surveyId: ["s"] })).toBe(true);
  expect(has({}, { weekday: ["saturday"] })).toBe(false);
});

it.each([
  ["a", ["a"]],
  ["a,b", ["a", "b"]],
  ["a\\,b,c", ["a,b", "c"]],
  ["a\\\\,b", ["a\\", "b"]],
  ["a\\b\\", ["a\\b\\"]],
  ["", [""]],
  [",", ["", ""]],
])("%s is the list of values %j", (text, values) => {
  expect(splitValues(text)).toEqual(values);
});

it("any values can be written as a list", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (values) => {
      const text = values.map((value) => value.replaceAll(/[\\,]/g, "\\$&")).join(",");
      expect(splitValues(text)).toEqual(values);
    }),
  );
});
