import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
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

/** Folders that are no rooms themselves, but hold rooms. */
const wings = ["lib/store", "lib/domain"];
const rooms = [...foldersIn("lib").filter((folder) => !wings.includes(folder)), ...wings.flatMap(foldersIn)];

describe("every room has a lint rule that says which rooms stand above it", () => {
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

/** The picture of docs/architecture.md from its top to its bottom; rooms of one floor import nothing of each other. */
const floors = [
  ["tools", "infrastructure"],
  ["api"],
  ["pages"],
  ["report", "jobs"],
  ["queries"],
  ["store/reconciliation"],
  ["store/snapshots", "store/ledger"],
  ["store/files", "store/outbox"],
  ["store/counters", "store/settings", "store/records"],
  ["store/table"],
  ["telemetry"],
  ["domain/goals", "domain/alerts"],
  ["domain/workspace", "domain/language"],
  ["domain/metrics"],
  ["domain/entities", "domain/archive", "domain/annotations", "domain/webhooks", "domain/sources"],
  ["domain/facts"],
  ["domain/calendar", "domain/text"],
];

const floorOf = (room: string) => floors.findIndex((floor) => floor.includes(room));

/** The room of a file; undefined of the tables of routes, pages and schedules, which lie in no room. */
function roomOf(file: string): string | undefined {
  const [folder, first = "", second = "", ...rest] = file.split("/");
  if (folder !== "lib" || second === "") return undefined;
  return wings.includes(`lib/${first}`) && rest.length > 0 ? `${first}/${second}` : first;
}

describe("the picture of the rooms", () => {
  const architecture = readFileSync(new URL("docs/architecture.md", root), "utf8");
  const picture = architecture.slice(architecture.indexOf("## The rooms"));

  it("has every room, from the top to the bottom", () => {
    expect(rooms.map((room) => room.slice("lib/".length)).sort()).toEqual(floors.flat().sort());
    const lines = picture.split("\n").filter((line) => line.startsWith(" "));
    const names = floors.map((floor) => floor.map((room) => room.replace(/^(store|domain)\//, "")));
    let last = -1;
    for (const floor of names) {
      const at = lines.findIndex(
        (line, index) =>
          index > last && floor.some((name) => new RegExp(`^[a-z\\s]*\\b${name}\\b`).test(line)),
      );
      expect([floor, at > last]).toEqual([floor, true]);
      last = at;
    }
  });

  it("is what the code does: every import goes down", () => {
    const files = readdirSync(new URL("lib", root), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath, entry.name).slice(new URL(root).pathname.length));
    const upward = files.flatMap((file) => {
      const imports = readFileSync(new URL(file, root), "utf8").matchAll(
        /(?: from |import\(|import )"(\.[^"]+)"/g,
      );
      return [...imports]
        .map(([, path = ""]) => normalize(join(dirname(file), path)))
        .filter((imported) => {
          const [own, other] = [roomOf(file), roomOf(imported)];
          return own !== undefined && other !== undefined && own !== other && floorOf(other) <= floorOf(own);
        })
        .map((imported) => `${file} imports ${imported}`);
    });
    expect(files.length).toBeGreaterThan(300);
    expect(upward).toEqual([]);
  });
});
