import { parseCommandLine } from "../import/command-line.ts";
import { readUrl } from "../import/options.ts";
import { UsageError } from "../import/problems.ts";

/** The text of `--help`. */
export const help = `Walks a deployment from end to end: every route, odd ids, a batch, a duplicate, a late fact, a snapshot
and its revision, the limit of a key, what browsers ask, and prints what was expected and what was answered.

  npm run smoke -- --url API_URL --key ADMIN_KEY [--stack STACK]

It leaves facts behind. Give it a workspace of its own:
  npm run workspace -- create smoke --table TABLE_NAME

  --url URL      where the API is: the stack's output ApiUrl   (or CX_URL)
  --key KEY      an admin key of that workspace                (or API_KEY)
  --stack STACK  also draw the dashboard's widget and read the alarms of this stack, with the AWS
                 credentials and the region of the environment
  --help         print this

Exit code: 0 all as expected, 1 something was answered otherwise, 2 wrong options, key or workspace,
3 nothing answers.
`;

/** The options of the command line. */
export interface SmokeOptions {
  readonly url: string;
  readonly key: string;
  readonly stack: string | undefined;
}

/**
 * Reads the command line.
 * @returns `undefined` where help was asked for
 * @throws UsageError when it does not make sense
 */
export function readSmokeOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): SmokeOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const url = values.url ?? environment["CX_URL"];
  const key = values.key ?? environment["API_KEY"];
  if (!url) throw new UsageError("--url is missing: the stack's output ApiUrl (--help says more)");
  if (!key)
    throw new UsageError("--key is missing: an admin key of a workspace for smoke tests (--help says more)");
  return { url: readUrl(url), key, stack: values.stack };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = { url: text, key: text, stack: text, help: { type: "boolean", short: "h" } } as const;
  return parseCommandLine({ args: [...args], options }).values;
}
