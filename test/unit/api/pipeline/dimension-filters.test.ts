import fc from "fast-check";
import { expect, it } from "vitest";
import { splitValues } from "../../../../lib/domain/facts/characteristics.ts";

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
