import { once } from "node:events";
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LocalCloud, LocalCloudOptions } from "../../../lib/tools/local-cloud/cloud.ts";
import { startEngine } from "../../../lib/tools/local-cloud/engine/engine-process.ts";
import { findEngine } from "../../../lib/tools/local-cloud/engine/find-engine.ts";
import { isAlive } from "../../../lib/tools/local-cloud/engine/left-behind.ts";
import { fixtureApp, makeFolder, startOn, type TestFolder } from "../../fixtures/local/cloud.ts";
import { eventually } from "../../fixtures/local/eventually.ts";

let folder: TestFolder;
const running: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = await makeFolder();
});

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
  await folder.remove();
});

async function start(options: Partial<LocalCloudOptions> = {}): Promise<LocalCloud> {
  const cloud = await startOn(folder, options);
  running.push(cloud);
  return cloud;
}

async function put(cloud: LocalCloud, id: string): Promise<number> {
  const headers = { "content-type": "text/plain" };
  return (await fetch(`${cloud.url}/items/${id}`, { method: "PUT", body: id, headers })).status;
}

async function get(cloud: LocalCloud, id: string): Promise<number> {
  return (await fetch(`${cloud.url}/items/${id}`)).status;
}

function file(name: string): string {
  return join(folder.path, name);
}

describe("a restart", () => {
  it("keeps what was acknowledged", async () => {
    const first = await start();
    expect(await put(first, "kept")).toBe(201);
    await first.stop();
    expect(await get(await start(), "kept")).toBe(200);
  });

  it("keeps what was acknowledged also when the engine was killed", async () => {
    const failures: string[] = [];
    const first = await start({ onFailure: ({ message }) => failures.push(message) });
    expect(await put(first, "kept")).toBe(201);
    process.kill(first.enginePid ?? 0, "SIGKILL");
    await eventually(() => failures).toEqual([
      expect.stringMatching(/engine is gone \(it ended by SIGKILL\)/),
    ]);
    await first.stop();
    expect(await get(await start(), "kept")).toBe(200);
  });

  it("says that something is missing when the log of an engine that was killed has been cut in half", async () => {
    const failures: string[] = [];
    const first = await start({ onFailure: ({ message }) => failures.push(message) });
    for (let count = 0; count < 20; count++) expect(await put(first, `item-${count}`)).toBe(201);
    process.kill(first.enginePid ?? 0, "SIGKILL");
    await eventually(() => failures).toHaveLength(1);
    await first.stop();
    const log = file("dynamodb.sqlite-wal");
    truncateSync(log, statSync(log).size / 2);
    await expect(start()).rejects.toThrow(/cut off .* facts which were acknowledged last are missing/);
    await expect(start()).rejects.toThrow(/cut off/);
    rmSync(file("log-bytes"));
    expect(await get(await start(), "item-0")).toBe(200);
  });

  it("is refused in words when the database is gone, and when it has no table any more", async () => {
    await (await start()).stop();
    const database = file("dynamodb.sqlite");
    const content = readFileSync(database);
    for (const ending of ["", "-wal", "-shm"]) rmSync(database + ending, { force: true });
    await expect(start()).rejects.toThrow(/dynamodb\.sqlite is gone: .* to start empty/);
    const elsewhere = await makeFolder();
    const empty = await startEngine(findEngine(fixtureApp.directory), elsewhere.path);
    await empty.stop();
    writeFileSync(database, readFileSync(join(elsewhere.path, "dynamodb.sqlite")));
    await elsewhere.remove();
    await expect(start()).rejects.toThrow(/lost its table Fixture-table/);
    writeFileSync(database, content);
    await start();
  });

  it("is refused with the engine's own words when the database is damaged inside", async () => {
    await (await start()).stop();
    rmSync(file("data.json"));
    writeFileSync(file("dynamodb.sqlite"), Buffer.alloc(65_536, "x"));
    await expect(start()).rejects.toThrow(
      /The DynamoDB engine does not start on .*not a valid SQLite database/,
    );
  });
});

