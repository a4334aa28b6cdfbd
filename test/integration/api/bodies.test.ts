import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type ApiClient,
  type BatchBody,
  nothingCounted,
  type RequestOptions,
} from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());

/** Gives the tests a workspace without facts. */
async function startEmpty(): Promise<void> {
  api = await test.workspace();
}

const answer = { survey: "nps", score: 9 };
const text = JSON.stringify(answer);
const mebibyte = 1_048_576;
const utf8 = (content: string) => new TextEncoder().encode(content);
const send = (options: RequestOptions) =>
  api.send<BatchBody & { detail: string }>("POST", "/v1/responses", options);
const typed = (type: string) => ({ headers: { "content-type": type } });

/** A body of exactly so many bytes with one answer in it. */
function padded(bytes: number): string {
  return text + " ".repeat(bytes - text.length);
}

describe("a body that is refused leaves nothing behind", () => {
  beforeAll(startEmpty);

  it.each<[string, RequestOptions, number]>([
    ["empty", { raw: "" }, 400],
    ["only white space", { raw: " \n" }, 400],
    ["cut off", { raw: text.slice(0, -1) }, 400],
    ["with something after the end", { raw: `${text}x` }, 400],
    ["two objects", { raw: text + text }, 400],
    ["single quotes", { raw: "{'survey':'nps'}" }, 400],
    ["a comma too many", { raw: '{"survey":"nps","score":9,}' }, 400],
    ["NaN", { raw: '{"survey":"nps","score":NaN}' }, 400],
    ["a raw control character in a text", { raw: '{"survey":"nps","score":9,"comment":"a\u0001"}' }, 400],
    [
      "not UTF-8",
      { raw: Uint8Array.of(...utf8('{"survey":"nps","score":9,"comment":"'), 0xff, 0xfe, ...utf8('"}')) },
      400,
    ],
    [
      "not UTF-8, of a type that the gateway hands on as bytes",
      {
        raw: Uint8Array.of(...utf8('{"survey":"nps","score":9,"comment":"'), 0xe9, ...utf8('"}')),
        ...typed("application/vnd.survey+json"),
      },
      400,
    ],
    [
      "an overlong UTF-8 sequence",
      { raw: Uint8Array.of(...utf8('{"survey":"nps","score":9,"comment":"'), 0xc0, 0xaf, ...utf8('"}')) },
      400,
    ],
    ["UTF-16", { raw: Uint8Array.from(Buffer.from(`\ufeff${text}`, "utf16le")) }, 400],
    ["a list", { body: [answer] }, 422],
    ["an empty list", { body: [] }, 422],
    ["null", { body: null }, 422],
    ["a text", { body: "nps" }, 422],
    ["a number", { body: 9 }, 422],
    ["true", { body: true }, 422],
    ["an empty object", { body: {} }, 422],
    ["a lone surrogate, escaped", { raw: '{"survey":"nps","score":9,"comment":"\\ud83d"}' }, 422],
    ["an own field __proto__", { raw: '{"survey":"nps","score":9,"__proto__":{"score":3}}' }, 422],
    ["a dimension __proto__", { raw: '{"survey":"nps","score":9,"dimensions":{"__proto__":"x"}}' }, 422],
    ["an own field constructor", { raw: '{"survey":"nps","score":9,"constructor":{"prototype":{}}}' }, 422],
    ["everything in __proto__", { raw: '{"__proto__":{"survey":"nps","score":9}}' }, 422],
    ["a batch in __proto__", { raw: '{"__proto__":{"responses":[{"survey":"nps","score":9}]}}' }, 422],
    ["100,000 lists within each other", { raw: "[".repeat(100_000) + "]".repeat(100_000) }, 422],
    ["a score of 10,000 digits", { raw: `{"survey":"nps","score":${"9".repeat(10_000)}}` }, 422],
    ["a score past all numbers", { raw: '{"survey":"nps","score":1e999}' }, 422],
    ["of one byte more than 1 MB", { raw: padded(mebibyte + 1) }, 413],
    ["of 3 MB", { raw: padded(3 * mebibyte) }, 413],
    ["a form", { raw: "survey=nps&score=9", ...typed("application/x-www-form-urlencoded") }, 415],
    ["plain text", { raw: text, ...typed("text/plain") }, 415],
    ["XML", { raw: "<a/>", ...typed("application/xml") }, 415],
    ["in Latin-1 by its own words", { raw: text, ...typed("application/json; charset=iso-8859-1") }, 415],
    ["JSON in name only", { raw: text, ...typed("application/jsonp") }, 415],
  ])("%s", async (_name, options, status) => {
    const refused = await send(options);
    expect(refused.status, JSON.stringify(refused.json).slice(0, 500)).toBe(status);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(refused.json).toMatchObject({ status, requestId: expect.any(String) });
    // No detail quotes what was sent.
    expect(JSON.stringify(refused.json)).not.toContain("999999");
  });

  it("without any content at all, nor a type", async () => {
    expect((await api.send("POST", "/v1/responses")).status).toBe(415);
  });

  it("of all kinds together", async () => {
    expect(await api.counted()).toEqual(nothingCounted);
  });
});

