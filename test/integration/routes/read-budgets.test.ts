import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { endpoint, type HttpRequest } from "../../../lib/api/pipeline/endpoint.ts";
import type { HttpEvent } from "../../../lib/api/pipeline/http-event.ts";
import { pageAnswer, pageEndpoint } from "../../../lib/api/pipeline/page-endpoint.ts";
import { pageRoutes, sharedPage } from "../../../lib/page-routes.ts";
import { needsKey, routeKey } from "../../../lib/route.ts";
import { routes } from "../../../lib/routes.ts";
import { ensureWorkspace } from "../../../lib/store/settings/bootstrap.ts";
import { beginSession } from "../../../lib/store/settings/sessions.ts";
import { getItem } from "../../../lib/store/table/items.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";

/** Which routes may read only so much of the table: held by the pipeline, whatever the handler of a route does. */

let table: TestTable;
let session = "";

/** Nearly 100 read units each time. */
const large = { pk: "large", sk: "item" };

/** Reads that no budget allows. */
const reads = 6;

beforeAll(async () => {
  table = await startTestTable("read-budgets");
  vi.stubEnv("TABLE_NAME", table.name);
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", table.endpoint);
  vi.stubEnv("AWS_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  vi.stubEnv("KEY_REQUESTS_PER_SECOND", "1000");
  const { apiKey } = await ensureWorkspace(table, "shop");
  const begun = await beginSession(table, apiKey, Date.now(), () => true);
  if (typeof begun === "string") throw new Error(`no session: ${begun}`);
  session = begun.token;
  const item = { ...large, text: "x".repeat(390 * 1024) };
  await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await table.stop();
});

async function readTooMuch(request: HttpRequest): Promise<void> {
  for (let read = 0; read < reads; read += 1) await getItem(request.table, large);
}

const unlimited = { requestsPerSecond: 1_000, requestsPerDay: null, unitsPerSecond: 1e9, unitsPerDay: null };
const authorizer = {
  lambda: {
    ...{ workspace: "shop", scopes: "admin", keyId: "k", origins: "", validUntil: "", audience: "" },
    ...{ rules: "", limits: JSON.stringify(unlimited) },
  },
};
const context = { awsRequestId: "f-1", getRemainingTimeInMillis: () => 29_000 } as Context;

/** A request as API Gateway sends it, with an id wherever the path has one. */
function eventOf(key: string): HttpEvent {
  const [method = "", path = ""] = key.split(" ");
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [name, "a"]);
  return {
    ...{ routeKey: key, rawPath: path, rawQueryString: "", body: "{}", isBase64Encoded: false },
    headers: { host: "127.0.0.1", "content-type": "application/json" },
    cookies: [`session=${session}`],
    pathParameters: Object.fromEntries(names),
    requestContext: { requestId: "r-1", timeEpoch: Date.now(), http: { method, path }, authorizer },
  } as unknown as HttpEvent;
}

async function answerOf(key: string) {
  const handler = endpoint({
    [key]: async (request) => {
      await readTooMuch(request);
      return { status: 200, body: {} };
    },
  });
  const { statusCode, body = "" } = await handler(eventOf(key), context);
  return { statusCode, body };
}

/** What records, changes or repairs reads as much as that takes, and settings are read whole. */
const unlimitedRoutes = [
  ...["POST /v1/responses", "PATCH /v1/responses/{id}"],
  ...["POST /v1/events", "PATCH /v1/events/{id}"],
  ...["DELETE /v1/customers", "POST /v1/snapshots", "POST /v1/reconciliation", "DELETE /v1/goals/{id}"],
  ...["PUT /v1/alerts/{id}", "DELETE /v1/alerts/{id}"],
  ...["PATCH /v1/workspace", "PATCH /v1/dimensions/{id}"],
  ...["annotations", "keys", "shares", "sources", "webhooks"].flatMap((settings) =>
    routes.filter((route) => needsKey(route) && route.path.split("/")[2] === settings).map(routeKey),
  ),
];

const withKey = routes.filter(needsKey).map(routeKey);

describe("a request that reads more than one may", () => {
  it.each(withKey.filter((key) => !unlimitedRoutes.includes(key)))("is refused: %s", async (key) => {
    const { statusCode, body } = await answerOf(key);
    expect({ statusCode, body }).toEqual({
      statusCode: 400,
      body: expect.stringContaining("it takes more read units than one request may: ask for fewer days"),
    });
  });

  it.each(unlimitedRoutes)("is answered where it may read as much as it takes: %s", async (key) => {
    expect(withKey).toContain(key);
    expect((await answerOf(key)).statusCode).toBe(200);
  });
});

describe("a page that reads more than a request may", () => {
  const pages = pageRoutes
    .filter(({ method, isOpen, ...page }) => method === "GET" && !isOpen && page.path !== sharedPage.path)
    .map(({ method, path }) => `${method} ${path}`);
  const whole = ["GET /annotations", "GET /shares", "GET /webhooks"];

  it.each(pages)("is refused, but for lists of settings: %s", async (key) => {
    const handler = pageEndpoint({
      pages: {
        [key]: async (request) => {
          await readTooMuch(request);
          return pageAnswer("all");
        },
      },
    });
    const { statusCode } = await handler(eventOf(key), context);
    expect(statusCode).toBe(whole.includes(key) ? 200 : 400);
  });
});
