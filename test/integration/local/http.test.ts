import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCloud, type TestCloud } from "../../fixtures/local/cloud.ts";

let test: TestCloud;
beforeAll(async () => {
  test = await startTestCloud();
});
afterAll(() => test.end());

interface Echo {
  readonly event: {
    readonly routeKey: string;
    readonly rawPath: string;
    readonly rawQueryString: string;
    readonly headers: Record<string, string>;
    readonly cookies: string[];
    readonly queryStringParameters: Record<string, string>;
    readonly pathParameters: Record<string, string>;
    readonly body: string;
    readonly isBase64Encoded: boolean;
    readonly requestContext: { readonly authorizer?: { readonly lambda: { readonly calls: number } } };
  };
}

async function echo(path: string, init?: RequestInit): Promise<Echo["event"]> {
  const [status, body] = await test.answer(path, init);
  expect(status).toBe(200);
  return (body as Echo).event;
}

/** Sends bytes as they are, and gives all that comes back. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(test.cloud.url).port), "127.0.0.1");
  let answer = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    answer += chunk;
  });
  socket.write(bytes);
  await once(socket, "close");
  return answer;
}

describe("routes", () => {
  it.each([
    ["/echo/special", "GET /echo/special", undefined],
    ["/echo/other", "ANY /echo/{id}", { id: "other" }],
    ["/echo/a%20b", "ANY /echo/{id}", { id: "a b" }],
    ["/files/a/b", "GET /files/{proxy+}", { proxy: "a/b" }],
    ["/files/a%2Fb", "GET /files/{proxy+}", { proxy: "a/b" }],
    ["/%65cho/special", "GET /echo/special", undefined],
    ["/echo/a%23b", "ANY /echo/{id}", { id: "a#b" }],
    ["/echo/a%2525", "ANY /echo/{id}", { id: "a%25" }],
  ])("%s goes to the most specific one", async (path, routeKey, pathParameters) => {
    const event = await echo(path);
    expect([event.routeKey, event.pathParameters]).toEqual([routeKey, pathParameters]);
  });

  it("are found by the path up to a question mark, a percent-encoded one too", async () => {
    expect(await echo("/echo/a%3Fb?c=1")).toMatchObject({
      rawPath: "/echo/a",
      rawQueryString: "c=1",
      pathParameters: { id: "a" },
    });
  });

  it.each([
    ["GET", "/nothing"],
    ["DELETE", "/echo"],
    ["GET", "/echo/"],
    ["GET", "/echo/a%2Fb"],
    ["GET", "/"],
  ])("%s %s, which is none, is answered with API Gateway's 404", async (method, path) => {
    expect(await test.answer(path, { method })).toEqual([404, { message: "Not Found" }]);
  });
});

describe("the event of payload format 2.0", () => {
  it("has headers in lower case and joined, cookies apart, and the query as it was sent", async () => {
    const answer = await raw(
      "GET /echo?a=1&a=2&b=%20x HTTP/1.1\r\nHost: api\r\nX-One: 1\r\nx-one: 2\r\nCookie: a=1; b=2\r\nConnection: close\r\n\r\n",
    );
    const { event } = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))) as Echo;
    expect(event).toMatchObject({
      rawPath: "/echo",
      rawQueryString: "a=1&a=2&b=%20x",
      queryStringParameters: { a: "1,2", b: " x" },
      headers: { host: "api", "x-one": "1,2", "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http" },
      cookies: ["a=1", "b=2"],
    });
    expect(event.headers).not.toHaveProperty("cookie");
    expect(event).not.toHaveProperty("body");
  });

  it("has text as it is and everything else in base64", async () => {
    const post = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
      echo("/echo", { method: "POST", body, headers: { "content-type": type } });
    expect(await post('{"ä":1}', "application/json")).toMatchObject({
      body: '{"ä":1}',
      isBase64Encoded: false,
    });
    expect(await post(Buffer.from([0, 255]), "image/png")).toMatchObject({
      body: "AP8=",
      isBase64Encoded: true,
    });
  });
});

describe("responses", () => {
  it("carry the handler's status, headers, cookies and bytes", async () => {
    const response = await test.fetch("/echo?do=binary");
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(response.headers.get("x-number")).toBe("7");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2; Path=/"]);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([137, 80, 78, 71]));
  });

  it.each(["malformed", "huge", "throw"])("are API Gateway's 500 for a handler's %s answer", async (kind) => {
    expect(await test.answer(`/echo?do=${kind}`)).toEqual([500, { message: "Internal Server Error" }]);
  });
});

describe("limits", () => {
  it("a body over 10 MB is answered with 413", async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, "x");
    const headers = { "content-type": "text/plain" };
    const answer = await test.answer("/echo", { method: "POST", body, headers });
    expect(answer).toEqual([413, { message: "Request Entity Too Large" }]);
  });

  it("a body over 10 MB is answered with 413 also when it does not say its length", async () => {
    const chunk = Buffer.alloc(1024 * 1024, "x");
    const body = new ReadableStream({
      start: (controller) => {
        for (let count = 0; count < 11; count++) controller.enqueue(chunk);
        controller.close();
      },
    });
    const init = { method: "POST", body, duplex: "half", headers: { "content-type": "text/plain" } };
    expect(await test.answer("/echo", init as RequestInit)).toEqual([
      413,
      { message: "Request Entity Too Large" },
    ]);
  });

  it("an event over Lambda's 6 MB is answered with 413", async () => {
    const body = Buffer.alloc(5 * 1024 * 1024);
    expect((await test.answer("/echo", { method: "POST", body }))[0]).toBe(413);
  });

  it.each([10_300, 60_000])("headers of %i bytes are answered with 431", async (length) => {
    const answer = await raw(
      `GET /echo HTTP/1.1\r\nHost: api\r\nConnection: close\r\nX-Long: ${"x".repeat(length)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(answer).toContain('{"message":"Request Header Fields Too Large"}');
  });

  it.each(["GET /echo/%E0%A4%A HTTP/1.1\r\nHost: api\r\nConnection: close\r\n\r\n", "nonsense\r\n\r\n"])(
    "what is not HTTP is answered with 400: %j",
    async (bytes) => {
      expect(await raw(bytes)).toMatch(/^HTTP\/1.1 400 Bad Request.*\{"message":"Bad Request"\}$/s);
    },
  );

  it("more requests than a route's burst are answered with 429, and the other routes go on", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => test.answer("/limited")));
    const refused = answers.filter(([status]) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(refused[0]).toEqual([429, { message: "Too Many Requests" }]);
    expect(answers.filter(([status]) => status === 200).length).toBeGreaterThanOrEqual(2);
    await echo("/echo");
  });
});

describe("clients that send slowly or without end", () => {
  const head = (length: number) =>
    `POST /echo HTTP/1.1\r\nHost: api\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n`;

  it("hold up nobody else, and are cut off", async () => {
    const port = Number(new URL(test.cloud.url).port);
    const beginnings = ["G", "GET /echo HTTP/1.1\r\nHost: ", head(1_000), `${head(9_000_000)}x`];
    const sockets = Array.from({ length: 200 }, (_, index) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      socket.write(beginnings[index % beginnings.length] ?? "");
      return socket;
    });
    const silent = sockets.filter((_, index) => index % beginnings.length < 2);
    const ended = silent.map((socket) => once(socket.resume(), "close"));
    await Promise.all(Array.from({ length: 20 }, () => echo("/echo")));
    // Who has not sent a whole head after ten seconds is cut off; bodies have thirty.
    await Promise.all(ended);
    await echo("/echo");
    for (const socket of sockets) socket.destroy();
  });

  it("in the middle of a body go away without taking an answer with them", async () => {
    const socket = connect(Number(new URL(test.cloud.url).port), "127.0.0.1");
    await once(socket, "connect");
    socket.write(`${head(100)}half`);
    socket.destroy();
    expect(await echo("/echo")).toMatchObject({ rawPath: "/echo" });
  });
});

describe("other origins", () => {
  const headers = { origin: "https://shop.example", "access-control-request-method": "GET" };

  it("are answered by the gateway itself when a browser asks beforehand, on any path", async () => {
    const response = await test.fetch("/private", { method: "OPTIONS", headers });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "https://shop.example",
      "access-control-allow-methods": "GET",
      "access-control-max-age": "3600",
    });
  });

  it("may read answers, the gateway's own errors too", async () => {
    for (const path of ["/echo", "/nothing"]) {
      const response = await test.fetch(path, { headers });
      expect(response.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    }
    const other = await test.fetch("/echo", { headers: { origin: "https://other.example" } });
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("the authorizer", () => {
  const ask = (authorization?: string, method = "GET") =>
    test.answer("/private", {
      method,
      ...(authorization === undefined ? {} : { headers: { authorization } }),
    });
  const calls = ([status, body]: readonly [number, unknown]) => {
    expect(status).toBe(200);
    return (body as Echo).event.requestContext.authorizer?.lambda.calls;
  };

  it("is not asked without the header that says who it is: 401", async () => {
    expect(await ask()).toEqual([401, { message: "Unauthorized" }]);
  });

  it("keeps out whom it refuses: 403", async () => {
    expect(await ask("bad")).toEqual([403, { message: "Forbidden" }]);
  });

  it.each(["broken", "nonsense"])("that fails with a %s answer lets nobody in: 500", async (kind) => {
    expect(await ask(kind)).toEqual([500, { message: "Internal Server Error" }]);
  });

  it("is asked once for each identity: the header and the route together", async () => {
    const first = calls(await ask("good-1"));
    expect(calls(await ask("good-1"))).toBe(first);
    expect(calls(await ask("good-1", "POST"))).toBe(Number(first) + 1);
    expect(calls(await ask("good-2"))).toBe(Number(first) + 2);
  });
});
