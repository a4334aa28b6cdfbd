import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { minDays } from "../../lib/tools/demo/story.ts";
import { archiveAll, expectFilesToTellCounters } from "./archived-days.ts";
import { Bench } from "./support.ts";

/** The company of the demo, with facts of every type, in the files of closed days. */

const program = fileURLToPath(new URL("../../bin/demo.ts", import.meta.url));

let bench: Bench;

beforeAll(async () => {
  bench = await Bench.start();
});
afterAll(() => bench?.stop());

it("the demo's company is in the files of closed days, from which alone every counter of every day follows", async () => {
  const { cloud } = bench;
  const size = ["--customers", "200", "--days", String(minDays), "--no-progress"];
  const child = spawn(process.execPath, [program, "--url", cloud.url, "--key", cloud.apiKey, ...size], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  await archiveAll(cloud);
  expect(await expectFilesToTellCounters(cloud, "default")).toBeGreaterThan(5_000);
}, 3_600_000);
