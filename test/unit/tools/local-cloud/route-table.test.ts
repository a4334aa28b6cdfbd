import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RouteTable } from "../../../../lib/tools/local-cloud/http/route-table.ts";

const table = new RouteTable(
  [
    "ANY /{proxy+}",
    "GET /items/{id}",
    "ANY /items/{id}",
    "GET /items/special",
    "GET /items/{id}/parts/{part}",
    "GET /files/{path+}",
    "GET /files/readme",
    "GET /",
  ].map((key) => ({ key })),
);

function match(method: string, path: string): [string | undefined, object | undefined] {
  const found = table.match(method, path);
  return [found?.route.key, found?.pathParameters];
}

describe("the route of a request", () => {
  it.each([
    ["GET", "/items/special", "GET /items/special", {}],
    ["GET", "/items/7", "GET /items/{id}", { id: "7" }],
    ["PUT", "/items/7", "ANY /items/{id}", { id: "7" }],
    ["PUT", "/items/special", "ANY /items/{id}", { id: "special" }],
    ["GET", "/items/7/parts/x", "GET /items/{id}/parts/{part}", { id: "7", part: "x" }],
    ["GET", "/files/readme", "GET /files/readme", {}],
    ["GET", "/files/a/b/c", "GET /files/{path+}", { path: "a/b/c" }],
    ["POST", "/files/a", "ANY /{proxy+}", { proxy: "files/a" }],
    ["GET", "/items/7/parts", "ANY /{proxy+}", { proxy: "items/7/parts" }],
    ["GET", "/", "GET /", {}],
  ])("%s %s takes the most specific one", (method, path, key, parameters) => {
    expect(match(method, path)).toEqual([key, parameters]);
  });

  it("is none where a variable would be empty", () => {
    const strict = new RouteTable([{ key: "GET /items/{id}" }, { key: "GET /files/{path+}" }]);
    expect(strict.match("GET", "/items/")).toBeUndefined();
    expect(strict.match("GET", "/files/")).toBeUndefined();
    expect(strict.match("GET", "/items")).toBeUndefined();
  });

  it("is none where a path has a slash more at the end", () => {
    const strict = new RouteTable([{ key: "GET /items" }]);
    expect(strict.match("GET", "/items/")).toBeUndefined();
    expect(strict.match("GET", "/items")?.route.key).toBe("GET /items");
  });

  it("is $default when nothing else fits", () => {
    const withDefault = new RouteTable([{ key: "$default" }, { key: "GET /items" }]);
    expect(withDefault.match("DELETE", "/anything")?.route.key).toBe("$default");
    expect(withDefault.match("GET", "/items")?.route.key).toBe("GET /items");
  });

  it("does not depend on the order in which routes are listed", () => {
    const keys = [
      "GET /a/{b}/c",
      "GET /a/{b}/{c}",
      "GET /a/b/{c}",
      "ANY /a/{rest+}",
      "GET /{x}/b/c",
      "ANY /a/b/c",
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(keys, { minLength: keys.length }), (shuffled) => {
        const routes = new RouteTable(shuffled.map((key) => ({ key })));
        const found = (path: string) => routes.match("GET", `/${path}`)?.route.key;
        expect(found("a/b/c")).toBe("ANY /a/b/c");
        expect(found("a/b/d")).toBe("GET /a/b/{c}");
        expect(found("a/x/c")).toBe("GET /a/{b}/c");
        expect(found("a/x/y")).toBe("GET /a/{b}/{c}");
        expect(found("a/x/y/z")).toBe("ANY /a/{rest+}");
        expect(found("q/b/c")).toBe("GET /{x}/b/c");
      }),
    );
  });
});
