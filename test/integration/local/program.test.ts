import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isEngineOf } from "../../../lib/tools/local-cloud/engine/left-behind.ts";
import { makeFolder, type TestFolder } from "../../fixtures/local/cloud.ts";
import { eventually } from "../../fixtures/local/eventually.ts";
import { type Run, runProgram } from "../../fixtures/local/program.ts";

let folder: TestFolder;
const runs: Run[] = [];

beforeEach(async () => {
  folder = await makeFolder();
});

afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
  }
  await folder.remove();
});

function start(environment: Readonly<Record<string, string>> = {}): Run {
  const run = runProgram({ DATA_DIR: folder.path, ...environment });
  runs.push(run);
  return run;
}

function file(name: string): string {
  return join(folder.path, name);
}

function enginePid(): number {
  return JSON.parse(readFileSync(file("run.json"), "utf8")).enginePid;
}

/** Records an answer under an id. Gives the status of the response and what became of the answer. */
async function record(url: string, id: string, key: string): Promise<[number, string]> {
  const response = await fetch(`${url}/v1/responses`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ id, survey: "nps", score: 9 }),
  });
  const { status } = (await response.json()) as { status: string };
  return [response.status, status];
}

function adminKey(): string {
  return readFileSync(file("admin-key"), "utf8").trim();
}

describe("npm start", () => {
  it("prints when it is ready, the admin key, where data and logs are, and how to stop", async () => {
    const run = start();
    const url = await run.ready;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await eventually(() => run.printed.out).toContain("Ctrl-C");
    const lines = run.printed.out.split("\n");
    expect(lines).toContain(`ready ${url}`);
    for (const piece of [adminKey(), file("admin-key"), file("logs"), folder.path]) {
      expect(run.printed.out).toContain(piece);
    }
    expect((await fetch(`${url}/v1/openapi.json`)).status).toBe(200);
    expect(run.printed.err).toBe("");
  });

  it.runIf(process.platform === "linux")("is one process, with the settings that save memory", async () => {
    const run = start();
    await run.ready;
    const read = (name: string) => readFileSync(`/proc/${run.child.pid}/${name}`, "utf8").split("\0");
    expect(read("environ")).toContain("MALLOC_ARENA_MAX=2");
    expect(read("cmdline")).toContain("--max-semi-space-size=4");
    expect(read("cmdline").join(" ")).toContain("bin/local.ts");
  });

  it("keeps the admin key for its owner alone, and the logs in the data folder alone", async () => {
    const run = start();
    const url = await run.ready;
    expect(await record(url, "a", adminKey())).toEqual([201, "recorded"]);
    run.child.kill("SIGINT");
    await run.ended;
    expect(statSync(file("admin-key")).mode & 0o777).toBe(0o600);
    const lines = readdirSync(file("logs")).flatMap((name) =>
      readFileSync(join(file("logs"), name), "utf8")
        .trimEnd()
        .split("\n"),
    );
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line)).toBeTypeOf("object");
    expect(run.printed.out).not.toContain('"level"');
    expect(lines.join("\n")).not.toContain(adminKey());
  });

  it("uses the key of API_KEY, and writes it nowhere", async () => {
    const key = "cxm_my-own-key-of-thirty-two-characters-or-more";
    const run = start({ API_KEY: key });
    expect(await record(await run.ready, "a", key)).toEqual([201, "recorded"]);
    expect(readdirSync(folder.path)).not.toContain("admin-key");
  });

  it.each([
    ["PORT", "eighty", "PORT must be a number from 0 to 65535, not eighty\n"],
    ["API_KEY", "short", /^The admin key cannot be used: .*\n$/],
    ["DYNAMODB_ENDPOINT", "localhost", /^DYNAMODB_ENDPOINT must be an address such as .*\n$/],
  ])("ends with one line and exit code 1 when %s is %s", async (name, value, message) => {
    const run = start({ [name]: value });
    expect((await run.ended).code).toBe(1);
    expect(run.printed.err).toMatch(message);
  });

  it("ends with one line and exit code 1 when its port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const run = start({ PORT: String(port) });
    expect(await run.ended).toEqual({ code: 1, signal: null });
    expect(run.printed.err).toBe(`Port ${port} is taken: set PORT to another one\n`);
    server.close();
  });

  it("ends with one line and exit code 1 when its data folder is in use, and the first goes on", async () => {
    const first = start();
    const url = await first.ready;
    const second = start();
    expect((await second.ended).code).toBe(1);
    expect(second.printed.err).toBe(
      `The data folder ${folder.path} is in use by another local cloud (process ${first.child.pid}): stop that one or set DATA_DIR\n`,
    );
    expect(await record(url, "a", adminKey())).toEqual([201, "recorded"]);
  });

  it("ends with one line and exit code 1 when its data folder is a file", async () => {
    writeFileSync(file("taken"), "");
    const run = start({ DATA_DIR: file("taken") });
    expect((await run.ended).code).toBe(1);
    expect(run.printed.err).toMatch(/^The data folder .* cannot be used: .*\n$/);
  });
});

