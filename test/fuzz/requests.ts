import {
  type DocumentedParameter,
  type DocumentedRoute,
  documentedRoutes,
  type JsonSchema,
  resolved,
} from "../fixtures/documented.ts";
import { extremesOf, factKinds } from "../fixtures/extremes.ts";
import { pick } from "../fixtures/histories.ts";
import { allowedValue, hostileTexts, type Random, spoilt } from "./values.ts";

/** Requests of every route of the OpenAPI document: right ones, nearly right ones and hostile ones. */

/** A request to send. */
export interface FuzzRequest {
  readonly one: DocumentedRoute;
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** The status that a key that may send it gets, where only one is right. */
  readonly right?: number;
}

/** Routes that take long for each request come up less often; those that write facts more often. */
function weightOf({ key, route }: DocumentedRoute): number {
  if (route.scope === "ingest") return 12;
  if (/^(DELETE \/v1\/customers|POST \/v1\/(reconciliation|snapshots))/.test(key)) return 0.2;
  if (route.method === "PATCH" && route.path === "/v1/workspace") return 0.5;
  return 2;
}

const weighted = documentedRoutes.flatMap((one) =>
  Array.from({ length: Math.max(1, Math.round(weightOf(one) * 5)) }, () => one),
);

/** Bodies that are no JSON, or JSON that is hard to read. */
const brokenBodies: readonly string[] = [
  ...[
    "",
    " ",
    "{",
    "[",
    "null",
    "NaN",
    "[NaN]",
    '{"a":',
    '{"a":1}{"b":2}',
    "\ufeff{}",
    "{'a':1}",
    "[1,]",
    "\u0000",
  ],
  ...['{"score":1e999,"survey":"nps"}', '{"survey":"nps","score":9,"score":3}', '"\\ud800"', '{"\\u0000":1}'],
  '{"survey":"nps","score":9,"__proto__":{"admin":true}}',
  `{"survey":"nps","score":${"9".repeat(4_000)}}`,
  "[".repeat(20_000) + "]".repeat(20_000),
  `${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`,
  `{"responses":[${'{"survey":"nps","score":1},'.repeat(600)}{}]}`,
];

const contentTypes = [
  "text/plain",
  "application/xml",
  "application/json; charset=utf-16",
  "",
  "application/json;;;",
];

/** The share of requests that have one field or parameter at its bounds, or beyond them. */
const shareOfExtremes = 0.4;

/** A request that chance makes. */
export function makeRequest(random: Random): FuzzRequest {
  if (random() < shareOfExtremes) return random() < 0.7 ? extremeFact(random) : extremeRequest(random);
  const one = pick(random, weighted);
  const { method } = one.route;
  const takesBody = method === "POST" || method === "PUT" || method === "PATCH";
  const headers: Record<string, string> = {};
  if (takesBody) headers["content-type"] = random() < 0.03 ? pick(random, contentTypes) : "application/json";
  if (random() < 0.1)
    headers["accept"] = pick(random, ["text/csv", "*/*", "text/html", "x", "text/csv;q=9", "a/b, , ;"]);
  if (random() < 0.05)
    headers["idempotency-key"] = pick(random, ["a1", "k-7", " ", "a b", "x".repeat(200), "é"]);
  if (random() < 0.03) headers["origin"] = pick(random, ["null", "https://evil.example", "x", "*"]);
  return {
    one,
    method,
    target: targetOf(one, random),
    headers,
    body: takesBody ? bodyOf(one, random) : undefined,
  };
}

const json = { "content-type": "application/json" };

/** A fact with one field at an extreme, alone or between others, which have to be recorded whatever it is. */
function extremeFact(random: Random): FuzzRequest {
  const { route, name, fields } = pick(random, factKinds);
  const one = documentedRoutes.find(({ key }) => key === `POST /v1/${route}`);
  if (one === undefined) throw new Error(`no route takes ${route}`);
  const [field, schema] = pick(random, Object.entries(fields));
  const kind = { [route === "responses" ? "survey" : "type"]: name };
  const needed = { type: "object", properties: fields, required: Object.keys(fields) };
  const valid =
    random() < 0.5 ? allowedValue(needed, random) : allowedValue({ ...needed, required: [] }, random);
  const fact = { ...Object(valid), ...kind, [field]: pick(random, extremesOf(field, schema)) };
  const isAlone = random() < 0.4;
  const batch = { [route]: [goodFacts[route], fact, goodFacts[route]] };
  return {
    ...{ one, method: "POST", target: one.route.path, headers: json },
    body: JSON.stringify(isAlone ? fact : batch),
    ...(isAlone ? {} : { right: 200 }),
  };
}

