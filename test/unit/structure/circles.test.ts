import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

/** The relative imports of every file, types included. */
const files = globSync(["lib/**/*.ts", "functions/*.ts", "bin/*.ts"]);
const imports = new Map(
  files.map((file) => {
    const found = readFileSync(file, "utf8").matchAll(/\bfrom "(\.[^"]+)"/g);
    return [file, [...found].map(([, path = ""]) => join(dirname(file), path))];
  }),
);

/** The files of a circle that can be reached from a file, in order; empty where there is none. */
function circleFrom(file: string, path: readonly string[], done: Set<string>): readonly string[] {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (done.has(file)) return [];
  for (const next of imports.get(file) ?? []) {
    const circle = circleFrom(next, [...path, file], done);
    if (circle.length > 0) return circle;
  }
  done.add(file);
  return [];
}

it("no files import each other in a circle, be it for types alone", () => {
  expect(files.length).toBeGreaterThan(300);
  const done = new Set<string>();
  expect(files.map((file) => circleFrom(file, [], done)).filter((circle) => circle.length > 0)).toEqual([]);
});
