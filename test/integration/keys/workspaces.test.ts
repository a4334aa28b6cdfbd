import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** `npm run workspace`: how whoever runs a deployment makes workspaces, each with its first key. */

const program = fileURLToPath(new URL("../../../bin/workspace.ts", import.meta.url));
let test: ApiCloud;

beforeAll(async () => {
  test = await ApiCloud.start();
});
afterAll(() => test?.end());

/** Runs the command. Returns its exit code and what it printed, to the output and to the error output. */
async function run(...parameters: string[]): Promise<[code: number | null, output: string, errors: string]> {
  const child = spawn(process.execPath, [program, ...parameters]);
  const printed = { output: "", errors: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    printed.output += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    printed.errors += chunk;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return [code, printed.output, printed.errors];
}

const here = () => ["--table", test.cloud.tableName, "--endpoint", test.cloud.engineEndpoint];

/** Makes a workspace, and a client with the key that is shown. */
async function make(name: string): Promise<{ client: ApiClient; output: string }> {
  const [code, output, errors] = await run("create", name, ...here());
  expect([code, errors]).toEqual([0, ""]);
  const key = /^admin key (cxm_[\w-]{43})$/m.exec(output)?.[1] ?? "";
  return { client: new ApiClient(test.cloud.url, key, name), output };
}

it("makes several workspaces in one deployment, and the admin key of each opens it and no other", async () => {
  const [one, two] = [await make("shop-one"), await make("shop-two")];
  await one.client.recordAll("responses", [{ id: "a", survey: "nps", score: 9 }]);
  expect((await one.client.get<{ id: string }>("/v1/workspace")).json.id).toBe("shop-one");
  expect((await two.client.get<{ id: string }>("/v1/workspace")).json.id).toBe("shop-two");
  expect((await two.client.get("/v1/responses/a")).status).toBe(404);
});

it("gives a workspace that is there another key, and leaves what it holds", async () => {
  const first = await make("twice");
  await first.client.recordAll("responses", [{ id: "a", survey: "nps", score: 9 }]);
  const second = await make("twice");
  expect([first.output, second.output].map((output) => output.split("\n")[0])).toEqual([
    "workspace twice (made now)",
    "workspace twice (was there already)",
  ]);
  expect(second.client.key).not.toBe(first.client.key);
  expect((await second.client.get("/v1/responses/a")).status).toBe(200);
  expect((await first.client.get("/v1/responses/a")).status).toBe(200);
});

it.each([
  ["a name with capitals", ["create", "Shop"], 2, "lower-case"],
  ["a name that would be another's key", ["create", "shop#F#1"], 2, "lower-case"],
  ["no name", ["create"], 2, "create which NAME?"],
  ["two names", ["create", "a", "b"], 2, "one NAME at a time, not also b"],
  ["no command", [], 2, "what is to be done?"],
  ["another command", ["remove", "shop"], 2, "cannot do remove"],
  ["a title for nobody", ["rename"], 2, "rename which NAME?"],
  ["no title", ["rename", "shop"], 2, "rename shop to which TITLE?"],
  ["a title without quotes", ["rename", "shop", "Acme", "shop"], 2, "stands in quotes"],
  ["a title that is too long", ["rename", "shop", "x".repeat(81)], 2, "the title must have 1 to 80"],
  ["a title for a workspace that is not there", ["rename", "nobody", "Acme"], 2, "no workspace nobody"],
  ["a mistyped option", ["create", "shop", "--tabel", "x"], 2, "workspace: Unknown option '--tabel'"],
  ["an option without its value", ["create", "shop", "--region"], 2, "workspace: Option '--region"],
])("makes nothing of %s, and says so", async (_name, parameters, code, message) => {
  const [exit, output, errors] = await run(...parameters, ...here());
  expect([exit, output]).toEqual([code, ""]);
  expect(errors).toContain(message);
});

it("says that there is no such table", async () => {
  const [exit, output, errors] = await run("create", "shop", "--table", "none", ...here().slice(2));
  expect([exit, output]).toEqual([1, ""]);
  expect(errors).toContain("ResourceNotFoundException");
});

it("lists workspaces, and the keys of one without showing them", async () => {
  const { client } = await make("listed");
  await client.post("/v1/keys", { name: "the shop's", scopes: ["ingest"] });
  const [code, names] = await run("list", ...here());
  expect([code, names.split("\n").includes("listed")]).toEqual([0, true]);
  const [, keys] = await run("keys", "listed", ...here());
  expect(keys.trimEnd().split("\n")).toHaveLength(2);
  expect(keys).toMatch(/^[0-9a-f]+ {2}admin {9}used 2\S+ +admin$/m);
  expect(keys).toMatch(/^[0-9a-f]+ {2}ingest {8}never used +the shop's$/m);
  expect(keys).not.toContain(client.key);
  const [exit, , errors] = await run("keys", "nobody", ...here());
  expect([exit, errors]).toEqual([2, expect.stringContaining("there is no workspace nobody")]);
});

it("gives a workspace a title, which people see instead of its name, and takes it away", async () => {
  const { client } = await make("titled");
  await client.recordAll("responses", [{ id: "a", survey: "nps", score: 9 }]);
  const [code, said] = await run("rename", "titled", " Acme \u00b7 shop ", ...here());
  expect([code, said]).toEqual([0, "workspace titled is called Acme \u00b7 shop\n"]);
  expect((await client.get("/v1/workspace")).json).toMatchObject({ id: "titled", name: "Acme \u00b7 shop" });
  const [, names] = await run("list", ...here());
  expect(names.split("\n")).toContain("titled  Acme \u00b7 shop");
  expect((await client.get("/v1/responses/a")).status).toBe(200);
  expect(await run("rename", "titled", "", ...here())).toEqual([
    0,
    "workspace titled has no title any more\n",
    "",
  ]);
  expect((await client.get("/v1/workspace")).json).toMatchObject({ id: "titled", name: null });
  const refused = await client.send("PATCH", "/v1/workspace", { body: { name: "" } });
  expect([refused.status, refused.json.errors?.[0]?.pointer]).toEqual([422, "/name"]);
});
