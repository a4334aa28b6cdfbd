import type { lookup } from "node:dns";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maxAnswerBytes, post } from "../../../lib/jobs/webhooks/post.ts";
import { Receiver } from "../../fixtures/receiver.ts";

let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.start();
});

afterAll(() => receiver.stop());

const body = JSON.stringify({ type: "webhook.test", data: {} });

/** A look-up that answers these addresses, one list after the other. */
function resolving(...answers: string[][]): { lookUp: typeof lookup; asked: string[] } {
  const asked: string[] = [];
  const lookUp = ((name: string, _: object, done: (error: null, found: object[]) => void) => {
    asked.push(name);
    const found = answers[Math.min(asked.length, answers.length) - 1] ?? [];
    done(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  }) as unknown as typeof lookup;
  return { lookUp, asked };
}

const forbidden = { error: "its address is not one of the public internet", isTaken: false };
const headers = {};

describe("a delivery does not connect", () => {
  it.each([
    ["10.0.0.1"],
    ["127.0.0.1"],
    ["169.254.169.254"],
    ["::1"],
    ["::ffff:127.0.0.1"],
    ["64:ff9b::a9fe:a9fe"],
  ])("to a name that leads to %s", async (address) => {
    const { lookUp, asked } = resolving([address]);
    const outcome = await post({ url: "https://hook.example/", headers, body }, { isLocal: false, lookUp });
    expect(outcome).toMatchObject(forbidden);
    expect(asked).toEqual(["hook.example"]);
  });

  it("to a name of which only one address is not public", async () => {
    const { lookUp } = resolving(["93.184.215.14", "127.0.0.1"]);
    const outcome = await post({ url: "https://hook.example/", headers, body }, { isLocal: false, lookUp });
    expect(outcome).toMatchObject(forbidden);
  });

  it("to an address that stands in its URL and is not public", async () => {
    const urls = [
      "https://127.0.0.1/",
      "https://[::1]/",
      "https://169.254.169.254/",
      "https://0x7f.1/",
      receiver.url,
    ];
    const outcomes = await Promise.all(urls.map((url) => post({ url, headers, body }, { isLocal: false })));
    expect(outcomes).toEqual(outcomes.map(() => expect.objectContaining(forbidden)));
    expect(receiver.received).toEqual([]);
  });
});

it("a name is looked up once a delivery, and the address that was looked at is connected to", async () => {
  // The second answer would pass, if anybody asked again.
  const { lookUp, asked } = resolving(["127.0.0.1"], ["10.0.0.1"]);
  const url = receiver.url.replace("127.0.0.1", "localhost");
  const outcome = await post({ url, headers, body }, { isLocal: true, lookUp });
  expect(outcome).toMatchObject({ status: 204, isTaken: true });
  expect(asked).toEqual(["localhost"]);
});

it("an answer is read up to its limit, and only its beginning is kept", async () => {
  let sent = 0;
  let isOver = false;
  receiver.answering = (_, response) => {
    response.on("close", () => {
      isOver = true;
    });
    response.writeHead(200);
    const more = () => {
      if (isOver) return;
      sent += 4096;
      response.write("x".repeat(4096), () => setImmediate(more));
    };
    more();
  };
  const outcome = await post({ url: receiver.url, headers, body }, { isLocal: true });
  expect(outcome).toMatchObject({ status: 200, isTaken: true, answer: "x".repeat(200) });
  expect(sent).toBeGreaterThanOrEqual(maxAnswerBytes);
});

it("an answer that changes the protocol is none, and ends", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const outcome = await post({ url: `http://127.0.0.1:${port}/`, headers, body }, { isLocal: true });
  server.close();
  expect(outcome).toMatchObject({ error: "the connection was broken", isTaken: false });
});

it("a receiver that is not there is told of in words, without its address", async () => {
  const gone = await Receiver.start();
  const { url } = gone;
  await gone.stop();
  const outcome = await post({ url, headers, body }, { isLocal: true });
  expect(outcome).toMatchObject({ error: "the connection was refused", isTaken: false });
  expect(JSON.stringify(outcome)).not.toContain("127.0.0.1");
});
