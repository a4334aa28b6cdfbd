import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LogFile } from "../../../../lib/tools/local-cloud/log-file.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cx-metrics-log-"));
  file = join(folder, "logs", "one.log");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lines(): unknown[] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("a function's log", () => {
  it("keeps JSON lines as they are, and wraps everything else", () => {
    const log = new LogFile(file);
    log.print('{"level":"INFO","message":"own"}\nplain "text"\n\n', "INFO");
    log.print("oops\n", "ERROR");
    log.flush();
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
    expect(lines()).toEqual([
      { level: "INFO", message: "own" },
      { timestamp, level: "INFO", message: 'plain "text"' },
      { timestamp, level: "ERROR", message: "oops" },
    ]);
  });

  it("puts lines together that come in pieces, each stream by itself", () => {
    const log = new LogFile(file);
    log.print("first ", "INFO");
    log.print("err", "ERROR");
    log.print("half\nsecond", "INFO");
    log.print("or\n", "ERROR");
    log.print("\n", "INFO");
    log.flush();
    expect(lines()).toMatchObject([{ message: "first half" }, { message: "error" }, { message: "second" }]);
  });

  it("goes on where an earlier run ended", () => {
    for (const message of ["before", "after"]) {
      const log = new LogFile(file);
      log.note(message);
      log.flush();
    }
    expect(lines()).toMatchObject([{ message: "before" }, { message: "after" }]);
  });

  it("is put aside when it gets large, so that logs stay bounded", () => {
    new LogFile(file);
    writeFileSync(file, Buffer.alloc(21 * 1024 * 1024, "x"));
    const log = new LogFile(file);
    log.note("on a new page");
    log.flush();
    expect(lines()).toMatchObject([{ message: "on a new page" }]);
    expect(statSync(`${file}.1`).size).toBe(21 * 1024 * 1024);
  });

  it("breaks nothing when it cannot be written", () => {
    const log = new LogFile(file);
    rmSync(folder, { recursive: true });
    log.note("lost");
    expect(() => log.flush()).not.toThrow();
  });
});
