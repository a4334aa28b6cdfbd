import { existsSync, globSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parts } from "../../mutation/parts.ts";

/** Code that is moved and tests that are renamed would leave a part of `npm run mutation` with nothing to change, or nothing to notice it. */

describe.each(Object.entries(parts))(
  "%s, as it is tested by mutation",
  (_, { mutate, tests, without = [] }) => {
    it.each(mutate)("%s is code of ours", (pattern) => {
      expect(globSync(pattern)).not.toEqual([]);
    });

    it.each([...tests])("%s holds tests", (place) => {
      const path = `test/${place}`;
      expect(existsSync(path)).toBe(true);
      if (!place.endsWith(".ts")) expect(globSync(`${path}/**/*.test.ts`)).not.toEqual([]);
    });

    it.each([...without])("%s is left out of the tests", (file) => {
      const found = tests.flatMap((place) => globSync(`test/${place}/**/*.test.ts`));
      expect(found).toContain(`test/${file}`);
    });
  },
);
