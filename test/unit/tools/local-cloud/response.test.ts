import { describe, expect, it } from "vitest";
import { gatewayMessage, responseFrom } from "../../../../lib/tools/local-cloud/http/response.ts";

describe("the response from a function's result", () => {
  it("is what the result says, with header names in lower case", () => {
    const response = responseFrom({
      statusCode: 201,
      headers: { Location: "/things/7", "X-Number": 7, "X-Flag": true },
      cookies: ["a=1", "b=2"],
      body: "made",
    });
    expect(response).toEqual({
      status: 201,
      headers: {
        "content-type": "text/plain;charset=UTF-8",
        location: "/things/7",
        "x-number": "7",
        "x-flag": "true",
        "set-cookie": ["a=1", "b=2"],
      },
      body: Buffer.from("made"),
    });
  });

  it("decodes a body in base64", () => {
    const body = Buffer.from([137, 80, 78, 71]);
    const response = responseFrom({ statusCode: 200, body: body.toString("base64"), isBase64Encoded: true });
    expect(response?.body).toEqual(body);
  });

  it.each([
    [{ n: 1 }, '{"n":1}'],
    [[1, 2], "[1,2]"],
    ["text", "text"],
    [null, "null"],
  ])("is a 200 in JSON for %j, which has no status", (result, body) => {
    const response = responseFrom(result);
    expect(response).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
    expect(response?.body.toString()).toBe(body);
  });

  it.each([
    { statusCode: "teapot" },
    { statusCode: 99 },
    { statusCode: 200, body: { not: "text" } },
    { statusCode: 200, headers: { list: ["a"] } },
  ])("is none for %j, which has not the form of one", (result) => {
    expect(responseFrom(result)).toBeUndefined();
  });

  it("leaves the connection to the gateway", () => {
    const headers = {
      "Content-Length": "99",
      Connection: "close",
      "Transfer-Encoding": "chunked",
      ETag: "x",
    };
    expect(responseFrom({ statusCode: 200, headers })?.headers).toEqual({
      "content-type": "text/plain;charset=UTF-8",
      etag: "x",
    });
  });
});

describe("the gateway's own messages", () => {
  it("are JSON objects with one message", () => {
    const { status, headers, body } = gatewayMessage(404, "Not Found");
    expect([status, headers, body.toString()]).toEqual([
      404,
      { "content-type": "application/json" },
      '{"message":"Not Found"}',
    ]);
  });
});
