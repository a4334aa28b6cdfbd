import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Context, SQSEvent } from "aws-lambda";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import * as z from "zod";
import { consumer } from "../../../lib/jobs/consumer.ts";

/** What was sent to the dead-letter queue. */
const deadLetters: string[] = [];
const queue = createServer(async (request, response) => {
  let text = "";
  for await (const part of request) text += part;
  const { MessageBody } = z.object({ MessageBody: z.string() }).parse(JSON.parse(text));
  deadLetters.push(MessageBody);
  const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
  response.setHeader("content-type", "application/x-amz-json-1.0");
  response.end(JSON.stringify({ MessageId: "1", MD5OfMessageBody }));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => queue.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(queue.address() as AddressInfo).port}`;
  vi.stubEnv("DELIVERIES", "5");
  vi.stubEnv("DEAD_LETTERS_QUEUE_URL", `${address}/1/dead-letters`);
  vi.stubEnv("AWS_ENDPOINT_URL_SQS", address);
  vi.stubEnv("AWS_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterEach(() => {
  deadLetters.length = 0;
});
afterAll(() => {
  vi.unstubAllEnvs();
  queue.close();
  queue.closeAllConnections();
});

const context = { getRemainingTimeInMillis: () => 30_000 } as Context;
const handler = consumer(z.strictObject({ name: z.string() }), async () => {
  // As of an item that a newer version has written.
  z.object({ revision: z.int() }).parse({ revision: "seven" });
});

async function deliver(body: string, times: number): Promise<"again" | "done"> {
  const record = { messageId: "m-1", body, attributes: { ApproximateReceiveCount: String(times) } };
  const { batchItemFailures } = await handler({ Records: [record] } as unknown as SQSEvent, context);
  return batchItemFailures.length > 0 ? "again" : "done";
}

it.each(["no JSON", '{"name":1}', '{"name":"a","more":1}'])(
  "a message that nobody can read goes to the dead-letter queue at once: %s",
  async (body) => {
    expect(await deliver(body, 1)).toBe("done");
    expect(deadLetters).toEqual([body]);
  },
);

it("a message whose work cannot read the store is tried again until its last delivery", async () => {
  const body = '{"name":"a"}';
  expect(await deliver(body, 1)).toBe("again");
  expect(await deliver(body, 4)).toBe("again");
  expect(deadLetters).toEqual([]);
  expect(await deliver(body, 5)).toBe("done");
  expect(deadLetters).toEqual([body]);
});
