import fc from "fast-check";
import { expect, it } from "vitest";
import { hasDimensions, splitValues } from "../../../../lib/api/pipeline/dimension-filters.ts";

it("all dimensions asked for must have one of their values, and (none) asks for those without any", () => {
  const both = { channel: "web", plan: "pro" };
  expect(hasDimensions(both, { channel: ["web"], plan: ["pro"] })).toBe(true);
  expect(hasDimensions(both, { channel: ["shop", "web"], plan: ["pro"] })).toBe(true);
  expect(hasDimensions(both, { channel: ["web"], plan: ["free"] })).toBe(false);
  expect(hasDimensions({ channel: "web" }, { channel: ["web"], plan: ["(none)"] })).toBe(true);
  expect(hasDimensions({ channel: "web" }, { channel: ["(none)", "shop"] })).toBe(false);
  expect(hasDimensions({}, { plan: ["free"] })).toBe(false);
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
