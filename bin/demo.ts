import { help, readDemoOptions } from "../lib/tools/demo/options.ts";
import { runDemo } from "../lib/tools/demo/run.ts";
import { runCommand } from "../lib/tools/import/command.ts";
import { exitCode } from "../lib/tools/import/problems.ts";

/** `npm run demo`: sends two years of a made-up company to a running cx-metrics. See `--help`. */

await runCommand("demo", async (stop) => {
  const now = Date.now();
  const request = readDemoOptions(process.argv.slice(2), process.env, now);
  if (request.help) {
    process.stdout.write(help);
    return exitCode.done;
  }
  return runDemo(request.options, { out: process.stdout, err: process.stderr, stop }, now);
});
