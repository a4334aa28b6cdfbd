import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CdkApp, synthesize } from "../../../../lib/tools/local-cloud/synthesis/synthesize.ts";

let directory: string;
let app: CdkApp;

/** An app that writes down each of its runs, and an assembly. */
const source = `
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
appendFileSync("runs.txt", "run\\n");
mkdirSync(process.env.CDK_OUTDIR);
writeFileSync(process.env.CDK_OUTDIR + "/manifest.json", process.env.CDK_CONTEXT_JSON);
`;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cx-metrics-synthesis-"));
  mkdirSync(join(directory, "lib", "unused"), { recursive: true });
  write("app.mjs", source);
  write("lib/one.ts", "1");
  app = { directory, entry: "app.mjs", sources: ["lib", "missing.json"], ignored: ["lib/unused"] };
});

afterEach(() => rmSync(directory, { recursive: true }));

function write(path: string, text: string): void {
  writeFileSync(join(directory, path), text);
}

function runs(): number {
  return readFileSync(join(directory, "runs.txt"), "utf8").trim().split("\n").length;
}

describe("a synthesis", () => {
  it("is not repeated while the sources are the same, and says nothing then", async () => {
    const said: string[] = [];
    const first = await synthesize(app, () => said.push("first"));
    expect(await synthesize(app, () => said.push("second"))).toBe(first);
    expect(runs()).toBe(1);
    expect(said).toEqual(["first"]);
  });

  it.each([
    ["a source changes", () => write("lib/one.ts", "2")],
    ["a source is added", () => write("lib/two.ts", "1")],
    ["a source is renamed", () => rmSync(join(directory, "lib/one.ts"))],
    ["a file comes that was not there", () => write("missing.json", "{}")],
    ["the app itself changes", () => write("app.mjs", `${source}\n// changed`)],
  ])("is repeated when %s", async (_name, change) => {
    const first = await synthesize(app);
    change();
    expect(await synthesize(app)).not.toBe(first);
    expect(runs()).toBe(2);
  });

  it("is not repeated for files that it does not read", async () => {
    await synthesize(app);
    write("lib/unused/file.ts", "1");
    write("other.ts", "1");
    await synthesize(app);
    expect(runs()).toBe(1);
  });

  it("is done once when several start at the same time", async () => {
    const found = await Promise.all([synthesize(app), synthesize(app), synthesize(app)]);
    expect(new Set(found).size).toBe(1);
    expect(runs()).toBe(1);
  });

  it("that fails shows what the app printed, and leaves nothing behind", async () => {
    write("app.mjs", 'console.error("no such bundle"); process.exit(1)');
    await expect(synthesize(app)).rejects.toThrow(/does not synthesize.*no such bundle/s);
    expect(readdirSync(join(directory, ".cache", "assemblies"))).toEqual(["lock"]);
  });

  it("gets the context of cdk.json", async () => {
    write("cdk.json", '{"context":{"domain":"shop.example"}}');
    const assembly = await synthesize(app);
    expect(JSON.parse(readFileSync(join(assembly, "manifest.json"), "utf8"))).toMatchObject({
      domain: "shop.example",
      "aws:cdk:enable-path-metadata": true,
    });
  });
});
