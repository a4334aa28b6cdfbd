import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scope } from "../../../lib/domain/workspace/scope.ts";
import { type Method, needsKey, type Route, routeKey } from "../../../lib/route.ts";
import { routes } from "../../../lib/routes.ts";
import {
  type ApiAnswer,
  type ApiClient,
  nothingCounted,
  type ProblemBody,
} from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Who may do what, and how refusals look: every route of the route table, so that none can be forgotten. */

let test: ApiCloud;
let api: ApiClient;
const keys = new Map<Scope, string>();
let expired: string;
let revoked: string;

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
  for (const scope of ["ingest", "read", "admin"] as const) keys.set(scope, await test.key(api, scope));
  expired = await test.expiredKey(api);
  const { json } = await api.post<{ id: string; key: string }>("/v1/keys", { name: "x", scopes: ["admin"] });
  revoked = json.key;
  expect((await api.send("DELETE", `/v1/keys/${json.id}`)).status).toBe(200);
});
afterAll(() => test?.end());

const guarded = routes.filter(needsKey);
const open = routes.filter(({ scope }) => scope === "public");
const named = (some: readonly Route[]) => some.map((route) => [routeKey(route), route] as const);

/** Asks a route, with a body that would be right for none where it takes one. */
function ask(
  { method, path }: Pick<Route, "method" | "path">,
  key: string | null,
): Promise<ApiAnswer<ProblemBody>> {
  const hasBody = method === "POST" || method === "PATCH" || method === "PUT";
  return api.send(method, path.replace("{id}", "nobody"), { key, ...(hasBody ? { body: {} } : {}) });
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not authenticated",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
};

/** A problem document is whole, and is not to be kept by anyone. */
function expectProblem({ status, headers, json }: ApiAnswer<ProblemBody>, expected: number): void {
  expect({ status, type: headers.get("content-type") }).toEqual({
    status: expected,
    type: "application/problem+json",
  });
  expect(headers.get("cache-control")).toBe("no-store");
  expect(json).toMatchObject({ type: "about:blank", title: titles[expected], status: expected });
  expect(json.detail).toMatch(/^[A-Za-z].{9,}/);
  expect(json.requestId).toBe(headers.get("apigw-requestid"));
}

