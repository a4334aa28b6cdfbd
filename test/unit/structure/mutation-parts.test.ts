import { globSync } from "node:fs";
import { expect, it } from "vitest";
import { parts } from "../../mutation/parts.ts";

it.each(Object.entries(parts))(
  "all code and tests of the mutated part %s are there",
  (_, { mutate, tests }) => {
    const named = [...mutate, ...tests.map((place) => `test/${place}`)];
    expect(named.filter((path) => globSync(path).length === 0)).toEqual([]);
  },
);
