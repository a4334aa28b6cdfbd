import {
  copyFileSync,
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

describe("a write-ahead log that an engine left behind", () => {
  /** A database as a killed engine leaves it: everything is in the log. */
  function killed(): { log: string; bytes: number } {
    const data = open();
    const database = engine.databaseFile(path);
    const sqlite = new DatabaseSync(join(root, "running.sqlite"));
    sqlite.exec("PRAGMA journal_mode = WAL; CREATE TABLE a (b)");
    data.markData(engine);
    for (let row = 0; row < 20; row++) {
      sqlite.exec("INSERT INTO a VALUES (hex(randomblob(2000)))");
      for (const ending of ["", "-wal", "-shm"])
        copyFileSync(`${sqlite.location()}${ending}`, database + ending);
      data.noteWrite(engine);
    }
    sqlite.close();
    return { log: `${database}-wal`, bytes: statSync(`${database}-wal`).size };
  }

  it("is fine as long as nothing of it is missing", () => {
    const { log, bytes } = killed();
    expect(reopen().checkData(engine)).toBe(true);
    // One that has grown since the last note, too.
    writeFileSync(log, Buffer.alloc(100), { flag: "a" });
    expect(statSync(log).size).toBe(bytes + 100);
    expect(reopen().checkData(engine)).toBe(true);
  });

  it.each([
    [
      "cut in half",
      (log: string, bytes: number) => truncateSync(log, bytes / 2),
      /is cut off \(\d+ of \d+ bytes\)/,
    ],
    ["emptied", (log: string) => truncateSync(log, 0), /is cut off \(0 of \d+ bytes\)/],
    ["removed", (log: string) => rmSync(log), /is gone/],
  ])("and that was %s is refused, as something is missing", (_, damage, how) => {
    const { log, bytes } = killed();
    damage(log, bytes);
    expect(() => reopen().checkData(engine)).toThrow(how);
    expect(() => reopen().checkData(engine)).toThrow("facts which were acknowledged last are missing");
  });

  it("is not missed where the engine ended in order and merged it", () => {
    const { log } = killed();
    for (const file of [log, log.replace("-wal", "-shm")]) rmSync(file);
    rmSync(engine.databaseFile(path));
    const sqlite = new DatabaseSync(engine.databaseFile(path));
    sqlite.exec("CREATE TABLE a (b)");
    sqlite.close();
    expect(reopen().checkData(engine)).toBe(true);
  });
});
