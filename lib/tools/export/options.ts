import { parseCommandLine } from "../import/command-line.ts";
import { requireKey } from "../import/key-file.ts";
import { readUrl } from "../import/options.ts";
import { UsageError } from "../import/problems.ts";

/** The command line of `npm run export`. */

/** The forms that an export can have. */
export const formats = ["ndjson", "csv", "parquet"] as const;

/** A form of an export. */
export type Format = (typeof formats)[number];

/** The options of the command line. */
export interface ExportOptions {
  /** The folder that the files go to. */
  readonly out: string;
  readonly format: Format;
  /** The API's base URL, without a slash at the end. */
  readonly url: string;
  readonly key: string;
  readonly restart: boolean;
  readonly quiet: boolean;
  readonly progress: boolean;
}

/** The text of `--help`. */
export const help = `Writes everything that cx-metrics knows to files: events, responses, customers and snapshots.

  npm run export -- --out DIR [options]

  --out DIR            the folder for the files; made where it is not there
  --format FORMAT      ndjson, csv or parquet    (default: ndjson)
  --url URL            where the API is          (or CX_URL; default http://127.0.0.1:3000)
  --key KEY            a key that may read       (or API_KEY, which keeps it out of the
                       shell's history; default: what .local/admin-key says)
  --restart            begin again, whatever an interrupted run has noted
  --no-progress        no progress bar
  --quiet              print problems only
  --help               print this

After Ctrl-C, a crash or a failure the same command goes on where it stopped. What comes in
while it runs, and lies before what is exported already, is not in it.

Exit code: 0 everything is exported, 2 wrong options, folder or key, 3 the server could not
be reached or failed, 130 interrupted.
`;

/** Either what was asked for, or that help was. */
export type Request = { readonly help: true } | { readonly help: false; readonly options: ExportOptions };

/**
 * Reads the command line.
 * @throws UsageError when it does not make sense
 */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Request {
  const values = parse(args);
  if (values.help) return { help: true };
  if (values.out === undefined) throw new UsageError("where to? --out DIR (--help says more)");
  const format = formats.find((one) => one === (values.format ?? "ndjson"));
  if (!format) throw new UsageError(`--format must be one of ${formats.join(", ")}`);
  const key = requireKey(values.key ?? environment["API_KEY"], environment["DATA_DIR"]);
  const options = {
    ...{ out: values.out, format, key },
    url: readUrl(values.url ?? environment["CX_URL"] ?? "http://127.0.0.1:3000"),
    restart: values.restart ?? false,
    quiet: values.quiet ?? false,
    progress: values.progress ?? true,
  };
  return { help: false, options };
}

function parse(args: readonly string[]) {
  return parseCommandLine({
    args: [...args],
    allowNegative: true,
    options: {
      out: { type: "string" },
      format: { type: "string" },
      url: { type: "string" },
      key: { type: "string" },
      restart: { type: "boolean" },
      quiet: { type: "boolean" },
      progress: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  }).values;
}
