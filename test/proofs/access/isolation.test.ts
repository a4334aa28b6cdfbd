import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { needsKey } from "../../../lib/route.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { type DocumentedRoute, documentedRoutes, pathOf } from "../../fixtures/documented.ts";
import { leavesOf } from "../../fixtures/leaves.ts";
import { Receiver } from "../../fixtures/receiver.ts";
import { SourceClient } from "../../fixtures/sources/source-client.ts";
import { storedItems } from "../../fixtures/stored.ts";

/**
 * An admin of another workspace tries everything that is known of a workspace, on every route: no answer tells whether
 * it is there, and nothing of it changes. Routes, parameters and bodies come from the OpenAPI document.
 */

let test: ApiCloud;
let owner: ApiClient;
let stranger: ApiClient;
/** Everything that names something of the owner's, and nothing of anybody's. */
let secrets: ReadonlySet<string>;
/** A few of them for each field: what is tried as an id. */
let ids: readonly string[];
let before: readonly string[];
/** What became of the owner's facts. */
let outcomes: readonly unknown[];

// Every route is asked for many things.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** So many values of each field are tried as ids. */
const triedForEach = 2;

const guarded = documentedRoutes.filter(({ route }) => needsKey(route));
const named = (some: readonly DocumentedRoute[]) => some.map((one) => [one.key, one] as const);
const readable = guarded.filter(({ route }) => route.method === "GET");
/** The parameter that says which one thing a route is about. */
const subjectOf = ({ parameters }: DocumentedRoute) =>
  parameters.find(({ in: place, name, required }) => place === "path" || (required && name.endsWith("Id")))
    ?.name;
const withId = guarded.flatMap((one) => {
  const subject = subjectOf(one);
  return subject === undefined ? [] : [[one.key, subject, one] as const];
});
const takes = (name: string) => (one: DocumentedRoute) =>
  one.parameters.some((parameter) => parameter.in === "query" && parameter.name === name);

/** The line of a request in a function's log. */
const requestLine = z.object({
  message: z.literal("request"),
  requestId: z.string().min(1),
  route: z.string(),
  workspace: z.string().optional(),
  status: z.number(),
  durationMilliseconds: z.number(),
  cpuMilliseconds: z.number(),
});

const occurredAt = `${dayBefore(3)}T12:00:00Z`;

/** A body of the document as the owner sends it: of the past, by a customer that nobody else has. */
function owned(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (name, item: unknown) => {
    if (name === "occurredAt") return occurredAt;
    return name === "id" || name.endsWith("Id") ? `owner:${String(item)}` : item;
  });
}

const facts = guarded.filter(({ route }) => route.scope === "ingest");
const bodies = facts.flatMap((one) => one.examples.map((example) => ({ ...one, body: owned(example) })));
const customerId = "owner:customer";
/** What is asked for in every parameter: an id, a customer, a tag, a survey and words of a comment. */
const asked = ["owner:a1", customerId, "owners-tag", "owner:survey", "Known to its owner"];
const answers = ["1", "2", "3"].map((id) => {
  const more = { comment: "Known to its owner", tags: ["owners-tag"], surveyId: "owner:survey" };
  return { id: `owner:a${id}`, survey: "nps", score: 3, occurredAt, customerId, ...more };
});

beforeAll(async () => {
  test = await ApiCloud.start({}, true);
  // The examples of answers name an order.
  owner = await test.workspace({ linkOrders: true }, 6);
  stranger = await test.workspace({ linkOrders: true }, 6);
  const own = leavesOf(await everythingOf(stranger)).map(({ value }) => value);
  await makeEverything();
  await leaveUnmapped();
  await leaveDeliveries();
  await test.hour();
  // More than a page of one.
  for (const daysAgo of [2, 3]) {
    const { status } = await owner.post("/v1/predictions", { through: dayBefore(daysAgo) });
    expect(status).toBe(201);
  }
  const known = leavesOf([...bodies.map(({ body }) => body), ...answers, await everythingOf(owner)]).filter(
    ({ field, value }) => /^id$|Id$|^(tags|comment|name)$/.test(field) && !own.includes(value),
  );
  secrets = new Set(known.map(({ value }) => value));
  const byField = Map.groupBy(known, ({ field }) => field);
  ids = [...byField.values()].flatMap((some) =>
    [...new Set(some.map(({ value }) => value))].slice(0, triedForEach),
  );
  before = await storedItems(test.cloud, owner.workspace);
});
afterAll(() => test?.end());

/** Sends the facts of the document. Returns what became of each. */
async function sendFacts(api: ApiClient): Promise<unknown[]> {
  const answered: unknown[] = [];
  for (const { route, body } of bodies) {
    const { status, json } = await api.send(route.method, route.path, { body });
    expect([200, 201], JSON.stringify(json)).toContain(status);
    answered.push(JSON.parse(JSON.stringify(json).replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, "<made>")));
  }
  return answered;
}

