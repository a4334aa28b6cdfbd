import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCloud, type TestCloud } from "../../fixtures/local/cloud.ts";
import { eventually } from "../../fixtures/local/eventually.ts";

let test: TestCloud;
beforeAll(async () => {
  process.env["CX_METRICS_MACHINE"] = "this machine's own";
  test = await startTestCloud();
});
afterAll(() => test.end());

interface Echo {
  readonly environment: Record<string, string>;
  readonly context: {
    readonly functionName: string;
    readonly memoryLimitInMB: string;
    readonly remaining: number;
  };
}

async function echo(): Promise<Echo> {
  return (await test.cloud.invoke("echo", {})) as Echo;
}

/** Calls the slow function, which tells how many events its thread has had. */
async function slow(event: { milliseconds: number; block?: boolean }): Promise<number> {
  const { milliseconds, block } = event;
  const queryStringParameters = { milliseconds: String(milliseconds), ...(block ? { block: "1" } : {}) };
  return ((await test.cloud.invoke("slow", { queryStringParameters })) as { calls: number }).calls;
}

function log(name: string): { level?: string; message: string; errorType?: string }[] {
  const text = readFileSync(join(test.folder.path, "logs", `${name}.log`), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("a function's environment", () => {
  it("has the template's variables and those of Lambda's runtime, and nothing of this machine", async () => {
    const { environment } = await echo();
    expect(environment).toMatchObject({
      GREETING: "hello",
      AWS_REGION: "us-east-1",
      AWS_LAMBDA_FUNCTION_NAME: "Fixture-echo",
      AWS_ENDPOINT_URL_DYNAMODB: test.cloud.gatewayEndpoint,
    });
    // The last one lets webhooks go to this machine, here alone.
    const own = ["GREETING", "LANG", "TZ", "LAMBDA_TASK_ROOT", "LOCAL_RECEIVERS"];
    const foreign = Object.keys(environment).filter(
      (name) => !name.startsWith("AWS_") && !own.includes(name),
    );
    expect(foreign).toEqual([]);
  });

  it("has no credentials or profile that could reach AWS", async () => {
    const { environment } = await echo();
    expect(environment).toMatchObject({
      AWS_ACCESS_KEY_ID: "local-echo",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_CONFIG_FILE: "/nonexistent",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  it("has the context of the template's function, with the time that is left", async () => {
    const { context } = await echo();
    expect(context).toMatchObject({ functionName: "Fixture-echo", memoryLimitInMB: "128" });
    expect(context.remaining).toBeGreaterThan(0);
    expect(context.remaining).toBeLessThanOrEqual(5000);
  });
});

describe("a function's threads", () => {
  it("work on one event at a time, and are kept for the events to come", async () => {
    await slow({ milliseconds: 0 });
    const before = await slow({ milliseconds: 0 });
    // One after the other, all go to the thread that is there.
    expect(await slow({ milliseconds: 0 })).toBe(before + 1);
    // Together, one goes to that thread and the others get threads of their own, where they are the first.
    const together = await Promise.all([1, 2, 3].map(() => slow({ milliseconds: 300 })));
    expect(together.toSorted((a, b) => a - b)).toEqual([1, 1, before + 2]);
  });

  it("are at most four, and further events wait for a free one without getting lost", async () => {
    const counts = await Promise.all(Array.from({ length: 12 }, () => slow({ milliseconds: 20 })));
    expect(counts).toHaveLength(12);
    expect(counts.filter((count) => count === 1).length).toBeLessThanOrEqual(4);
  });
});

describe("a function that runs over its time", () => {
  it.each([false, true])(
    "fails as in Lambda, and the next event gets a fresh thread (busy loop: %s)",
    async (block) => {
      await expect(slow({ milliseconds: 1500, block })).rejects.toMatchObject({
        errorType: "Sandbox.Timedout",
        message: "Task timed out after 1.00 seconds",
      });
      await eventually(() => log("slow").map(({ errorType }) => errorType)).toContain("Sandbox.Timedout");
    },
  );

  it("is answered with API Gateway's 500", async () => {
    const answer = await test.answer("/slow?milliseconds=1500");
    expect(answer).toEqual([500, { message: "Internal Server Error" }]);
  });

  it("loses what its thread remembered, and no other thread's event", async () => {
    const [late, intime] = await Promise.allSettled([
      slow({ milliseconds: 1500 }),
      slow({ milliseconds: 600 }),
    ]);
    expect([late.status, intime.status]).toEqual(["rejected", "fulfilled"]);
  });
});

describe("a function that crashes", () => {
  it("is answered with 500, is noted in its log, and serves the next request", async () => {
    expect(await test.answer("/echo?do=exit")).toEqual([500, { message: "Internal Server Error" }]);
    expect((await test.answer("/echo"))[0]).toBe(200);
    await eventually(() => log("echo").map(({ errorType }) => errorType)).toContain("Runtime.ExitError");
  });

  it("takes no other request with it", async () => {
    const requests = ["/echo?do=exit", "/echo/a", "/echo/b", "/echo?do=exit", "/echo/c"];
    const statuses = await Promise.all(requests.map(async (path) => (await test.fetch(path)).status));
    expect(statuses).toEqual([500, 200, 200, 500, 200]);
  });

  it("fails with the class and the message of the handler's error", async () => {
    await expect(test.cloud.invoke("echo", { queryStringParameters: { do: "throw" } })).rejects.toMatchObject(
      {
        errorType: "TypeError",
        message: "the handler failed",
      },
    );
  });
});

describe("what a function prints", () => {
  it("goes to its log in the data folder as JSON lines", async () => {
    await test.cloud.invoke("echo", { queryStringParameters: { do: "print" } });
    await eventually(() => log("echo").map(({ level, message }) => ({ level, message }))).toEqual(
      expect.arrayContaining([
        { level: "INFO", message: "a plain line" },
        { level: "INFO", message: "a JSON line" },
      ]),
    );
  });
});

describe("a function that the template does not have", () => {
  it("is refused by name", () => {
    expect(() => test.cloud.invoke("nothing", {})).toThrow("The template has no function nothing");
  });
});
