import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ApiClient } from "../../fixtures/api-client.ts";
import { Receiver } from "../../fixtures/receiver.ts";
import { seededRandom } from "../../unit/domain/metrics/statistics/random.ts";

/** `FACTS=10000 KILLS=10 npx vitest run --config vitest.proofs.config.ts test/proofs/webhooks` takes more of both. */
const facts = Number(process.env["FACTS"] || 1_000);
const kills = Number(process.env["KILLS"] || 3);
const batch = 50;

const program = fileURLToPath(new URL("cloud.ts", import.meta.url));
const key = "cxm_proof-of-deliveries-that-are-killed";
const random = seededRandom(7);

let dataDir: string;
let port: number;
let cloud: ChildProcess | undefined;
let receiver: Receiver;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

async function start(): Promise<void> {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, API_KEY: key },
    stdio: ["ignore", "pipe", "inherit"],
  });
  cloud = child;
  await Promise.race([
    once(child.stdout, "data"),
    once(child, "close").then(() => {
      throw new Error("the cloud ended");
    }),
  ]);
}

async function kill(): Promise<void> {
  if (!cloud || cloud.exitCode !== null || cloud.signalCode !== null) return;
  const closed = once(cloud, "close");
  cloud.kill("SIGKILL");
  await closed;
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "cx-metrics-webhooks-"));
  port = await freePort();
  receiver = await Receiver.start();
  await start();
});

afterAll(async () => {
  await kill();
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Sends facts until the cloud has acknowledged them: what it answered nothing to, as it was killed, is sent again. */
async function sendUntilTaken(
  api: ApiClient,
  responses: readonly object[],
  ready: () => Promise<void>,
): Promise<void> {
  for (;;) {
    const answer = await api.post("/v1/responses", { responses }).catch(() => undefined);
    if (answer?.status === 200) return;
    await ready();
  }
}

it(`each of ${facts} facts is delivered, and each delivery can be verified, while the cloud is killed ${kills} times and the receiver fails a third of the time`, async () => {
  const api = new ApiClient(`http://127.0.0.1:${port}`, key, "default");
  const body = { url: receiver.url, events: ["response.recorded"] };
  const { json } = await api.send<{ secret: string }>("PUT", "/v1/webhooks/proof", { body });
  receiver.secret = json.secret;

  const taken = new Set<unknown>();
  let failures = 0;
  let isComplete = () => {};
  const complete = new Promise<void>((resolve) => {
    isComplete = resolve;
  });
  receiver.answering = ({ data }, response) => {
    if (random() < 1 / 3) {
      failures += 1;
      if (random() < 0.5) response.writeHead(500).end();
      else response.destroy();
      return;
    }
    taken.add(data["id"]);
    response.writeHead(204).end();
    if (taken.size === facts) isComplete();
  };

  let restarted = Promise.resolve();
  const everySoMany = Math.max(1, Math.floor(facts / batch / (kills + 1)));
  for (let sent = 0, batches = 0; sent < facts; sent += batch, batches += 1) {
    const responses = Array.from({ length: Math.min(batch, facts - sent) }, (_, index) => {
      return { id: `f-${sent + index}`, survey: "nps", score: (sent + index) % 11 };
    });
    const isKilled = batches > 0 && batches % everySoMany === 0 && batches / everySoMany <= kills;
    const sending = sendUntilTaken(api, responses, () => restarted);
    // While the batch is on its way, and deliveries are being made.
    if (isKilled) restarted = kill().then(start);
    await sending;
    await restarted;
  }
  await complete;

  expect(taken.size).toBe(facts);
  expect(receiver.received.filter(({ isVerified }) => !isVerified)).toEqual([]);
  expect(failures).toBeGreaterThan(facts / 4);
  // The same event has the same id in every try, and no two have the same.
  const ids = new Map(receiver.received.map(({ id, data }) => [id, data["id"]]));
  expect(receiver.received.every(({ id, data }) => ids.get(id) === data["id"])).toBe(true);
  expect(ids.size).toBe(facts);
}, 1_800_000);
