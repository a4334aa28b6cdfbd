import { fuzz } from "./fuzz.ts";

/** `npm run fuzz`: 20,000 requests, or as many as `REQUESTS` says; `SEED` repeats a run. */

process.env["TZ"] = "UTC";

const given = [process.env["SEED"], process.env["REQUESTS"]].filter((text) => text !== undefined);
if (!given.every((text) => /^[1-9]\d{0,8}$/.test(text))) {
  process.stderr.write(`fuzz: SEED and REQUESTS must be whole numbers from 1, not ${given.join(", ")}\n`);
  process.exit(2);
}
const seed = Number(process.env["SEED"] ?? 1 + Math.floor(Math.random() * 2 ** 30));
const requests = Number(process.env["REQUESTS"] ?? 20_000);

process.stdout.write(`seed ${seed}, ${requests} requests (repeat with SEED=${seed} npm run fuzz)\n`);
const { statuses, repeated, recorded, violations } = await fuzz({
  seed,
  requests,
  onProgress: (answered) => process.stdout.write(`${answered} answered\n`),
});
const counts = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
process.stdout.write(`answers by status: ${counts.join(", ")}\nfacts recorded: ${recorded}\n`);
for (const [what, count] of Object.entries(repeated)) {
  process.stdout.write(`sent again: ${what} ${count} times\n`);
}
for (const violation of violations) process.stdout.write(`WRONG ${violation}\n`);
process.stdout.write(
  violations.length === 0 ? "nothing went wrong\n" : `${violations.length} went wrong (seed ${seed})\n`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
