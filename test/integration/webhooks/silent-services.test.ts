import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { putEvent } from "../../../lib/jobs/webhooks/event-bus.ts";
import { handOver, webhooksQueueVariable } from "../../../lib/jobs/webhooks/hand-over.ts";

/** Services that take connections and never answer. */

const sockets = new Set<Socket>();
const silent = createServer((socket) => {
  sockets.add(socket);
  socket.on("error", () => {});
  socket.resume();
});

beforeAll(async () => {
  await once(silent.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  vi.stubEnv("AWS_ENDPOINT_URL", url);
  vi.stubEnv(webhooksQueueVariable, `${url}/000000000000/webhooks`);
});
afterAll(() => {
  vi.unstubAllEnvs();
  for (const socket of sockets) socket.destroy();
  silent.close();
});

it("a queue that does not answer is given up, and what it was to have stays in the outbox", async () => {
  await expect(handOver([{ workspace: "w", webhook: "h", id: "msg_1" }])).resolves.toBeUndefined();
}, 60_000);

it("an event bus that does not answer is a failure of its delivery", async () => {
  const event = { workspace: "w", id: "msg_1", type: "webhook.test", body: "{}" };
  expect(await putEvent(event)).toMatchObject({ isTaken: false, error: "TimeoutError" });
}, 60_000);
