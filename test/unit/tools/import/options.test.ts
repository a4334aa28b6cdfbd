import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { help, readOptions } from "../../../../lib/tools/import/options.ts";
import { UsageError } from "../../../../lib/tools/import/problems.ts";

const key = { API_KEY: "secret-key" };

describe("the command line", () => {
  it("needs a file, a mapping and a key", () => {
    expect(() => readOptions([], key)).toThrow(/which FILE/);
    expect(() => readOptions(["a.csv", "--map", "m.json"], { DATA_DIR: "/none" })).toThrow(
      /no key: run `npm start` first, which makes one in \/none\/admin-key/,
    );
    expect(() => readOptions(["a.csv", "b.csv", "--map", "m.json"], key)).toThrow(/not also b.csv/);
  });

  it("takes the key that the local cloud keeps, unless another is given", async () => {
    const DATA_DIR = await mkdtemp(join(tmpdir(), "key-"));
    await writeFile(join(DATA_DIR, "admin-key"), "cxm_kept\n");
    const read = (...more: string[]) => readOptions(["a.csv", "--map", "m.json", ...more], { DATA_DIR });
    expect(read()).toMatchObject({ options: { key: "cxm_kept" } });
    expect(read("--key", "cxm_given")).toMatchObject({ options: { key: "cxm_given" } });
    await rm(DATA_DIR, { recursive: true });
  });

  it("needs no key for a dry run", () => {
    expect(readOptions(["a.csv", "--map", "m.json", "--dry-run"], {})).toMatchObject({
      options: { dryRun: true },
    });
  });

  it("has defaults for the rest, and takes them from the environment", () => {
    expect(
      readOptions(["a.csv", "--map", "m.json"], { ...key, CX_URL: "https://api.example.com/prod/" }),
    ).toEqual({
      help: false,
      options: {
        file: "a.csv",
        map: "m.json",
        yes: false,
        url: "https://api.example.com/prod",
        key: "secret-key",
        dryRun: false,
        batch: 500,
        concurrency: 1,
        delimiter: undefined,
        encoding: undefined,
        rejects: undefined,
        state: undefined,
        restart: false,
        archive: false,
        quiet: false,
        progress: true,
      },
    });
  });

  it.each([
    [["--batch", "0"], /--batch must be a whole number from 1 to 500/],
    [["--batch", "501"], /--batch/],
    [["--batch", "ten"], /--batch/],
    [["--concurrency", "17"], /--concurrency must be a whole number from 1 to 16/],
    [["--url", "localhost:3000"], /--url must be a URL/],
    [["--url", "https://user@example.com"], /--url must be a URL/],
    [["--delimiter", ";;"], /--delimiter must be one sign/],
    [["--colour"], /--colour/],
  ])("refuses %j", (more, problem) => {
    expect(() => readOptions(["a.csv", "--map", "m.json", ...more], key)).toThrow(UsageError);
    expect(() => readOptions(["a.csv", "--map", "m.json", ...more], key)).toThrow(problem);
  });

  it("takes a tab as delimiter by name", () => {
    expect(
      readOptions(["a.tsv", "--map", "m.json", "--delimiter", "\\t", "--no-progress"], key),
    ).toMatchObject({
      options: { delimiter: "\t", progress: false },
    });
  });

  it("never shows a key that it refuses", () => {
    const attempt = () => readOptions(["a.csv", "--map", "m.json", "--key", "geheim ü"], {});
    expect(attempt).toThrow(/the key has a character/);
    expect(attempt).not.toThrow(/geheim/);
  });

  it("prints help that names every option", () => {
    expect(readOptions(["--help"], {})).toEqual({ help: true });
    for (const option of [
      "map",
      "dry-run",
      "url",
      "key",
      "delimiter",
      "rejects",
      "state",
      "restart",
      "batch",
      "concurrency",
      "no-progress",
      "quiet",
    ]) {
      expect(help).toContain(`--${option}`);
    }
  });
});
