import { describe, expect, it } from "vitest";
import { openApiDocument, operations } from "../../../../lib/api/openapi/document.ts";
import { tags } from "../../../../lib/api/openapi/operation.ts";
import { seriesSchema } from "../../../../lib/api/routes/metrics/answers.ts";
import { verdicts } from "../../../../lib/domain/metrics/verdict.ts";
import { needsKey, routeKey } from "../../../../lib/route.ts";
import { routes } from "../../../../lib/routes.ts";

const document = openApiDocument("https://api.example.com");

function operationOf(path: string, method: string) {
  const item = document.paths?.[path];
  return {
    get: item?.get,
    post: item?.post,
    patch: item?.patch,
    put: item?.put,
    delete: item?.delete,
    head: item?.head,
  }[method.toLowerCase() as "get"];
}

it("the document has every route of the route table and no other", () => {
  const documented = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(documented.sort()).toEqual(routes.map(routeKey).sort());
  expect(Object.keys(operations).sort()).toEqual(routes.map(routeKey).sort());
});

it("says where the API is served, and what each tag is about", () => {
  expect(document.servers).toEqual([{ url: "https://api.example.com", description: expect.any(String) }]);
  const used = new Set(Object.values(operations).map(({ tag }) => tag));
  expect(document.tags?.map(({ name }) => name)).toEqual(Object.keys(tags));
  expect([...used].sort()).toEqual(Object.keys(tags).sort());
  for (const { description } of document.tags ?? []) expect(description?.length).toBeGreaterThan(20);
});

it("gives every operation a name of its own", () => {
  const names = Object.values(operations).map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
});

it("says what each verdict on a change means", () => {
  const { description = "" } = seriesSchema.shape.comparison.unwrap().element.shape.verdict.meta() ?? {};
  for (const verdict of verdicts) expect(description).toContain(verdict);
});

describe.each(routes)("$method $path", (route) => {
  const described = operations[routeKey(route)];
  const operation = operationOf(route.path, route.method);
  const statuses = Object.keys(operation?.responses ?? {});

  it("says what it does and which scope it needs", () => {
    const open = { public: "No key needed.", address: "Takes no key" } as const;
    const need = needsKey(route) ? `\`${route.scope}\`` : open[route.scope as "public"];
    expect(operation?.description).toContain(need);
    expect(operation?.security).toEqual(needsKey(route) ? [{ apiKey: [] }] : []);
    expect(operation?.summary?.length).toBeGreaterThan(5);
  });

  it("lists the errors that its kind of route can answer", () => {
    const everywhere = ["429", "500", "503"];
    const keyed = needsKey(route) ? ["401", "403"] : [];
    const withBody = described?.body ? ["400", "413", "415", "422"] : [];
    const withParameters = described?.query ? ["400"] : [];
    const withPath = route.path.includes("{") ? ["404"] : [];
    expect(statuses).toEqual(
      expect.arrayContaining([...everywhere, ...keyed, ...withBody, ...withParameters, ...withPath]),
    );
  });

  it("shows requests that the API takes", () => {
    for (const [name, { value }] of Object.entries(described?.body?.examples ?? {})) {
      expect(described?.body?.schema.safeParse(value).error?.issues, name).toBeUndefined();
    }
    expect(Object.keys(described?.body?.examples ?? {}).length > 0).toBe(described?.body !== undefined);
  });

  it("shows answers as the API gives them", () => {
    for (const { schema, examples } of Object.values(described?.answers ?? {})) {
      expect(Object.keys(examples).length).toBeGreaterThan(0);
      for (const [name, { value }] of Object.entries(examples)) {
        expect(schema.parse(value), name).toEqual(value);
      }
    }
  });
});

it.each(["/v1/responses", "/v1/events"])("%s takes the Idempotency-Key header, and says what for", (path) => {
  const header = operationOf(path, "post")?.parameters?.find(
    (parameter) => "name" in parameter && parameter.name === "Idempotency-Key",
  );
  expect(header).toMatchObject({ in: "header", description: expect.stringContaining("single fact") });
  expect(header).not.toMatchObject({ required: true });
});

it("a metric takes filters by any dimension, each a query parameter of its own", () => {
  const parameters = operationOf("/v1/metrics/{id}", "get")?.parameters;
  expect(parameters).toContainEqual(
    expect.objectContaining({
      in: "query",
      style: "form",
      explode: true,
      example: { "filter.channel": "web" },
    }),
  );
});