/** The owner uses everything that makes something: the examples of all routes, and a customer with some answers. */
async function makeEverything(): Promise<void> {
  await owner.recordAll("responses", answers);
  outcomes = await sendFacts(owner);
  for (const one of guarded) {
    const { method, scope } = one.route;
    if (scope === "ingest" || (method !== "POST" && method !== "PUT")) continue;
    for (const body of one.examples) {
      for (const id of method === "PUT" ? ["owner-goal", "owner-aim"] : [""]) {
        const { status, text } = await ask(owner, one, id === "" ? {} : { id }, body);
        expect(status, `${one.key} ${text}`).toBeLessThan(500);
      }
    }
  }
}

const unmappedSource = "owner-source";

/** More than a page of one of what could not be mapped. */
async function leaveUnmapped(): Promise<void> {
  const source = await SourceClient.make(owner, "typeform", { id: unmappedSource, body: { options: {} } });
  for (const name of ["all-answered", "score-only"]) {
    expect(await source.deliver(name)).toMatchObject({ unmapped: 1 });
  }
}

const deliveringWebhook = "hook";

/** More than a page of one of what was delivered. */
async function leaveDeliveries(): Promise<void> {
  const receiver = await Receiver.start();
  const body = { url: receiver.url, events: ["response.recorded"] };
  expect((await owner.send("PUT", `/v1/webhooks/${deliveringWebhook}`, { body })).status).toBe(201);
  for (let turn = 0; turn < 2; turn += 1) {
    expect((await owner.post(`/v1/webhooks/${deliveringWebhook}/test`, {})).status).toBe(202);
  }
  await test.cloud.idle();
  expect(receiver.received).toHaveLength(2);
  await receiver.stop();
}

/** For `JSON.stringify`: the fields of objects in one order, and so what came from sets. */
function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function everythingOf(api: ApiClient): Promise<unknown[]> {
  const lists = readable.filter((one) => subjectOf(one) === undefined);
  const answered: unknown[] = [];
  for (const one of lists) {
    const { status, answer } = await get(api, one);
    expect(status, one.key).toBe(200);
    answered.push(answer);
  }
  return answered;
}

async function get(api: ApiClient, one: DocumentedRoute, given: Readonly<Record<string, string>> = {}) {
  return ask(api, one, given, undefined);
}

type Asked = Awaited<ReturnType<typeof askOnce>>;

/** Sends a request; the answer may be anything. On a busy machine a function may run over its time: then once more. */
async function ask(...request: Parameters<typeof askOnce>): Promise<Asked> {
  for (let turn = 1; ; turn += 1) {
    const asked = await askOnce(...request);
    if (asked.status < 500 || turn === maxTurns) return asked;
  }
}

const maxTurns = 5;

