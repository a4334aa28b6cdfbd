import type { Context } from "aws-lambda";
import { expect, it } from "vitest";
import { httpHandler } from "../../../../lib/api/pipeline/endpoint.ts";
import type { HttpEvent } from "../../../../lib/api/pipeline/http-event.ts";

const event = {
  routeKey: "GET /v1/metrics/{id}",
  headers: {},
  requestContext: { requestId: "r-1", http: { method: "GET" } },
} as unknown as HttpEvent;
const context = { awsRequestId: "f-1" } as Context;

async function answerTo(text: string) {
  const handler = httpHandler(async () => ({ status: 200, body: undefined, text }));
  const { statusCode, body = "" } = await handler(event, context);
  return { statusCode, body };
}

it.each([
  ["plain text of 6 MB less room for headers", "x".repeat(6_270_000), 200],
  ["plain text of more", "x".repeat(6_280_000), 400],
  ["quotes, which take two bytes each on their way", '"'.repeat(3_140_000), 400],
  ["fewer quotes", '"'.repeat(3_130_000), 200],
  ["characters of three bytes", "あ".repeat(2_095_000), 400],
])("an answer that Lambda would not hand on is refused with a reason: %s", async (_name, text, status) => {
  const { statusCode, body } = await answerTo(text);
  expect(statusCode).toBe(status);
  if (status === 400)
    expect(JSON.parse(body)).toMatchObject({ status, detail: expect.stringContaining("6 MB") });
  else expect(body).toBe(text);
});
