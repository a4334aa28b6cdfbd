import { expect, it } from "vitest";
import { memoize } from "../../../../lib/domain/calendar/memoize.ts";

/** What is found, and what was asked for. */
function asked(most: number) {
  const keys: string[] = [];
  const find = memoize(most, (key: string) => {
    keys.push(key);
    if (key === "") throw new RangeError("nothing is called that");
    return { key };
  });
  return { keys, find };
}

it("what was found is found again without asking", () => {
  const { keys, find } = asked(2);
  const first = find("a");
  expect(first).toEqual({ key: "a" });
  expect(find("b")).toEqual({ key: "b" });
  expect(find("a")).toBe(first);
  expect(keys).toEqual(["a", "b"]);
});

it("no more answers are kept than may be: with one more the others are forgotten", () => {
  const { keys, find } = asked(2);
  for (const key of ["a", "b", "c", "c", "a", "c", "b"]) find(key);
  expect(keys).toEqual(["a", "b", "c", "a", "b"]);
});

it("a failure is not remembered", () => {
  const { keys, find } = asked(2);
  expect(() => find("")).toThrow(RangeError);
  expect(() => find("")).toThrow(RangeError);
  expect(keys).toEqual(["", ""]);
});
