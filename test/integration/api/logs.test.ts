import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { namespace, operational, workspaceDimension } from "../../../lib/telemetry/names.ts";
import {
  dynamoDbError,
  type ServiceCall,
  type Verdict,
} from "../../../lib/tools/local-cloud/aws/interception.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** What the functions write to their logs: lines for operators, values for CloudWatch, and nothing about anybody. */

let test: ApiCloud;
let published: ApiClient;
let silent: ApiClient;
let readKey: string;
let wrongKey: string;
let logs: ReadonlyMap<string, string>;

const day = dayBefore(3);
const occurredAt = `${day}T12:00:00Z`;
const secrets = {
  comment: "SecretComment-4711",
  customerId: "SecretCustomer-4712",
  orderId: "SecretOrder-4713",
  tag: "SecretTag-4714",
  dimension: "SecretDimension-4715",
  surveyId: "SecretSurvey-4716",
  id: "SecretFact-4717",
  path: "SecretPath-4718",
  query: "SecretQuery-4719",
  field: "SecretField-4720",
  header: "SecretHeader-4721",
  amount: "987654.32",
} as const;

const answer = {
  ...{
    id: secrets.id,
    survey: "nps",
    score: 9,
    occurredAt,
    comment: secrets.comment,
    surveyId: secrets.surveyId,
  },
  ...{ customerId: secrets.customerId, tags: [secrets.tag], dimensions: { channel: secrets.dimension } },
};
const purchase = {
  ...{ type: "purchase.made", orderId: secrets.orderId, customerId: secrets.customerId, occurredAt },
  money: { amount: secrets.amount, currency: "USD" },
};

/** Keeps the average of the amounts, which is published, from being one of them. */
const penny = { ...purchase, money: { amount: "0.01", currency: "USD" } };

/** Errors that quote what was sent, as engines do; the request that carries the word decides which. */
function intercept(call: ServiceCall): Verdict {
  const request = call.service === "dynamodb" ? call.text() : "";
  if (request.includes("quote-it"))
    return { answer: dynamoDbError("ValidationException", `Invalid: ${request}`) };
  if (request.includes("throttle-it") && call.action === "TransactWriteItems") {
    throttles += 1;
    if (throttles <= 3) return { answer: dynamoDbError("ThrottlingException", `Slow down: ${request}`) };
  }
  return "pass";
}
let throttles = 0;

beforeAll(async () => {
  test = await ApiCloud.start({ redeliverySeconds: 0, intercept });
  published = await test.workspace({ publishToCloudWatch: true }, 4);
  silent = await test.workspace({ publishToCloudWatch: false }, 4);
  readKey = await test.key(published, "read");
  wrongKey = `cxm_${"SecretKey4722".padEnd(43, "x")}`;
  for (const api of [published, silent]) await write(api);
  await read(published);
  await test.hour();
  await silent.send("PATCH", "/v1/workspace", { body: { margin: secrets.field, [secrets.field]: 1 } });
  // The last line of all.
  await published.get("/v1/health", { key: null });
  await test.stop();
  logs = await test.logs();
});
afterAll(() => test?.end());

