#!/usr/bin/env node
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run fetch:dynamodb-local`: puts AWS's own DynamoDB Local below `.cache`, where the local cloud finds it. It comes
 * out of an npm package that carries the jar, without that package's dependencies. Running it needs Java.
 */

const source = "amplify-dynamodb-simulator@2.9.30";
const folder = fileURLToPath(new URL("../.cache/dynamodb-local", import.meta.url));
const jar = join(folder, "package", "emulator", "DynamoDBLocal.jar");

function hasJava(): boolean {
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

if (!hasJava()) {
  process.stderr.write(
    "DynamoDB Local needs Java (17 or later): install it, so that `java` is on the PATH.\n",
  );
  process.exit(1);
}
if (!existsSync(jar)) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const packed = execFileSync("npm", ["pack", source, "--silent", "--pack-destination", folder], {
    encoding: "utf8",
  });
  const archive = join(folder, packed.trim().split("\n").at(-1) ?? "");
  execFileSync("tar", ["-xzf", archive, "-C", folder]);
  rmSync(archive);
}
process.stdout.write(`DynamoDB Local is in ${folder}\n`);
