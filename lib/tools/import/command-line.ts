import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./problems.ts";

/**
 * Parses the arguments of a command.
 * @throws UsageError where they are not what `config` says
 */
export function parseCommandLine<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} (--help says more)`, {
      cause: error,
    });
  }
}
