import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  authorizerEvent,
  integrationEvent,
  logTime,
  queryParameters,
} from "../../../../lib/tools/local-cloud/http/event.ts";
import { context, request } from "./requests.ts";

function bodyOf(headers: Record<string, string>, body: Buffer): object {
  return integrationEvent(request({ method: "POST", headers }), body, context);
}

describe("the event of an integration", () => {
  it("has payload format 2.0's fields, and leaves out those that are empty", () => {
    expect(integrationEvent(request(), Buffer.alloc(0), context)).toEqual({
      version: "2.0",
      routeKey: "GET /things",
      rawPath: "/things",
      rawQueryString: "",
      headers: { host: "127.0.0.1:3000", "user-agent": "test" },
      requestContext: {
        accountId: "000000000000",
        apiId: "Api",
        domainName: "127.0.0.1",
        domainPrefix: "127",
        http: {
          method: "GET",
          path: "/things",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "test",
        },
        requestId: "request-1",
        routeKey: "GET /things",
        stage: "$default",
        time: "12/Mar/2026:19:03:58 +0000",
        timeEpoch: Date.UTC(2026, 2, 12, 19, 3, 58),
      },
      isBase64Encoded: false,
    });
  });

  it("hands on what the authorizer said, also when that was nothing", () => {
    const say = (authorizerContext: object | null) =>
      integrationEvent(request(), Buffer.alloc(0), { ...context, authorizerContext });
    expect(say({ workspace: "w" })).toMatchObject({
      requestContext: { authorizer: { lambda: { workspace: "w" } } },
    });
    expect(say(null)).toMatchObject({ requestContext: { authorizer: { lambda: null } } });
  });

  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "TEXT/plain",
    "application/xml",
    "text/csv",
  ])("has a body of the type %s as text", (type) => {
    expect(bodyOf({ "content-type": type }, Buffer.from('{"ä":1}'))).toMatchObject({
      body: '{"ä":1}',
      isBase64Encoded: false,
    });
  });

  it.each([
    { "content-type": "application/octet-stream" },
    { "content-type": "application/x-www-form-urlencoded" },
    { "content-type": "application/problem+json" },
    { "content-type": "application/json", "content-encoding": "gzip" },
    {},
  ])("has the body of %j in base64", (headers: Record<string, string>) => {
    const body = Buffer.from([0, 255, 128]);
    expect(bodyOf(headers, body)).toMatchObject({ body: body.toString("base64"), isBase64Encoded: true });
  });
});

describe("the event of an authorizer", () => {
  it("names the route's ARN and the identity sources, and has no body", () => {
    const event = authorizerEvent(request(), ["Bearer x"], context);
    expect(event).toMatchObject({
      version: "2.0",
      type: "REQUEST",
      routeArn: "arn:aws:execute-api:us-east-1:000000000000:Api/$default/GET/things",
      identitySource: ["Bearer x"],
    });
    expect(event).not.toHaveProperty("body");
  });
});

describe("query parameters", () => {
  it("are decoded, and several of one name are joined by commas", () => {
    expect(queryParameters("a=1&b=x%20y+z&a=2&c")).toEqual({ a: "1,2", b: "x y z", c: "" });
  });

  it("may have any name without a change to anything else", () => {
    expect(Object.entries(queryParameters("__proto__=1&constructor=2&__proto__=3"))).toEqual([
      ["__proto__", "1,3"],
      ["constructor", "2"],
    ]);
    expect(Object.prototype).not.toHaveProperty("1,3");
  });

  it("keep any value on its way through an address", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        expect(queryParameters(new URLSearchParams({ value }).toString())).toEqual({ value });
      }),
    );
  });
});

describe("the time in logs", () => {
  it("has two digits for the day, the month's name and the zone", () => {
    expect(logTime(Date.UTC(2026, 0, 2, 3, 4, 5))).toBe("02/Jan/2026:03:04:05 +0000");
  });
});
