import { runCommand } from "../lib/tools/import/command.ts";
import { exitCode } from "../lib/tools/import/problems.ts";
import { awsAccount } from "../lib/tools/smoke/account.ts";
import { help, readSmokeOptions } from "../lib/tools/smoke/options.ts";
import { runSmoke } from "../lib/tools/smoke/run.ts";

/** `npm run smoke`: walks a deployment from end to end. See `--help`. */

await runCommand("smoke", async () => {
  const options = readSmokeOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const { url, key, stack } = options;
  return runSmoke(
    { url, key, account: stack === undefined ? undefined : awsAccount(stack) },
    process.stdout,
    Date.now(),
  );
});
