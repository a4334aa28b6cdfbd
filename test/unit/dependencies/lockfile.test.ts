import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lockfileProblems, lockfileSchema, manifestSchema } from "../../../bin/lockfile.ts";

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8"));
}

const good = {
  version: "1.2.3",
  resolved: "https://registry.example/a/-/a-1.2.3.tgz",
  integrity: "sha512-abc",
};

function problemsOf(entry: object, manifest: object = {}): string[] {
  const packages = { "": {}, "node_modules/a": { ...good, ...entry }, "node_modules/b": good };
  return lockfileProblems(
    lockfileSchema.parse({ lockfileVersion: 3, packages }),
    manifestSchema.parse({ dependencies: { a: "1.2.3" }, ...manifest }),
  );
}

it("the lockfile pins every package to one registry and a checksum, and runs no script that is not listed", () => {
  const lockfile = lockfileSchema.parse(read("package-lock.json"));
  expect(Object.keys(lockfile.packages).length).toBeGreaterThan(100);
  expect(lockfileProblems(lockfile, manifestSchema.parse(read("package.json")))).toEqual([]);
});

describe("a lockfile is refused", () => {
  it.each<[string, object, object, string]>([
    ["a range of versions", {}, { dependencies: { a: "^1.2.3" } }, "a is not pinned: ^1.2.3"],
    ["a tag", {}, { devDependencies: { a: "latest" } }, "a is not pinned: latest"],
    ["no version", { version: undefined }, {}, "node_modules/a has no version"],
    ["no checksum", { integrity: undefined }, {}, "node_modules/a has no strong checksum"],
    ["a weak checksum", { integrity: "sha1-abc" }, {}, "node_modules/a has no strong checksum"],
    [
      "a repository",
      { resolved: "git+ssh://git@host/a.git#1" },
      {},
      "node_modules/a does not come from a registry",
    ],
    [
      "plain HTTP",
      { resolved: "http://registry.example/a.tgz" },
      {},
      "node_modules/a does not come from a registry",
    ],
    ["a link", { link: true }, {}, "node_modules/a is a link"],
    ["a script", { hasInstallScript: true }, {}, "node_modules/a runs a script when installed"],
    [
      "a script that is listed as not to run",
      { hasInstallScript: true },
      { allowScripts: { a: false } },
      "node_modules/a runs a script when installed",
    ],
    [
      "a second registry",
      { resolved: "https://other.example/a.tgz" },
      {},
      "packages come from https://other.example and https://registry.example",
    ],
  ])("with %s", (_name, entry, manifest, problem) => {
    expect(problemsOf(entry, manifest)).toContain(problem);
  });

  it("not with what a package brings along, or with a script that is listed", () => {
    expect(problemsOf({ inBundle: true, integrity: undefined, resolved: undefined })).toEqual([]);
    expect(problemsOf({ hasInstallScript: true }, { allowScripts: { a: true } })).toEqual([]);
  });
});