describe.each(named(guarded))("%s", (_key, route) => {
  it("refuses a parameter that it does not know, before it does anything: 400", async () => {
    const key = keys.get("admin") ?? null;
    // A metric that there is: what comes after the path must not be looked at for nothing.
    const path = `${route.path.replace("/metrics/{id}", "/metrics/nps")}?dryRun=true`;
    const answer = await ask({ method: route.method, path }, key);
    // Whose id is not there may say so first.
    if (answer.status === 404 && route.path.includes("{id}")) return;
    expectProblem(answer, 400);
    expect(answer.json.errors).toContainEqual({ pointer: "/dryRun", detail: "is not a known field" });
  });

  it("without a key is refused by the gateway: 401", async () => {
    const { status, json } = await ask(route, null);
    expect([status, json]).toEqual([401, { message: "Unauthorized" }]);
  });

  it("with a wrong key is refused: 401", async () => {
    const answer = await ask(route, `cxm_${"x".repeat(43)}`);
    expectProblem(answer, 401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  it("with an expired or a revoked admin key is refused: 401", async () => {
    expectProblem(await ask(route, expired), 401);
    expectProblem(await ask(route, revoked), 401);
  });

  it("takes keys of its scope and of the scope admin, and refuses all others: 403", async () => {
    for (const [scope, key] of keys) {
      const answer = await ask(route, key);
      if (scope === route.scope || scope === "admin") expect([401, 403]).not.toContain(answer.status);
      else expectProblem(answer, 403);
    }
  });
});

describe.each(named(open))("%s", (_key, route) => {
  it.each([
    ["no key", null],
    ["a wrong key", "nonsense"],
  ])("needs no key: with %s it answers 200", async (_name, key) => {
    expect((await ask(route, key)).status).toBe(200);
  });
});

describe("a key", () => {
  it.each([
    ["another scheme", (key: string) => `Basic ${key}`],
    ["no scheme", (key: string) => key],
    ["something after it", (key: string) => `Bearer ${key} ${key}`],
    [
      "another letter at its end",
      (key: string) => `Bearer ${key.slice(0, -1)}${key.endsWith("A") ? "B" : "A"}`,
    ],
    ["its last letter missing", (key: string) => `Bearer ${key.slice(0, -1)}`],
    ["nothing but the scheme", () => "Bearer"],
    ["10,000 letters", () => `Bearer ${"x".repeat(8_000)}`],
  ])("with %s is refused: 401", async (_name, authorization) => {
    const headers = { authorization: authorization(api.key) };
    expectProblem(await api.get("/v1/metrics", { headers }), 401);
  });

  it("may be announced as bearer in any case", async () => {
    expect((await api.get("/v1/metrics", { headers: { authorization: `bEaReR  ${api.key}` } })).status).toBe(
      200,
    );
  });

  it("opens its own workspace and no other, whatever the request says", async () => {
    const other = await test.workspace();
    await other.recordAll("responses", [{ survey: "nps", score: 9 }]);
    expect(await api.counted()).toEqual(nothingCounted);
    expect((await api.get(`/v1/workspace?workspace=${other.workspace}`)).status).toBe(400);
    const body = { survey: "nps", score: 9, workspace: other.workspace };
    expect((await api.post("/v1/responses", body)).status).toBe(422);
    const headers = { "x-workspace": other.workspace };
    expect((await api.get<{ id: string }>("/v1/workspace", { headers })).json.id).toBe(api.workspace);
  });
});

describe("what no route matches", () => {
  it.each([
    "/v1",
    "/v2/metrics",
    "/v1/metric",
    "/v1/metrics/nps/extra",
    "/v1/metrics/",
    "/V1/metrics",
    "/v1/..%2fmetrics",
  ])("%s is answered with 404", async (path) => {
    expectProblem(await api.get(path), 404);
    expectProblem(await api.get(path, { key: null }), 404);
  });

  it("a metric that does not exist is answered with 404", async () => {
    expectProblem(await api.get("/v1/metrics/happiness"), 404);
  });

  const paths = [...new Set(routes.map(({ path }) => path))];
  const methods: readonly Method[] = ["GET", "POST", "PATCH", "PUT", "DELETE"];
  it.each(paths)(
    "%s with a method that it does not have is answered with 405 and those that it has",
    async (path) => {
      const allowed = routes.filter((route) => route.path === path).map(({ method }) => method);
      const others = methods.filter((method) => !allowed.includes(method));
      expect(others.length).toBeGreaterThan(0);
      for (const method of others) {
        const answer = await ask({ method, path }, api.key);
        expectProblem(answer, 405);
        expect(answer.headers.get("allow")?.split(", ").sort()).toEqual(allowed.toSorted());
      }
    },
  );
});

describe("what the API says of itself", () => {
  it("describes every route, with the scope that it needs", async () => {
    const { json } = await api.get<{
      openapi: string;
      paths: Record<string, Record<string, { security: object[] }>>;
    }>("/v1/openapi.json");
    const described = Object.entries(json.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(routes.map(routeKey).sort());
    for (const { method, path, scope } of routes) {
      expect(json.paths[path]?.[method.toLowerCase()]?.security).toEqual(
        needsKey({ scope }) ? [{ apiKey: [] }] : [],
      );
    }
    expect(json.openapi).toBe("3.1.1");
  });

  it("is healthy while its table answers", async () => {
    const { status, json } = await api.get("/v1/health", { key: null });
    expect([status, json]).toEqual([200, { status: "ok" }]);
  });

  it("gives every answer headers that keep browsers from guessing and storing", async () => {
    const { headers } = await api.get("/v1/metrics");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toMatch(/max-age=\d{7,}/);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-type")).toBe("application/json");
  });
});
