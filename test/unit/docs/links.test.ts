import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const pages = [...globSync("*.md"), ...globSync("docs/**/*.md")];

it("there are pages to look at", () => {
  expect(pages).toContain("README.md");
  expect(pages.length).toBeGreaterThan(5);
});

it.each(pages)("every file that %s links to is there", (page) => {
  const links = [...readFileSync(page, "utf8").matchAll(/\]\(([^)#:\s]+)(#[^)\s]*)?\)/g)];
  const missing = links
    .map(([, target = ""]) => target)
    .filter((target) => !existsSync(join(dirname(page), target)));
  expect(missing).toEqual([]);
});

/** Files that a page only makes up, as an example. */
const madeUp = new Set(["lib/domain/metrics/refund-rate.ts", "test/unit/domain/metrics/refund-rate.test.ts"]);

it.each(["README.md", "CONTRIBUTING.md", "docs/architecture.md"])(
  "every file and folder that %s names is there",
  (page) => {
    const named = [...readFileSync(page, "utf8").matchAll(/`((?:lib|test|functions|bin|docs)\/[^`<\s]+)`/g)];
    const missing = named
      .map(([, path = ""]) => path)
      .filter((path) => !madeUp.has(path) && globSync(path).length === 0);
    expect(missing).toEqual([]);
  },
);