async function askOnce(
  api: ApiClient,
  one: DocumentedRoute,
  given: Readonly<Record<string, string>>,
  body: unknown,
) {
  // The document cannot say that it takes one of two parameters.
  const isWithoutSubject = one.key === "GET /v1/terms" && !("survey" in given) && !("type" in given);
  const chosen = isWithoutSubject ? { ...given, survey: "nps" } : given;
  const response = await fetch(`${api.url}${pathOf(one, chosen)}`, {
    method: one.route.method,
    headers: {
      authorization: `Bearer ${api.key}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, text, answer: isJson ? (JSON.parse(text) as unknown) : text };
}

/** Another text of the same form: what the owner's texts are compared with. */
function ghostOf(text: string): string {
  const turn = (from: string, to: string) => (letter: string) => (letter === to ? from : following(letter));
  const following = (letter: string) => String.fromCharCode(letter.charCodeAt(0) + 1);
  return text
    .replaceAll(/[0-9]/g, turn("0", "9"))
    .replaceAll(/[a-f]/g, turn("a", "f"))
    .replaceAll(/[g-z]/g, turn("g", "z"));
}

/** An answer without what is different in any two answers. */
function likeness({ status, answer }: { status: number; answer: unknown }, sent: string): string {
  const quoted = JSON.stringify(sent).slice(1, -1);
  const same = JSON.stringify(answer, sorted)
    .replaceAll(/"requestId":"[^"]*"/g, "")
    .replaceAll(/src_[\w-]{43}/g, "<address>")
    .replaceAll(/whsec_[\w+/=]+/g, "<secret>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");
  return `${status} ${sent === "" ? same : same.replaceAll(quoted, "<sent>")}`;
}

function leaks(answer: unknown, sent = ""): string[] {
  const values =
    typeof answer === "string" ? answer.split(/[^\w.:-]+/) : leavesOf(answer).map(({ value }) => value);
  return values.filter((value) => value !== sent && secrets.has(value));
}

it("there is something to find out: ids, customers, tags, comments and keys", async () => {
  expect([...secrets]).toEqual(expect.arrayContaining([customerId, "owner:a1", "owners-tag"]));
  expect(secrets.size).toBeGreaterThan(12);
  expect(before.length).toBeGreaterThan(20);
  expect(leaks(await everythingOf(owner)).length).toBeGreaterThan(6);
});

/** What removes what a route has made: there may be only a few of a kind. */
function removalOf({ route }: DocumentedRoute): DocumentedRoute | undefined {
  if (route.method !== "PUT") return undefined;
  return guarded.find((other) => other.route.method === "DELETE" && other.route.path === route.path);
}

describe.each(withId)("%s by its %s", (_key, subject, one) => {
  const removal = removalOf(one);

  async function expectAlike(id: string, body: unknown): Promise<void> {
    const ghost = ghostOf(id);
    const [real, unreal] = [
      await ask(stranger, one, { [subject]: id }, body),
      await ask(stranger, one, { [subject]: ghost }, body),
    ];
    expect(likeness(real, id), id).toBe(likeness(unreal, ghost));
    expect(leaks(real.answer, id), id).toEqual([]);
    if (!removal) return;
    for (const made of [id, ghost]) await ask(stranger, removal, { [subject]: made }, undefined);
  }

  it("answers the same for the owner's ids and for ids that nobody has", async () => {
    const tried = one.examples.length === 0 ? [undefined] : one.examples.slice(0, 1);
    for (const body of tried) {
      if (removal) for (const id of ids) await expectAlike(id, body);
      else await Promise.all(ids.map((id) => expectAlike(id, body)));
    }
  });
});

describe.each(named(readable))("%s", (_key, one) => {
  it("shows nothing of the owner's, whatever is asked for", async () => {
    const free = one.parameters.filter((parameter) => parameter.in === "query");
    const names = [...free.map(({ name }) => name), ...(one.prefix === "" ? [] : [`${one.prefix}channel`])];
    expect(leaks((await get(stranger, one)).answer)).toEqual([]);
    const queries = names.flatMap((name) => asked.map((value) => ({ name, value })));
    for (const { name, value } of queries) {
      const real = await get(stranger, one, { [name]: value });
      expect(leaks(real.answer, value), `${name}=${value}`).toEqual([]);
      // What the parameter does not take is refused before anything is read.
      if (real.status === 400) continue;
      const ghost = ghostOf(value);
      const unreal = await get(stranger, one, { [name]: ghost });
      expect(likeness(real, value), `${name}=${value}`).toBe(likeness(unreal, ghost));
    }
  });
});

describe.each(named(readable.filter(takes("cursor"))))("%s", (_key, one) => {
  it("takes no cursor of the owner's to the owner's items", async () => {
    let cursors = 0;
    const subject = subjectOf(one);
    for (const id of subject === undefined ? [""] : [...ids, unmappedSource, deliveringWebhook]) {
      const given = { limit: "1", ...(subject === undefined ? {} : { [subject]: id }) };
      const { answer } = await get(owner, one, given);
      const cursor = (answer as { nextCursor?: string | null }).nextCursor;
      if (typeof cursor !== "string") continue;
      cursors += 1;
      const stolen = await get(stranger, one, { ...given, cursor });
      expect([200, 400, 404]).toContain(stolen.status);
      expect(leaks(stolen.answer, id)).toEqual([]);
    }
    expect(cursors).toBeGreaterThan(0);
  });
});

it("the owner's facts are as new in another workspace as they were in the owner's", async () => {
  expect(await sendFacts(stranger)).toEqual(outcomes);
});

it("nothing of the owner's has changed, in the table or in an answer", async () => {
  const after = await storedItems(test.cloud, owner.workspace);
  expect(after.filter((item) => !before.includes(item))).toEqual([]);
  expect(before.filter((item) => !after.includes(item))).toEqual([]);
});

it("is not in a log; every route has a line with its request, workspace and duration", async () => {
  for (const one of guarded) await ask(stranger, one, {}, one.examples[0]);
  await test.stop();
  const logs = await test.logs();
  // Ids of keys, workspaces and webhooks are there on purpose, and single words are no secrets.
  const hidden = [...secrets].filter((text) => text.includes("owner") || text.includes(" "));
  expect(hidden.length).toBeGreaterThan(10);
  const found = [...logs].flatMap(([file, text]) =>
    [...hidden, owner.key, stranger.key]
      .filter((secret) => text.includes(secret))
      .map((secret) => `${file} ${secret}`),
  );
  expect(found).toEqual([]);
  const lines = [...logs.values()].flatMap((text) => text.split("\n")).filter((line) => line !== "");
  const requests = lines
    .map((line) => requestLine.safeParse(JSON.parse(line)).data)
    .filter((line) => line?.workspace);
  // Webhooks come without a key, and are of their source's workspace.
  const logged = [...guarded.map(({ key }) => key), "POST /v1/sources/{id}"];
  expect(new Set(requests.map((line) => line?.route))).toEqual(new Set(logged));
});
