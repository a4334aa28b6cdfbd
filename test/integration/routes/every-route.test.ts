import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operations } from "../../../lib/api/openapi/document.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { escapeText } from "../../../lib/report/html.ts";
import { type Route, routeKey } from "../../../lib/route.ts";
import { routes } from "../../../lib/routes.ts";
import { queues, schedules, widgetFunction } from "../../../lib/schedules.ts";
import { counterKey, workspaceKey } from "../../../lib/store/table/keys.ts";
import { type LocalCloud, startLocalCloud } from "../../../lib/tools/local-cloud/cloud.ts";
import { dayBefore } from "../../fixtures/api-client.ts";
import { granted, watchPermissions } from "../../fixtures/permissions.ts";
import {
  type Call,
  manageAlerts,
  manageAnnotations,
  manageDimensions,
  manageGoals,
  manageKeys,
  manageShares,
  manageWebhooks,
} from "./manage-settings.ts";
import { manageSources } from "./manage-sources.ts";
import { openPages } from "./open-pages.ts";
import { range, readAnswers, readCustomers, readEvents, readResponses, readTerms } from "./read-answers.ts";

/**
 * Runs every route and every job while each function is held to its role: what is missing would be an
 * AccessDeniedException in the cloud, and what nobody uses is a permission too many. Every answer is compared with
 * the schema that the OpenAPI document shows for it.
 */

/** A reconciliation of more facts than this goes on in steps. */
const reconciledAtOnce = { RECONCILED_AT_ONCE: "5" };

/** More customers than this are predicted by a job. */
const variables = { ...reconciledAtOnce, PREDICTED_AT_ONCE: "3" };

const permissions = watchPermissions();
const walked = new Set<string>();
let cloud: LocalCloud;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "permissions-"));
  cloud = await startLocalCloud({ dataDir, maxThreads: 32, variables, onPermission: permissions.listen });
  await ageWorkspace();
});

afterAll(async () => {
  await cloud?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Lets the workspace look as if it was made some days ago: its days since then need snapshots. */
async function ageWorkspace(): Promise<void> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint, region: "us-east-1", credentials });
  const createdAt = `${dayBefore(6)}T00:00:00.000Z`;
  await DynamoDBDocumentClient.from(client).send(
    new UpdateCommand({
      TableName: cloud.tableName,
      Key: workspaceKey("default"),
      UpdateExpression: "SET createdAt = :createdAt",
      ExpressionAttributeValues: { ":createdAt": createdAt },
    }),
  );
  client.destroy();
}

