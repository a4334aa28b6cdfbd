import { spawnSync } from "node:child_process";
import { parts } from "./parts.ts";

/**
 * `npm run mutation -- [PART] [OPTION…]`: changes the code in many small ways, and sees whether a test notices each. Without
 * a part all of them, one after the other; options are StrykerJS's. Fails when fewer than 85 % are noticed in any part.
 */

const [first, ...rest] = process.argv.slice(2);
const isNamed = first !== undefined && first in parts;
const options = isNamed ? rest : process.argv.slice(2);

for (const [name, { mutate }] of Object.entries(parts)) {
  if (isNamed && name !== first) continue;
  process.stdout.write(`== ${name}\n`);
  const files = ["--mutate", mutate.join(","), "--incrementalFile", `.cache/mutation/${name}.json`];
  const { status } = spawnSync("stryker", ["run", ...files, ...options], {
    stdio: "inherit",
    env: { ...process.env, MUTATED: name },
  });
  if (status !== 0) process.exitCode = 1;
}
