import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runSmoke, type SmokeTarget } from "../../../../lib/tools/smoke/run.ts";
import { type ApiCloud, sharedCloud } from "../../../fixtures/cloud.ts";

/** The smoke test that anybody can run against a deployment, against the local cloud. */

let cloud: ApiCloud;

beforeAll(async () => {
  cloud = await sharedCloud();
});
afterAll(() => cloud?.end());

async function smoke(target: SmokeTarget): Promise<{ code: number; lines: string[] }> {
  const out = new PassThrough();
  const printed = text(out);
  const code = await runSmoke(target, out, Date.now()).finally(() => out.end());
  return { code, lines: (await printed).split("\n") };
}

const account = {
  drawWidget: async (parameters: object) => String(await cloud.cloud.invoke("render-widget", parameters)),
  // No alarms run locally.
  alarms: async () => undefined,
};

it("the local cloud answers every check as a deployment must, on every route, and again the next day", async () => {
  const { key } = await cloud.workspace({}, 6);
  const target = { url: cloud.cloud.url, key, account };
  for (const run of ["first", "second"]) {
    const { code, lines } = await smoke(target);
    expect({ run, wrong: lines.filter((line) => line.startsWith("WRONG")) }).toEqual({ run, wrong: [] });
    expect(lines).toContainEqual(expect.stringMatching(/^ok +routes that were not asked +none +none$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ok +the dashboard's widget/));
    expect(code).toBe(0);
  }
});

it("a workspace with facts of something else is refused, and nothing is sent to it", async () => {
  const own = await cloud.workspace();
  await own.recordAll("responses", [{ id: "answer-1", survey: "nps", score: 9 }]);
  await expect(smoke({ url: cloud.cloud.url, key: own.key })).rejects.toThrow(/facts of something else/);
  const { json } = await own.get<{ items: { id: string }[] }>("/v1/responses");
  expect(json.items.map(({ id }) => id)).toEqual(["answer-1"]);
});

it("a key that nobody has is refused, and so is an address at which nothing answers", async () => {
  const key = `cxm_${"y".repeat(43)}`;
  await expect(smoke({ url: cloud.cloud.url, key })).rejects.toThrow(/key is refused/);
  await expect(smoke({ url: "http://127.0.0.1:9", key })).rejects.toThrow(/nothing answers/);
});

it("a server that answers everything alike is told in the table, and by the exit code", async () => {
  const server: Server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end('{"items":[]}');
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, lines } = await smoke({ url, key: "any" });
    expect(code).toBe(1);
    expect(lines).toContainEqual(expect.stringMatching(/^WRONG +other content under its id +409 +200$/));
    expect(lines).toContainEqual(expect.stringMatching(/were not asked for: that needs --stack/));
  } finally {
    server.close();
  }
});
