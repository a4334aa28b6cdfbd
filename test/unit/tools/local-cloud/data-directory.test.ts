import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataDirectory } from "../../../../lib/tools/local-cloud/data-directory.ts";
import type { EngineProgram } from "../../../../lib/tools/local-cloud/engine/find-engine.ts";

const engine: EngineProgram = {
  kind: "embedded",
  command: "engine",
  databaseFile: (folder) => join(folder, "dynamodb.sqlite"),
  arguments: () => [],
  isReady: () => true,
};

let root: string;
let path: string;
const opened: DataDirectory[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cx-metrics-data-"));
  path = join(root, "new", "data");
});

afterEach(() => {
  for (const data of opened.splice(0)) data.close();
  rmSync(root, { recursive: true });
});

function open(): DataDirectory {
  const data = DataDirectory.open(path);
  opened.push(data);
  return data;
}

function reopen(): DataDirectory {
  opened.pop()?.close();
  return open();
}

/** A folder with a database in it, as a run leaves it. */
function openWithData(): { data: DataDirectory; database: string } {
  const data = open();
  const database = engine.databaseFile(path);
  const sqlite = new DatabaseSync(database);
  sqlite.exec("CREATE TABLE a (b); INSERT INTO a VALUES (hex(randomblob(20000)))");
  sqlite.close();
  data.markData(engine);
  return { data, database };
}

describe("a data folder", () => {
  it("is made with the folders above it", () => {
    open();
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it("belongs to one local cloud at a time, and the second is told which one has it", () => {
    open();
    expect(() => DataDirectory.open(path)).toThrow(`in use by another local cloud (process ${process.pid})`);
    opened.pop()?.close();
    open();
  });

  it("that is a file is refused with its path", () => {
    writeFileSync(join(root, "new"), "");
    expect(open).toThrow(`The data folder ${path} cannot be used`);
  });

  it("whose lock cannot be made is refused with its path", () => {
    mkdirSync(join(path, "lock"), { recursive: true });
    expect(open).toThrow(`The data folder ${path} cannot be used`);
  });

  it("remembers the engine's process for a start after a crash, and forgets it at a proper end", () => {
    open().keepEngine(12_345);
    const asAfterACrash = readFileSync(join(path, "run.json"), "utf8");
    expect(reopen().enginePidBefore).toBeUndefined();
    opened.pop()?.close();
    writeFileSync(join(path, "run.json"), asAfterACrash);
    expect(open().enginePidBefore).toBe(12_345);
  });
});

describe("the admin key", () => {
  it("is in a file that only its owner reads", () => {
    const data = open();
    expect(data.adminKey).toBeUndefined();
    data.keepAdminKey("secret");
    expect(reopen().adminKey).toBe("secret");
    expect(statSync(join(path, "admin-key")).mode & 0o777).toBe(0o600);
  });

  it("is closed to others even where its file was open before", () => {
    const data = open();
    writeFileSync(join(path, "admin-key"), "old\n", { mode: 0o644 });
    data.keepAdminKey("secret");
    expect(statSync(join(path, "admin-key")).mode & 0o777).toBe(0o600);
  });
});

describe("the data", () => {
  it("is none on a new folder, and there after it was marked", () => {
    expect(open().checkData(engine)).toBe(false);
    const { data } = openWithDataAnew();
    expect(data.checkData(engine)).toBe(true);
  });

  function openWithDataAnew() {
    opened.pop()?.close();
    return openWithData();
  }

  it("of another engine is refused with both engines' names", () => {
    const { data } = openWithData();
    expect(() => data.checkData({ ...engine, kind: "dynamodb-local" })).toThrow(
      /written by the embedded engine, but the dynamodb-local engine/,
    );
  });

  it.each([
    ["is gone", (file: string) => rmSync(file)],
    ["is empty", (file: string) => truncateSync(file, 0)],
    ["is cut off", (file: string) => truncateSync(file, statSync(file).size - 4096)],
    ["is not a database", (file: string) => writeFileSync(file, "x".repeat(50_000))],
    ["is not a database", (file: string) => truncateSync(file, 50)],
  ])("is refused, instead of a start on nothing, when the database %s", (problem, damage) => {
    const { data, database } = openWithData();
    damage(database);
    expect(() => data.checkData(engine)).toThrow(new RegExp(`${problem}.*to start empty`));
  });

  it("is refused when the note about its engine cannot be read", () => {
    const { data } = openWithData();
    writeFileSync(join(path, "data.json"), "{");
    expect(() => data.checkData(engine)).toThrow(/data\.json.*cannot be read.*to start empty/);
  });

  it("is accepted while a write-ahead log still has a part of it", () => {
    const { data, database } = openWithData();
    truncateSync(database, 0);
    writeFileSync(`${database}-wal`, "pages");
    expect(data.checkData(engine)).toBe(true);
    expect(existsSync(database)).toBe(true);
  });
});
