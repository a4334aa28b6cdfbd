import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { newSecret, signatureHeaders } from "../../../lib/domain/webhooks/signature.ts";
import { post } from "../../../lib/jobs/webhooks/post.ts";

const root = new URL("../../../", import.meta.url);
const documented = readFileSync(new URL("docs/webhooks.md", root), "utf8");
const [, receiver = ""] = /```js\n([\s\S]*?)```/.exec(documented) ?? [];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

it("the receiver in docs/webhooks.md takes what is signed with its secret, and nothing else", async () => {
  const [secret, port] = [newSecret(), await freePort()];
  const child = spawn(process.execPath, ["--input-type=module", "--eval", receiver], {
    cwd: root,
    env: { PATH: process.env["PATH"], SECRET: secret, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const body = JSON.stringify({
      type: "webhook.test",
      timestamp: "2026-11-30T08:00:00Z",
      data: { id: "a-1" },
    });
    const sendWith = (one: string) => {
      const headers = signatureHeaders({ id: "msg_1", sentAt: Date.now(), body }, [one]);
      return post({ url: `http://127.0.0.1:${port}/`, headers, body }, { isLocal: true });
    };
    let taken = await sendWith(secret);
    // Until it listens.
    while (taken.status === undefined) {
      await wait(50);
      taken = await sendWith(secret);
    }
    expect([taken.status, (await sendWith(newSecret())).status]).toEqual([204, 400]);
    const [printed] = (await once(child.stdout, "data")) as [Buffer];
    expect(printed.toString()).toContain("msg_1 webhook.test a-1");
  } finally {
    child.kill();
  }
}, 30_000);