/** Calls a route and expects it to succeed. */
async function call(
  method: Route["method"],
  path: string,
  { id = "", delivery = "", query = "", body, headers }: Parameters<Call>[2] = {},
): Promise<unknown> {
  walked.add(`${method} ${path}`);
  const place = path.replace("{id}", id).replace("{delivery}", delivery);
  const response = await fetch(`${cloud.url}${place}${query}`, {
    method,
    headers: headers ?? {
      authorization: `Bearer ${cloud.apiKey}`,
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  expect([200, 201, 202], `${method} ${path}${query}: ${text}`).toContain(response.status);
  const isPage = response.headers.get("content-type")?.startsWith("text/html") === true;
  const answer: unknown = isPage ? text : JSON.parse(text);
  const documented = operations[`${method} ${path}`]?.answers[response.status];
  // Parsing leaves out what the schema does not know: equal means that nothing is undocumented.
  expect(documented?.schema.parse(answer), `${method} ${path}${query}`).toEqual(answer);
  return answer;
}

function purchase(id: string, daysAgo: number) {
  const occurredAt = `${dayBefore(daysAgo)}T12:00:00Z`;
  const dimensions = { channel: "web", plan: "gold" };
  const money = { amount: "9.90", currency: "USD" };
  return { type: "purchase.made", id, orderId: id, customerId: `c-${id}`, occurredAt, dimensions, money };
}

/** A day with few facts. */
const quietDay = 9;

async function writeFacts(): Promise<void> {
  await call("POST", "/v1/events", { body: purchase("quiet", quietDay) });
  const answer = {
    id: "a-1",
    survey: "nps",
    score: 9,
    comment: "Quick!",
    customerId: "c-1",
    invitationId: "invitation-1",
    dimensions: { channel: "web" },
  };
  await call("POST", "/v1/responses", { body: answer });
  const other = { survey: "csat", score: 4, ticketId: "case-1", comment: "Solved" };
  const outcome = await call("POST", "/v1/responses", { body: { responses: [answer, other] } });
  expect(outcome).toMatchObject({ recorded: 1, duplicate: 1 });
  await call("PATCH", "/v1/workspace", { body: { linkOrders: true } });
  const at = `${dayBefore(3)}T12:00:00Z`;
  const cases = ["opened", "resolved"].map((what) => ({
    ...{ type: `ticket.${what}`, ticketId: "case-1", occurredAt: at },
  }));
  await call("POST", "/v1/events", { body: { events: [purchase("1", 3), purchase("2", 3), ...cases] } });
  const about = { id: "about-order", survey: "ces", score: 5, orderId: "1" };
  await call("POST", "/v1/responses", { body: about });
  const resent = await call("POST", "/v1/events", { body: purchase("1", 3) });
  expect(resent).toMatchObject({ status: "duplicate" });
}

/** Predicts in a request, and, where there are more customers by now, in a job. */
async function predict(query: { readonly state?: "running" }): Promise<void> {
  const body = { through: dayBefore(1) };
  expect(await call("POST", "/v1/predictions", { body })).toMatchObject({ through: body.through, ...query });
  await cloud.idle();
  expect(await call("GET", "/v1/predictions")).toMatchObject({ items: [body] });
}

/** Takes answers of an open and of a closed day out, which also needs the log of what changed a closed day. */
async function excludeResponses(): Promise<void> {
  const past = { id: "a-2", survey: "nps", score: 1, occurredAt: `${dayBefore(3)}T12:00:00Z` };
  await call("POST", "/v1/responses", { body: past });
  for (const id of ["a-1", "a-2"]) {
    const body = { excluded: true, reason: "a test" };
    const changed = await call("PATCH", "/v1/responses/{id}", { id, body });
    expect(changed).toMatchObject({ excluded: true, audit: [{ reason: "a test" }] });
  }
}

async function excludeEvents(): Promise<void> {
  const load = {
    id: "load-1",
    type: "page.loaded",
    milliseconds: 999_999,
    occurredAt: `${dayBefore(3)}T12:00:00Z`,
  };
  await call("POST", "/v1/events", { body: load });
  const changed = await call("PATCH", "/v1/events/{id}", {
    id: "load-1",
    body: { excluded: true, reason: "a test" },
  });
  expect(changed).toMatchObject({ id: "load-1", excluded: true, audit: [{ reason: "a test" }] });
  // The segments of a ticket and of a customer come from the next fact that says them: it is looked for.
  for (const about of [
    { type: "ticket.opened", ticketId: "twice" },
    { type: "customer.joined", customerId: "twice" },
  ]) {
    const [id, other, third] = [`${about.type}-1`, `${about.type}-2`, `${about.type}-3`];
    const occurredAt = `${dayBefore(3)}T12:00:00Z`;
    await call("POST", "/v1/events", {
      body: { events: [id, other, third].map((one) => ({ ...about, id: one, occurredAt })) },
    });
    await call("PATCH", "/v1/events/{id}", { id, body: { excluded: true, reason: "a test" } });
    const better = { ...about, id: `${about.type}-4`, occurredAt, supersedes: other };
    expect(await call("POST", "/v1/events", { body: better })).toMatchObject({ status: "recorded" });
  }
}

/** A goal that the daily run assesses, by counting facts again. */
async function setPublishedGoal(): Promise<void> {
  await call("PATCH", "/v1/workspace", { body: { publishToCloudWatch: true } });
  const base = { from: dayBefore(31), to: dayBefore(2) };
  const target = { value: "100.00" };
  const body = { metric: "sales", target, base, dueDate: dayBefore(-30), filter: { device: "phone" } };
  await call("PUT", "/v1/goals/{id}", { id: "published", body });
}

async function takeSnapshots(): Promise<void> {
  for (const schedule of schedules) await cloud.invoke(schedule.function, {});
  await cloud.idle();
}

/** A late fact waits for its day's file to be written anew; asked for at once, it need not wait for the hour. */
async function archiveDays(): Promise<void> {
  const before = (await call("GET", "/v1/archive")) as { waiting: { days: number; changed: number } };
  expect(before.waiting.changed).toBeGreaterThan(0);
  expect(await call("POST", "/v1/archive", { body: {} })).toMatchObject({ days: before.waiting.days });
  await cloud.idle();
  expect(await call("GET", "/v1/archive")).toMatchObject({
    waiting: { days: 0, from: null, to: null, changed: 0, complete: true },
  });
}

async function changeSettings(): Promise<void> {
  await call("GET", "/v1/workspace");
  const body = { inactivityDays: 2, trackedDimensions: ["channel", "plan"] };
  await call("PATCH", "/v1/workspace", { body });
  // The queue would wait until no function remembers the settings of before.
  const message = { messageId: "1", body: JSON.stringify({ workspace: "default", entity: "customer" }) };
  const outcome = await cloud.invoke("recount-entities", { Records: [message] });
  expect(outcome).toEqual({ batchItemFailures: [] });
}

/** Spoils a counter on a second shard of its day. */
async function spoil(day: string): Promise<void> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint, region: "us-east-1", credentials });
  const wrong = { ...counterKey("default", "sales", "all", day, 1), "orders:USD": 5, w: 1 };
  await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: cloud.tableName, Item: wrong }));
  client.destroy();
}

