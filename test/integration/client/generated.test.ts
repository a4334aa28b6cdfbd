import createClient from "openapi-fetch";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** A client that others generate from the OpenAPI document: openapi-fetch, by the types that openapi-typescript writes. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace({ trackedDimensions: ["channel"] });
  const answers = (["web", "web", "shop", "a,b & c"] as const).map((channel, index) => ({
    ...{ survey: "nps", id: `a-${index}`, score: index === 2 ? 3 : 10, occurredAt: "2026-05-01T10:00:00Z" },
    dimensions: { channel, plan: index === 0 ? "pro" : "free" },
  }));
  await api.recordAll("responses", answers);
});
afterAll(() => test?.end());

/** The part of the document that is used here, as openapi-typescript writes it. */
interface paths {
  readonly "/v1/metrics/{id}": {
    readonly get: {
      readonly parameters: {
        readonly path: { readonly id: string };
        readonly query?: {
          readonly from?: string;
          readonly to?: string;
          readonly filters?: Readonly<Record<string, string>>;
        };
      };
      readonly responses: {
        readonly 200: { readonly content: { readonly "application/json": { series: { n: number }[] } } };
      };
    };
  };
}

/** What docs/questions.md says: the document has `filters` exploded in the style of forms. */
function generated() {
  return createClient<paths>({
    baseUrl: api.url,
    headers: { authorization: `Bearer ${api.key}` },
    querySerializer: { object: { style: "form", explode: true } },
  });
}

it.each([
  [{ "filter.channel": "web" }, 2],
  [{ "filter.channel": "web,shop" }, 3],
  [{ "filter.channel": "web", "filter.plan": "pro" }, 1],
  [{ "filter.channel": "a\\,b & c" }, 1],
  [{ "filter.channel": "(none)" }, 0],
] as const)("a generated client asks with %j", async (filters, n) => {
  const range = { from: "2026-05-01", to: "2026-05-01" };
  const { data, error, response } = await generated().GET("/v1/metrics/{id}", {
    params: { path: { id: "nps" }, query: { ...range, filters } },
  });
  expect([response.status, error]).toEqual([200, undefined]);
  expect(data?.series[0]?.n).toBe(n);
});

it("the document says of every filter how it is sent", async () => {
  interface Parameter {
    readonly name: string;
    readonly in: string;
    readonly style?: string;
    readonly explode?: boolean;
    readonly schema: { readonly type?: string };
  }
  const { json } = await api.get<{
    paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
  }>("/v1/openapi.json");
  const objects = Object.values(json.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ parameters = [] }) => parameters)
    .filter((parameter) => parameter.in === "query" && parameter.schema.type === "object");
  expect(objects.length).toBeGreaterThan(3);
  for (const { name, style, explode } of objects) {
    expect({ name, style, explode }).toMatchObject({ style: "form", explode: true });
  }
});
