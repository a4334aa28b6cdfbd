import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Peer, startPeer } from "../import/peer.ts";

const run = promisify(execFile);
const folder = fileURLToPath(new URL("../../../packages/client", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/.bin/tsc", import.meta.url));

let place: string;
let peer: Peer;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "client-"));
  peer = await startPeer();
});
afterAll(async () => {
  await peer.close();
  await rm(place, { recursive: true });
});

it("packed and installed in an empty project, the client sends what waits before the process ends, and its types hold", async () => {
  await run("npm", ["pack", "--pack-destination", place], { cwd: folder });
  const [tarball = ""] = (await readdir(place)).filter((name) => name.endsWith(".tgz"));
  await writeFile(
    join(place, "package.json"),
    JSON.stringify({ name: "empty", type: "module", private: true }),
  );
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], { cwd: place });
  const program = `
    import { CxMetricsClient } from "@cx-metrics/client";
    const client = new CxMetricsClient({ url: ${JSON.stringify(peer.url)}, key: "test-key" });
    client.track({ survey: "nps", score: 9, customerId: "c1" });
    client.track({ type: "purchase.made", orderId: "A1", money: { amount: "5.00", currency: "EUR" } });
  `;
  await writeFile(join(place, "use.mjs"), program);
  await run(process.execPath, ["use.mjs"], { cwd: place });
  expect(peer.stored.size).toBe(2);
  expect([...peer.stored.keys()]).toContain("purchase.made:A1");

  // A server that is away does not keep the process.
  await writeFile(join(place, "away.mjs"), program.replace(peer.url, "http://127.0.0.1:9"));
  await run(process.execPath, ["away.mjs"], { cwd: place });

  const options = { module: "nodenext", strict: true, noEmit: true, types: [], lib: ["es2022", "dom"] };
  await writeFile(
    join(place, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, include: ["use.ts"] }),
  );
  await writeFile(join(place, "use.ts"), program);
  await run(tsc, ["-p", place]);
  await writeFile(join(place, "use.ts"), program.replace("score: 9", 'score: "nine"'));
  await expect(run(tsc, ["-p", place])).rejects.toThrow();
}, 120_000);
