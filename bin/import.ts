import { runCommand } from "../lib/tools/import/command.ts";
import { help, readOptions } from "../lib/tools/import/options.ts";
import { exitCode } from "../lib/tools/import/problems.ts";
import { runImport } from "../lib/tools/import/run.ts";

/** `npm run import -- FILE --map MAPPING`: see `--help` and docs/importing.md. */

await runCommand("import", async (stop) => {
  const request = readOptions(process.argv.slice(2), process.env);
  if (request.help) {
    process.stdout.write(help);
    return exitCode.done;
  }
  return runImport(request.options, { out: process.stdout, err: process.stderr, stop });
});
