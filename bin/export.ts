import { help, readOptions } from "../lib/tools/export/options.ts";
import { runExport } from "../lib/tools/export/run.ts";
import { runCommand } from "../lib/tools/import/command.ts";
import { exitCode } from "../lib/tools/import/problems.ts";

/** `npm run export -- --out DIR`: see `--help` and docs/exporting.md. */

await runCommand("export", async (stop) => {
  const request = readOptions(process.argv.slice(2), process.env);
  if (request.help) {
    process.stdout.write(help);
    return exitCode.done;
  }
  return runExport(request.options, { out: process.stdout, err: process.stderr, stop });
});
