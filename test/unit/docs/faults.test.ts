import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const named = [...readFileSync("docs/faults.md", "utf8").matchAll(/\]\(([^)]+\.test\.ts)\): “([^”]+)”/g)].map(
  ([, file = "", name = ""]) => [file, name] as const,
);

it("docs/faults.md names tests", () => {
  expect(named.length).toBeGreaterThan(40);
});

it.each(named)("in docs/faults.md %s has a test “%s”", (file, name) => {
  expect(readFileSync(join("docs", file), "utf8")).toContain(name);
});