describe("a body is taken", () => {
  beforeEach(startEmpty);

  it("with a deep value inside a fact, in a batch beside a good one", async () => {
    const deep = `{"survey":"nps","score":${"[".repeat(5_000)}${"]".repeat(5_000)}}`;
    const { status, json } = await send({ raw: `{"responses":[${deep},${text}]}` });
    expect([status, json.recorded, json.invalid]).toEqual([200, 1, 1]);
  });

  it.each<[string, RequestOptions]>([
    ["of exactly 1 MB", { raw: padded(mebibyte) }],
    ["with a charset", { raw: text, ...typed("application/json; charset=UTF-8") }],
    ["with a type in capitals", { raw: text, ...typed("Application/JSON") }],
    ["of a type that is JSON by its suffix", { raw: text, ...typed("application/vnd.survey+json") }],
    ["with a byte order mark", { raw: Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8(text)) }],
    ["with a field twice, of which the last counts", { raw: '{"survey":"nps","score":0,"score":9}' }],
    ["with a whole number written as a decimal", { raw: '{"survey":"nps","score":9.0}' }],
  ])("%s", async (_name, options) => {
    const { status, json } = await send(options);
    expect([status, json]).toEqual([201, { id: expect.any(String), status: "recorded" }]);
    expect(await api.counted()).toMatchObject({ nps: 1 });
    expect((await api.series("nps", ""))[0]).toMatchObject({ value: 100 });
  });
});

describe("what is just within the bounds is recorded", () => {
  beforeEach(startEmpty);

  const instant = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
  const tenDimensions = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`d${index}`, "x".repeat(100)]),
  );
  it.each<[string, () => object]>([
    ["an id of one character", () => ({ ...answer, id: "a" })],
    ["an id of 128 characters", () => ({ ...answer, id: "x".repeat(128) })],
    ["an id of every kind of character", () => ({ ...answer, id: "Az09._:-" })],
    ["a comment of 5,000 characters", () => ({ ...answer, comment: "x".repeat(5_000) })],
    [
      "a comment of 5,000 characters outside the basic plane",
      () => ({ ...answer, comment: "😀".repeat(5_000) }),
    ],
    ["a comment with line breaks and tabs", () => ({ ...answer, comment: "a\r\n\tb" })],
    ["10 dimensions of 100 characters each", () => ({ ...answer, dimensions: tenDimensions })],
    [
      "a dimension's name of 40 characters",
      () => ({ ...answer, dimensions: { [`d${"x".repeat(39)}`]: "y" } }),
    ],
    ["a comment with a replacement character that was sent", () => ({ ...answer, comment: "caf\ufffd" })],
    [
      "20 tags of 50 characters",
      () => ({ ...answer, tags: Array.from({ length: 20 }, () => "t".repeat(50)) }),
    ],
    [
      "a time nearly 5 minutes in the future",
      () => ({ ...answer, occurredAt: instant(5 * 60_000 - 20_000) }),
    ],
    ["the first instant of 2000", () => ({ ...answer, occurredAt: "2000-01-01T00:00:00Z" })],
    ["a leap day", () => ({ ...answer, occurredAt: "2024-02-29T23:59:59.999Z" })],
    ["the lowest score", () => ({ ...answer, score: 0 })],
    ["the highest score", () => ({ ...answer, score: 10 })],
  ])("%s", async (_name, fact) => {
    const { status, json } = await send({ body: fact() });
    expect(status, JSON.stringify(json)).toBe(201);
    const years = await api.series("nps", "from=2000-01-01&to=2019-12-31");
    const since = await api.series("nps", "from=2020-01-01&to=2039-12-31");
    expect((years[0]?.n ?? 0) + (since[0]?.n ?? 0)).toBe(1);
  });

  it("the largest amount, summed exactly", async () => {
    const buy = (orderId: string, amount: string) => ({
      type: "purchase.made",
      orderId,
      money: { amount, currency: "USD" },
    });
    await api.recordAll("events", [
      buy("1", "999999999999.99"),
      buy("2", "999999999999.99"),
      buy("3", "0.03"),
      buy("4", "0"),
    ]);
    expect((await api.series("sales", ""))[0]).toMatchObject({ value: "2000000000000.01", n: 4 });
    expect(await api.counted()).toMatchObject({ customers: 0 });
  });
});