/** Writes facts with every outcome. */
async function write(api: ApiClient): Promise<void> {
  const statuses = [
    await api.post("/v1/responses", answer),
    await api.post("/v1/responses", answer),
    await api.post("/v1/responses", { ...answer, comment: `${secrets.comment} again` }),
    await api.post("/v1/responses", { ...answer, score: secrets.comment, [secrets.field]: 1 }),
    await api.post("/v1/events", purchase),
    await api.post("/v1/events", { events: [penny, { ...purchase, money: secrets.amount }] }),
    await api.send("POST", "/v1/responses", { raw: `{"comment":"${secrets.comment}"` }),
    await api.send("POST", "/v1/events", { body: purchase, headers: { "idempotency-key": secrets.header } }),
    await api.post("/v1/events", { ...purchase, orderId: `${secrets.orderId} quote-it` }),
    await api.post("/v1/events", { ...purchase, orderId: `${secrets.orderId} throttle-it` }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([201, 200, 409, 422, 201, 200, 400, 201, 422, 201]);
}

async function read(api: ApiClient): Promise<void> {
  const statuses = [
    await api.get(`/v1/metrics/${secrets.path}`),
    await api.get(`/v1/${secrets.path}?a=${secrets.query}`),
    await api.get(`/v1/metrics/nps?${secrets.query}=${secrets.query}`),
    await api.get(`/v1/metrics/nps?filter.channel=${secrets.dimension}&filter.plan=${secrets.query}`),
    await api.get("/v1/metrics/nps", { key: wrongKey }),
    await api.get("/v1/metrics/nps", { key: readKey, headers: { "x-secret": secrets.header } }),
    await api.get("/v1/keys", { key: readKey }),
    await api.get(`/v1/snapshots?cursor=${secrets.query}`),
  ].map(({ status }) => status);
  expect(statuses).toEqual([404, 404, 400, 200, 401, 200, 403, 400]);
}

/** The lines of all logs that are JSON of a form. */
function linesOf<Schema extends z.ZodType>(schema: Schema, file = ".log"): z.output<Schema>[] {
  return [...logs].flatMap(([name, text]) =>
    name.endsWith(file)
      ? text.split("\n").flatMap((line) => {
          const parsed = line === "" ? undefined : schema.safeParse(JSON.parse(line));
          return parsed?.success ? [parsed.data] : [];
        })
      : [],
  );
}

describe("the logs", () => {
  it("hold nothing of bodies, comments, customers, keys, paths or queries", () => {
    expect([...logs.keys()].map((file) => basename(file))).toEqual(
      expect.arrayContaining(["access.log", "record-responses.log", "record-events.log", "read-metrics.log"]),
    );
    const forbidden = [
      ...Object.values(secrets),
      "98765432",
      readKey,
      wrongKey,
      published.key,
      silent.key,
      test.cloud.apiKey,
    ];
    const found = [...logs].flatMap(([file, text]) =>
      forbidden
        .filter((secret) => text.toLowerCase().includes(secret.toLowerCase()))
        .map((secret) => `${basename(file)}: ${secret}`),
    );
    expect(found).toEqual([]);
  });

  it("have one line for each request, with its route, status, workspace and outcome", () => {
    const lines = linesOf(
      z.object({
        message: z.literal("request"),
        route: z.string(),
        status: z.number(),
        workspace: z.string(),
        outcome: z.string().optional(),
      }),
      "record-responses.log",
    );
    const own = lines.filter(({ workspace }) => workspace === published.workspace);
    expect(own.map(({ status, outcome }) => [status, outcome])).toEqual([
      [201, "recorded"],
      [200, "duplicate"],
      [409, "conflict"],
      [422, undefined],
      [400, undefined],
    ]);
    expect(new Set(lines.map(({ route }) => route))).toEqual(new Set(["POST /v1/responses"]));
  });

  it("name an error's class and place", () => {
    const failure = z.object({
      level: z.literal("ERROR"),
      message: z.literal("fact"),
      error: z.string(),
      stack: z.array(z.string()),
    });
    const failures = linesOf(failure, "record-events.log");
    expect(failures.map(({ error }) => error)).toEqual(["ValidationException", "ValidationException"]);
    for (const { stack } of failures) expect(stack[0]).toMatch(/^at /);
  });

  it("are JSON to the last line, the last request's too", () => {
    expect(linesOf(z.unknown()).length).toBeGreaterThan(30);
    const access = linesOf(z.object({ routeKey: z.string(), status: z.coerce.number() }), "access.log");
    expect(access.at(-1)).toEqual({ routeKey: "GET /v1/health", status: 200 });
  });
});

const embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** What CloudWatch reads from the logs: one entry for each metric of a line. */
function points() {
  return linesOf(embedded).flatMap(({ _aws, ...values }) =>
    _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Metrics.map(({ Name }) => ({
        ...{ namespace: Namespace, name: Name, value: [values[Name]].flat()[0], at: _aws.Timestamp },
        dimensions: Dimensions.map((set) =>
          Object.fromEntries(set.map((dimension) => [dimension, values[dimension]])),
        ),
      })),
    ),
  );
}

describe("what CloudWatch gets", () => {
  const ids = new Set(metrics.map(({ id }) => id));

  it("are the values of workspaces that asked for them, with the workspace as the only dimension", () => {
    const values = points().filter(({ name }) => ids.has(name));
    expect(values.length).toBeGreaterThan(0);
    for (const { namespace: space, dimensions } of values) {
      expect([space, dimensions]).toEqual([namespace, [{ [workspaceDimension]: published.workspace }]]);
    }
    const noon = Date.parse(occurredAt);
    const ofDay = new Map(values.filter(({ at }) => at === noon).map(({ name, value }) => [name, value]));
    // One answer of 9; three times 987654.32, once 0.01.
    expect(ofDay.get("nps")).toBe(100);
    expect(ofDay.get("customers")).toBe(1);
    expect(ofDay.get("sales")).toBe(2_962_962.97);
    // What has no value leaves a gap.
    expect(ofDay.has("csat")).toBe(false);
  });

  it("are operational counts, without a workspace", () => {
    const counts = points().filter(({ name }) => !ids.has(name));
    for (const { dimensions } of counts) expect(dimensions).toEqual([{ service: "cx-metrics" }]);
    const sumOf = (metric: string) =>
      counts.filter(({ name }) => name === metric).reduce((sum, { value }) => sum + Number(value), 0);
    // Of each of two workspaces.
    expect(sumOf(operational.factsRecorded)).toBe(2 * 5);
    expect(sumOf(operational.factsDuplicate)).toBe(2);
    expect(sumOf(operational.factsConflict)).toBe(2);
    expect(sumOf(operational.factsInvalid)).toBe(2 * 3);
    expect(sumOf(operational.transactionRetries)).toBeGreaterThan(0);
    expect(sumOf(operational.snapshotsTaken)).toBeGreaterThanOrEqual(2);
  });
});