/** Has spoilt counters found and put right: in one request where there are few facts, and in steps where there are many. */
async function reconcile(): Promise<void> {
  await call("POST", "/v1/events", { body: purchase("quiet-late", quietDay) });
  await spoil(dayBefore(quietDay));
  const quiet = { from: dayBefore(quietDay), to: dayBefore(quietDay), repair: true };
  expect(await call("POST", "/v1/reconciliation", { body: quiet })).toMatchObject({ differencesTotal: 1 });
  await call("POST", "/v1/events", { body: purchase("latest", 3) });
  await spoil(dayBefore(3));
  const body = { from: dayBefore(4), to: dayBefore(0), repair: true };
  const job = await call("POST", "/v1/reconciliation", { body });
  expect(job).toMatchObject({ state: "running" });
  await cloud.idle();
  const { id } = job as { id: string };
  expect(await call("GET", "/v1/reconciliation/{id}", { id })).toMatchObject({
    state: "done",
    found: { differencesTotal: 1, repaired: 1, skippedDays: [] },
  });
}

async function eraseCustomers(): Promise<void> {
  const erased = await call("DELETE", "/v1/customers", { query: "?customerId=c-1" });
  expect(erased).toEqual({
    // Her answer, her purchase, and the answer about it that names nobody.
    erased: { facts: 3, comments: 1, customer: true, deliveries: 0 },
    archive: { days: 1, rewrittenBy: expect.any(String), goneBy: expect.any(String) },
  });
}

async function readReport(): Promise<void> {
  const report = await call("GET", "/v1/report", { query: range });
  for (const { name } of metrics) expect(report).toContain(escapeText(name));
  await call("GET", "/v1/report", { query: `${range}&groupBy=channel&comments=0` });
  await call("GET", "/v1/report", { query: `${range}&groupBy=channel,plan&filter.device=phone&comments=0` });
  const withSurvival = await call("GET", "/v1/report", { query: `${range}&comments=0&survival=channel` });
  expect(withSurvival).toContain('<h2 id="survival">');
  const event = { metrics: metrics.map(({ id }) => id), groupBy: "channel" };
  expect(await cloud.invoke(widgetFunction, event)).toContain("<svg");
}

