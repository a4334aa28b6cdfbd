import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The lint rules that hold the direction of imports, one a room. */
const root = new URL("../../../", import.meta.url);
const { overrides } = JSON.parse(readFileSync(new URL("biome.json", root), "utf8")) as {
  overrides: { includes: string[] }[];
};
const ruled = new Set(overrides.flatMap(({ includes }) => includes));

/** The folders below another one that hold files: one that a move left empty is no room. */
const foldersIn = (path: string): string[] =>
  readdirSync(new URL(path, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${path}/${name}`)
    .filter((folder) =>
      readdirSync(new URL(folder, root), { withFileTypes: true, recursive: true }).some((entry) =>
        entry.isFile(),
      ),
    );

describe("every room has a lint rule that says which rooms stand above it", () => {
  const rooms = [...foldersIn("lib").filter((folder) => folder !== "lib/store"), ...foldersIn("lib/store")];
  it.each(rooms)("%s", (room) => {
    expect(ruled).toContain(`${room}/**`);
  });

  it("and no rule is left of a room that is gone", () => {
    // The local cloud draws dashboards with the charts of the report.
    const parts = foldersIn("lib/tools/local-cloud").filter((folder) => folder.endsWith("/dashboards"));
    const known = new Set([...rooms, ...parts].map((room) => `${room}/**`));
    expect([...ruled].filter((glob) => glob.startsWith("lib/") && !known.has(glob))).toEqual([]);
  });
});