const goodFacts = {
  responses: { survey: "nps", score: 9, customerId: "a1" },
  events: { type: "interaction.made", customerId: "a1", touchpoint: "web" },
};

const unknownField: [string, JsonSchema] = ["from", { type: "string" }];

/** A request of any route with one field of its body, or one of its parameters, at an extreme. */
function extremeRequest(random: Random): FuzzRequest {
  const one = pick(random, weighted);
  const { method } = one.route;
  const properties = one.body === undefined ? undefined : resolved(one.body).properties;
  if (one.body !== undefined && properties !== undefined && random() < 0.7) {
    const fields = Object.entries(properties);
    // A body that has no fields gets one that nobody knows.
    const [field, schema] = pick(random, fields.length > 0 ? fields : [unknownField]);
    const body = {
      ...Object(allowedValue(one.body, random)),
      [field]: pick(random, extremesOf(field, schema)),
    };
    return { one, method, target: targetOf(one, random), headers: json, body: JSON.stringify(body) };
  }
  const body = one.body === undefined ? undefined : JSON.stringify(allowedValue(one.body, random));
  const target = targetOf(one, random);
  if (one.parameters.length === 0) return { one, method, target, headers: json, body };
  const { name, schema } = pick(random, one.parameters);
  const value = encodeURIComponent(
    String(pick(random, extremesOf(name, schema)))
      .toWellFormed()
      .slice(0, 2_000),
  );
  return { one, method, target: withParameter(target, name, value), headers: json, body };
}

function withParameter(target: string, name: string, value: string): string {
  const [path = "", query = ""] = target.split("?");
  const rest = query.split("&").filter((part) => part !== "" && !part.startsWith(`${name}=`));
  return `${path}?${[...rest, `${name}=${value}`].join("&")}`;
}

function targetOf(one: DocumentedRoute, random: Random): string {
  let path = one.route.path;
  const query: string[] = [];
  const isRight = random() < 0.6;
  for (const parameter of one.parameters) {
    const value = () => parameterValue(parameter, isRight, random);
    if (parameter.in === "path")
      path = path.replace(`{${parameter.name}}`, encoded(value(), random) || "%20");
    else if (parameter.in === "query" && (parameter.required || random() < 0.25)) {
      query.push(`${parameter.name}=${encoded(value(), random)}`);
    }
  }
  if (one.prefix !== "" && random() < 0.3) {
    const name = isRight ? pick(random, ["channel", "plan", "touchpoint"]) : pick(random, hostileTexts);
    query.push(
      `${one.prefix}${encoded(name, random)}=${encoded(pick(random, ["web", "", ...hostileTexts]), random)}`,
    );
  }
  if (!isRight && random() < 0.2) query.push(`${encoded(pick(random, hostileTexts), random)}=1`);
  return query.length === 0 ? path : `${path}?${query.join("&")}`;
}

function parameterValue({ name, schema }: DocumentedParameter, isRight: boolean, random: Random): string {
  // A cursor is never right by chance: half of them look like one.
  if (name === "cursor") {
    const position = JSON.stringify({ after: pick(random, hostileTexts), check: "AAAAAAAAAAAAAAAA" });
    return random() < 0.5 ? Buffer.from(position).toString("base64url") : pick(random, hostileTexts);
  }
  return isRight || random() < 0.5 ? String(allowedValue(schema, random, name)) : pick(random, hostileTexts);
}

/** Percent-encoded, and now and then wrongly. */
function encoded(text: string, random: Random): string {
  if (random() < 0.01) return pick(random, ["%00", "%2f", "%ED%A0%80", "%E0%A4", "%", "%zz", "+", "%0d%0a"]);
  return encodeURIComponent(text.toWellFormed());
}

function bodyOf(one: DocumentedRoute, random: Random): string {
  if (random() < 0.04) return pick(random, brokenBodies);
  const value = one.body === undefined ? {} : allowedValue(one.body, random);
  const kind = random();
  if (kind < 0.45) return JSON.stringify(value);
  if (kind < 0.55 && one.examples.length > 0) return JSON.stringify(pick(random, one.examples));
  return JSON.stringify(spoilt(value, random)) ?? "null";
}