/** Gives every consumer a message that nobody can read: it goes to the dead-letter queue. */
async function giveUp(): Promise<void> {
  const unreadable = { messageId: "1", body: "{", attributes: { ApproximateReceiveCount: "1" } };
  for (const { function: name, name: queue } of queues) {
    expect(await cloud.invoke(name, { Records: [unreadable] })).toEqual({ batchItemFailures: [] });
    expect(cloud.queues.get(`${queue}-dead-letters`)?.bodies).toEqual(["{"]);
  }
}

it("every route answers as documented, and no route and no job needs a permission that its row does not give", async () => {
  await manageWebhooks(call, cloud);
  await writeFacts();
  await predict({});
  await setPublishedGoal();
  await takeSnapshots();
  await call("POST", "/v1/events", { body: purchase("late", 3) });
  await archiveDays();
  await call("POST", "/v1/events", { body: purchase("later", 3) });
  await call("POST", "/v1/snapshots", { body: { from: dayBefore(4), to: dayBefore(1) } });
  await readAnswers(call);
  await readResponses(call);
  await readEvents(call);
  await readTerms(call);
  await readCustomers(call);
  await predict({ state: "running" });
  await excludeResponses();
  await excludeEvents();
  // Files that are as old as the last change are read.
  await takeSnapshots();
  await manageGoals(call);
  await manageAlerts(call);
  await manageAnnotations(call);
  await manageShares(call, cloud.url);
  await manageSources(call, (key) => walked.add(key));
  await readReport();
  await openPages(cloud.url, cloud.apiKey);
  await call("DELETE", "/v1/annotations/{id}", { id: "release" });
  await manageKeys(call);
  await manageDimensions(call);
  await reconcile();
  await changeSettings();
  await eraseCustomers();
  expect([...cloud.queues.values()].filter(({ visible }) => visible > 0)).toEqual([]);
  await giveUp();

  expect([...permissions.denied]).toEqual([]);
  expect([...walked].sort()).toEqual(routes.map(routeKey).sort());
});

it("no function has a permission that it never uses", () => {
  // Only a reconciliation on which nobody works is begun again by the hourly run; only one that takes longer than a run, or a workspace with more customers than one run can count, hands on to a next message; only a recount that has not ended by
  // then is begun again by the hourly run.
  const rare = new Set([
    "recount-entities: SendMessage to recounts",
    "plan-snapshots: SendMessage to recounts",
    // Only where the last day of a gap was taken while others were.
    "plan-snapshots: UpdateItem",
    // Only what nobody handed over, or is tried again for the fifth time: test/integration/webhooks/deliveries.test.ts.
    ...["sweep-deliveries: UpdateItem", "sweep-deliveries: SendMessage to webhooks"],
    // Only where an alert or a digest is to be told there: test/integration/webhooks/topic.test.ts.
    "deliver-webhooks: Publish",
    // Only where persons were erased: all else that a goal counts is in files and lists.
    "manage-goals: BatchGetItem",
    // Only for what customers wrote while an alert is raised: test/integration/alerts/alerts.test.ts.
    "manage-alerts: BatchGetItem",
    "manage-alerts: Query of timeline",
    // Only an entity whose facts do not fit one transaction is counted in steps: test/integration/api/counted-in-steps.test.ts.
    ...["record-responses", "record-events", "exclude-facts"].map((name) => `${name}: DeleteItem`),
  ]);
  expect(
    [...granted].filter((permission) => !permissions.used.has(permission) && !rare.has(permission)),
  ).toEqual([]);
});
