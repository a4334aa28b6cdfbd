import { help, readOptions } from "../lib/import/options.ts";
import { exitCode, ServerError, UsageError } from "../lib/import/problems.ts";
import { runImport } from "../lib/import/run.ts";

/** `npm run import -- FILE --map MAPPING`: see `--help` and docs/importing.md. */

const stopping = new AbortController();

function interrupt(): void {
  // A second Ctrl-C does not wait for what is under way: the state is that of the last answered rows.
  if (stopping.signal.aborted) process.exit(exitCode.interrupted);
  stopping.abort();
  process.stderr.write("\nStopping when what is under way is answered (again: at once) …\n");
}

async function main(): Promise<number> {
  const request = readOptions(process.argv.slice(2), process.env);
  if (request.help) {
    process.stdout.write(help);
    return exitCode.done;
  }
  return runImport(request.options, { out: process.stdout, err: process.stderr, stop: stopping.signal });
}

process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ServerError)) throw error;
  process.stderr.write(`import: ${error.message}\n`);
  process.exitCode = error instanceof ServerError ? error.exit : exitCode.usage;
}
