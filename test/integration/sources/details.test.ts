import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { payloadsOf } from "../../fixtures/sources/payloads.ts";
import { signed } from "../../fixtures/sources/sign.ts";
import { SourceClient } from "../../fixtures/sources/source-client.ts";

/** SurveyMonkey's own API as far as it is asked here: one response, for who has the token. */
const details = readFileSync(
  new URL("../../fixtures/sources/surveymonkey/details/5007154325.json", import.meta.url),
  "utf8",
);
const asked: string[] = [];
let isDown = false;
let provider: Server;
let test: ApiCloud;

beforeAll(async () => {
  provider = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const isKnown = request.headers.authorization === "Bearer made-up-access-token";
    response.writeHead(isDown ? 503 : isKnown ? 200 : 401, { "content-type": "application/json" });
    response.end(isKnown ? details : "{}");
  }).listen(0, "127.0.0.1");
  await once(provider, "listening");
  const { port } = provider.address() as AddressInfo;
  test = await ApiCloud.start({ variables: { SOURCE_DETAILS_ORIGIN: `http://127.0.0.1:${port}` } });
});
afterAll(async () => {
  await test?.end();
  provider?.close();
});

it("the answers that SurveyMonkey's webhook does not tell are asked for with the access token, and counted once", async () => {
  const api = await test.workspace();
  const source = await SourceClient.make(api, "surveymonkey", {
    body: { accessToken: "made-up-access-token" },
  });
  expect(await source.deliver("response-completed")).toMatchObject({ recorded: 1, unmapped: 0 });
  expect(await source.deliver("response-completed")).toMatchObject({ recorded: 0, duplicate: 1 });
  expect(await source.deliver("response-created")).toMatchObject({ recorded: 0, unmapped: 0 });
  expect(asked).toEqual(
    Array.from({ length: 2 }, () => "GET /v3/surveys/123456789/responses/5007154325/details?simple=true"),
  );
  const { json } = await api.get<{ items: object[] }>("/v1/responses");
  expect(json.items).toMatchObject([
    { survey: "nps", score: 9, comment: "Easy to use", surveyId: "123456789" },
  ]);
});

it("while they cannot be had the webhook is answered with 503, so that it comes again; nothing is asked of who did not sign", async () => {
  const api = await test.workspace();
  const source = await SourceClient.make(api, "surveymonkey", {
    body: { accessToken: "made-up-access-token" },
  });
  const body = payloadsOf("surveymonkey").find(({ name }) => name === "response-completed")?.body ?? "";
  isDown = true;
  expect((await source.post(body, signed("surveymonkey", body))).status).toBe(503);
  isDown = false;
  const before = asked.length;
  expect((await source.post(body, signed("surveymonkey", body, { secret: "x&y" }))).status).toBe(401);
  expect(asked.length).toBe(before);
  expect(await source.deliver("response-completed")).toMatchObject({ recorded: 1 });
});

it("without a token it is kept, with the reason", async () => {
  const api = await test.workspace();
  const source = await SourceClient.make(api, "surveymonkey");
  expect(await source.deliver("response-completed")).toMatchObject({ recorded: 0, unmapped: 1 });
  const { json } = await api.get<{ items: { reasons: string[] }[] }>("/v1/sources/surveymonkey/unmapped");
  expect(json.items[0]?.reasons[0]).toContain("no accessToken");
});
