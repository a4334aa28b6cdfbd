import { help, readDemoOptions } from "../lib/demo/options.ts";
import { runDemo } from "../lib/demo/run.ts";
import { exitCode, ServerError, Stopped, UsageError } from "../lib/import/problems.ts";

/** `npm run demo`: sends two years of a made-up company to a running cx-metrics. See `--help`. */

const stopping = new AbortController();

function interrupt(): void {
  if (stopping.signal.aborted) process.exit(exitCode.interrupted);
  stopping.abort();
  process.stderr.write("\nStopping when what is under way is answered (again: at once) …\n");
}

async function main(): Promise<number> {
  const now = Date.now();
  const request = readDemoOptions(process.argv.slice(2), process.env, now);
  if (request.help) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const surroundings = { out: process.stdout, err: process.stderr, stop: stopping.signal };
  return runDemo(request.options, surroundings, now);
}

process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof Stopped) process.exitCode = exitCode.interrupted;
  else if (error instanceof UsageError || error instanceof ServerError) {
    process.stderr.write(`demo: ${error.message}\n`);
    process.exitCode = error instanceof ServerError ? error.exit : exitCode.usage;
  } else throw error;
}
