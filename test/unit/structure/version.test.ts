import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { productVersion } from "../../../lib/version.ts";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

it.each(["package.json", "packages/client/package.json", "packages/cdk/package.json"])(
  "%s has the version that the product says",
  (path) => {
    expect(JSON.parse(read(path))).toMatchObject({ version: productVersion });
  },
);

it("the changelog has a heading for the version, below what is not released", () => {
  const headings = read("CHANGELOG.md").match(/^## .*$/gm) ?? [];
  expect(headings[0]).toBe("## [Unreleased]");
  const released = headings.filter((heading) => heading.startsWith(`## [v${productVersion}] - `));
  expect(released).toHaveLength(1);
  expect(released[0]).toMatch(/ - \d{4}-\d{2}-\d{2}$/);
});
