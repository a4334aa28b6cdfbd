import { describe, expect, it } from "vitest";
import { preflight, withCors } from "../../../../lib/tools/local-cloud/http/cors.ts";
import { gatewayMessage } from "../../../../lib/tools/local-cloud/http/response.ts";
import type { CorsBlueprint } from "../../../../lib/tools/local-cloud/template/api-blueprint.ts";

const cors: CorsBlueprint = {
  allowOrigins: ["https://shop.example"],
  allowMethods: ["GET", "POST"],
  allowHeaders: ["authorization"],
  exposeHeaders: ["retry-after"],
  allowCredentials: false,
  maxAgeSeconds: 3600,
};

const shop = "https://shop.example";

describe("a preflight request", () => {
  it("is told what an allowed origin may do", () => {
    expect(preflight(cors, shop)).toEqual({
      status: 204,
      headers: {
        "access-control-allow-origin": shop,
        "access-control-allow-methods": "GET,POST",
        "access-control-allow-headers": "authorization",
        "access-control-max-age": "3600",
      },
      body: Buffer.alloc(0),
    });
  });

  it.each(["https://other.example", "http://shop.example", undefined])(
    "from %s is told nothing",
    (origin) => {
      expect(preflight(cors, origin)).toMatchObject({ status: 204, headers: {} });
    },
  );

  it.each([
    [["*"], "https://any.example", "*"],
    [["https://*"], "https://any.example", "https://any.example"],
    [["https://*"], "http://any.example", undefined],
  ])("for the origins %j from %s is told %s", (allowOrigins, origin, allowed) => {
    expect(preflight({ ...cors, allowOrigins }, origin).headers["access-control-allow-origin"]).toBe(allowed);
  });

  it("says that credentials may be sent only where the API allows it", () => {
    const name = "access-control-allow-credentials";
    expect(preflight({ ...cors, allowCredentials: true }, shop).headers[name]).toBe("true");
    expect(preflight(cors, shop).headers).not.toHaveProperty(name);
  });
});

describe("a response to another origin", () => {
  it("has the API's headers in place of the handler's own", () => {
    const response = {
      ...gatewayMessage(200, "yes"),
      headers: { etag: "x", "access-control-allow-origin": "*" },
    };
    expect(withCors(response, cors, shop).headers).toEqual({
      etag: "x",
      "access-control-allow-origin": shop,
      "access-control-expose-headers": "retry-after",
    });
    expect(withCors(response, cors, "https://other.example").headers).toEqual({ etag: "x" });
  });
});
