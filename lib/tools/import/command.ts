import { exitCode, ServerError, Stopped, UsageError } from "./problems.ts";

/**
 * Runs a command that sends facts, and ends the process with its exit code. Ctrl-C asks it to stop; what the person must put
 * right, and what the server refused, is told in one line.
 * @param name put before the line
 * @param main gets the signal that asks it to stop; returns the exit code
 */
export async function runCommand(name: string, main: (stop: AbortSignal) => Promise<number>): Promise<void> {
  const stopping = new AbortController();
  const interrupt = () => {
    // A second Ctrl-C does not wait for what is under way: what was answered stays.
    if (stopping.signal.aborted) process.exit(exitCode.interrupted);
    stopping.abort();
    process.stderr.write("\nStopping when what is under way is answered (again: at once) …\n");
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  try {
    process.exitCode = await main(stopping.signal);
  } catch (error) {
    if (error instanceof Stopped) process.exitCode = exitCode.interrupted;
    else if (error instanceof UsageError || error instanceof ServerError) {
      process.stderr.write(`${name}: ${error.message}\n`);
      process.exitCode = error instanceof ServerError ? error.exit : exitCode.usage;
    } else throw error;
  }
}