describe("the end of npm start", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "by %s leaves no process and no port, with exit code 0",
    async (signal) => {
      const run = start();
      const url = await run.ready;
      const engine = enginePid();
      run.child.kill(signal);
      expect(await run.ended).toEqual({ code: 0, signal: null });
      expect(isEngineOf(engine, file("dynamodb.sqlite"))).toBe(false);
      await expect(fetch(url)).rejects.toThrow();
    },
  );

  it("by two signals at once, as Ctrl-C under npm sends them, is as orderly", async () => {
    const run = start();
    await run.ready;
    const engine = enginePid();
    // Of two signals of one kind the system may deliver one.
    run.child.kill("SIGINT");
    run.child.kill("SIGTERM");
    expect(await run.ended).toEqual({ code: 0, signal: null });
    expect(isEngineOf(engine, file("dynamodb.sqlite"))).toBe(false);
  });

  it("during the start leaves no engine either", async () => {
    const run = start();
    await eventually(() => isStarted("run.json") && enginePid()).toBeTypeOf("number");
    const engine = enginePid();
    run.child.kill("SIGINT");
    await run.ended;
    await eventually(() => isEngineOf(engine, file("dynamodb.sqlite"))).toBe(false);
  });

  it("comes with exit code 1 and a reason when the engine dies", async () => {
    const run = start();
    await run.ready;
    process.kill(enginePid(), "SIGKILL");
    expect((await run.ended).code).toBe(1);
    expect(run.printed.err).toMatch(/^The DynamoDB engine is gone .*start again\n$/);
  });

  function isStarted(name: string): boolean {
    return readdirSync(folder.path).includes(name);
  }
});

describe("kill -9", () => {
  it("loses nothing that was acknowledged, leaves no engine running, and the next start is as any", async () => {
    const first = start();
    const url = await first.ready;
    const key = adminKey();
    const answers = await Promise.all(["a", "b", "c"].map((id) => record(url, id, key)));
    expect(answers).toEqual([1, 2, 3].map(() => [201, "recorded"]));
    const engine = enginePid();
    expect(isEngineOf(engine, file("dynamodb.sqlite"))).toBe(true);
    first.child.kill("SIGKILL");
    await first.ended;
    await eventually(() => isEngineOf(engine, file("dynamodb.sqlite"))).toBe(false);
    const again = start();
    const urlAgain = await again.ready;
    expect(adminKey()).toBe(key);
    const resent = await Promise.all(["a", "b", "c"].map((id) => record(urlAgain, id, key)));
    expect(resent).toEqual([1, 2, 3].map(() => [200, "duplicate"]));
  });

  it("in the middle of writing loses no answer that was acknowledged", async () => {
    const first = start();
    const url = await first.ready;
    const key = adminKey();
    const acknowledged: string[] = [];
    const writing = Array.from({ length: 4 }, async (_, writer) => {
      for (let count = 0; ; count++) {
        const id = `${writer}-${count}`;
        const [, status] = await record(url, id, key);
        if (status === "recorded") acknowledged.push(id);
        if (acknowledged.length === 20) first.child.kill("SIGKILL");
      }
    });
    await Promise.allSettled(writing);
    const again = start();
    const urlAgain = await again.ready;
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    for (const id of acknowledged) expect(await record(urlAgain, id, key)).toEqual([200, "duplicate"]);
  });
});
