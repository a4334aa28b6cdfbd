#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as z from "zod";
import { lockfileProblems, lockfileSchema, manifestSchema } from "./lockfile.ts";

/**
 * `npm run audit`: checks the lockfile, and then asks the registry for known vulnerabilities of what is deployed or run.
 * Not every registry can tell; then it says so, and the lockfile's check is what there is.
 */

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8"));
}

const report = z.looseObject({
  metadata: z.looseObject({ vulnerabilities: z.record(z.string(), z.number()) }),
});

function askRegistry(): string[] {
  const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], { encoding: "utf8" });
  const answer = report.safeParse(stdout === "" ? undefined : JSON.parse(stdout));
  if (!answer.success) {
    process.stdout.write("the registry does not say which vulnerabilities are known: left out\n");
    return [];
  }
  const { low: _low, info: _info, total: _total, ...serious } = answer.data.metadata.vulnerabilities;
  return Object.entries(serious)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} known vulnerabilities are ${severity}: npm audit --omit=dev`);
}

const lockfile = lockfileSchema.parse(read("package-lock.json"));
const problems = [
  ...lockfileProblems(lockfile, manifestSchema.parse(read("package.json"))),
  ...askRegistry(),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length === 0) {
  process.stdout.write(`${Object.keys(lockfile.packages).length - 1} packages, none out of order\n`);
}
process.exitCode = problems.length === 0 ? 0 : 1;