describe("a second start", () => {
  it("does not synthesize again while the sources are the same", async () => {
    await (await start()).stop();
    const said: string[] = [];
    await start({ onProgress: (message) => said.push(message) });
    expect(said).toEqual([]);
  });
});

describe("two local clouds", () => {
  it("do not share a data folder: the second is refused and disturbs nothing", async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(/in use by another local cloud/);
    expect(await put(first, "undisturbed")).toBe(201);
  });

  it("do not share a port: the second is told which one is taken, and leaves its folder free", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken: set PORT to another one`);
    server.close();
    await start({ port });
  });
});

describe("the engine", () => {
  it("ends with the local cloud, and lets go of the folder", async () => {
    const cloud = await start();
    const pid = cloud.enginePid ?? 0;
    expect(isAlive(pid)).toBe(true);
    const first = cloud.stop();
    // Who asks a second time waits for the end as well.
    await cloud.stop();
    expect(isAlive(pid)).toBe(false);
    await expect(fetch(cloud.url)).rejects.toThrow();
    await first;
  });

  it("stays until the requests that run are answered, however often the end is asked for", async () => {
    const reached = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const cloud = await start({
      intercept: async () => {
        reached.resolve();
        await release.promise;
        return "pass" as const;
      },
    });
    const answer = put(cloud, "last");
    await reached.promise;
    const ends = [1, 2, 3].map(() => cloud.stop());
    release.resolve();
    expect(await answer).toBe(201);
    await Promise.all(ends);
    expect(await get(await start(), "last")).toBe(200);
  });

  it("that an earlier run left behind on the folder is ended by the next start", async () => {
    await (await start()).stop();
    const left = await startEngine(findEngine(fixtureApp.directory), folder.path);
    writeFileSync(file("run.json"), JSON.stringify({ pid: 1, enginePid: left.pid }));
    const cloud = await start();
    expect(await left.ended).toContain("SIGKILL");
    expect(await put(cloud, "one-engine")).toBe(201);
  });

  it("of an earlier run is not looked for in a process that has got its number since", async () => {
    await (await start()).stop();
    writeFileSync(file("run.json"), JSON.stringify({ pid: 1, enginePid: process.pid }));
    await start();
  });

  it("is missed in one line when none is installed, and nothing is left running", async () => {
    const project = await makeFolder();
    const find = start({ app: { ...fixtureApp, directory: project.path } });
    await expect(find).rejects.toThrow(/^No DynamoDB engine for /);
    await project.remove();
    await start();
  });
});

describe("another engine's endpoint", () => {
  it("is used in place of an engine of our own", async () => {
    const own = await makeFolder();
    const engine = await startEngine(findEngine(fixtureApp.directory), own.path);
    running.push({ stop: () => engine.stop().then(own.remove) });
    const cloud = await start({ dynamodbEndpoint: engine.endpoint });
    expect(await put(cloud, "elsewhere")).toBe(201);
    expect([cloud.enginePid, cloud.engineEndpoint]).toEqual([undefined, engine.endpoint]);
    expect(existsSync(file("dynamodb.sqlite"))).toBe(false);
    await cloud.stop();
    expect(isAlive(engine.pid)).toBe(true);
    expect(await get(await start({ dynamodbEndpoint: engine.endpoint }), "elsewhere")).toBe(200);
  });

  it.each([
    ["localhost:8000", /DYNAMODB_ENDPOINT must be an address such as/],
    ["http://127.0.0.1:1", /The DynamoDB engine at http:\/\/127\.0\.0\.1:1 does not answer/],
  ])("that cannot be used is refused in words: %s", async (dynamodbEndpoint, message) => {
    await expect(start({ dynamodbEndpoint })).rejects.toThrow(message);
  });
});
