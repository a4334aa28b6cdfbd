import fc from "fast-check";
import { expect, it } from "vitest";
import { groupName, valuesOfGroup } from "../../../lib/queries/group-names.ts";

const value = fc.option(fc.string({ unit: "binary", minLength: 1 }), { nil: undefined });

it("a group's name tells the value of each dimension, whatever characters they have", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 }),
      value,
      value,
      (names, x, y) => {
        const values = names.map((_, index) => (index % 2 === 0 ? x : y));
        const name = groupName(values);
        const expected = values.map((one) => one ?? "(none)");
        if (name === undefined) expect(values.every((one) => one === undefined)).toBe(true);
        expect(Object.values(valuesOfGroup(name ?? "(none)", names))).toEqual(expected);
      },
    ),
  );
});

it("different values have different names", () => {
  expect(groupName(["a,b", "c"])).not.toBe(groupName(["a", "b,c"]));
  expect(groupName(["a\\", "c"])).not.toBe(groupName(["a", "\\c"]));
});

it("one dimension's group is called as its value is", () => {
  expect(groupName(["a,b"])).toBe("a,b");
  expect(valuesOfGroup("a,b", ["page"])).toEqual({ page: "a,b" });
});
