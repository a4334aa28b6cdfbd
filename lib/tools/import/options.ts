import { parseCommandLine } from "./command-line.ts";
import { type Encoding, encodingNamed, encodingNames } from "./encodings.ts";
import { findKey, noKey } from "./key-file.ts";
import { UsageError } from "./problems.ts";

/** The options of the command line. */
export interface ImportOptions {
  readonly file: string;
  /** `undefined` where the file is to be recognised. */
  readonly map: string | undefined;
  /** Whether a mapping that is found is used without asking. */
  readonly yes: boolean;
  /** The API's base URL, without a slash at the end. */
  readonly url: string;
  readonly key: string | undefined;
  readonly dryRun: boolean;
  /** Facts in a request, 1 to 500. */
  readonly batch: number;
  /** Requests at the same time, 1 to 16. */
  readonly concurrency: number;
  readonly delimiter: string | undefined;
  readonly encoding: Encoding | undefined;
  readonly rejects: string | undefined;
  readonly state: string | undefined;
  readonly restart: boolean;
  /** Whether closed days are to be archived as soon as everything is stored. */
  readonly archive: boolean;
  readonly quiet: boolean;
  readonly progress: boolean;
}

/** The text of `--help`. */
export const help = `Sends the rows of a CSV file as facts to cx-metrics.

  npm run import -- FILE [--map MAPPING] [options]

  FILE                 a CSV file with a header row
  --map MAPPING        a JSON file that says which columns become which facts;
                       examples are in examples/, the reference is docs/importing.md.
                       Without it the export is recognised, or a mapping is proposed from
                       what the columns look like; it shows ten facts, asks, and writes
                       the mapping to FILE.mapping.json
  --yes                do not ask

Start with --dry-run: it reads everything, shows the first facts and sends nothing.

  --dry-run            check the mapping and the whole file, send nothing
  --url URL            where the API is          (or CX_URL; default http://127.0.0.1:3000)
  --key KEY            a key that may send facts (or API_KEY, which keeps it out of the
                       shell's history; default: what .local/admin-key says)
  --delimiter SIGN     what parts the columns, for example ";" or "\\t"
                       (default: what the file's first lines show)
  --encoding NAME      for example windows-1252, latin1, utf-16le  (default: UTF-8,
                       or what the file's first bytes show)
  --rejects FILE       where rejected rows go    (default FILE.rejects.csv)
  --state FILE         where progress is noted   (default FILE.import-state.json)
  --restart            begin again, whatever an interrupted run has noted
  --archive            then archive closed days at once, instead of with the next
                       hourly run (needs a key that may administer)
  --batch N            facts in a request        (1 to 500; default 500)
  --concurrency N      requests at a time        (1 to 16; default 1)
  --no-progress        no progress bar
  --quiet              print problems only
  --help               print this

It is safe to run again, also when the file has grown: the same row makes the same id,
and the server counts an id once. After Ctrl-C, a crash or a failure the same command goes on where it stopped.

Exit code: 0 all facts are stored, 1 some rows were rejected, 2 wrong options, mapping,
file or key, 3 the server could not be reached or failed, 130 interrupted.
`;

/** Either what was asked for, or that help was. */
export type Request = { readonly help: true } | { readonly help: false; readonly options: ImportOptions };

/**
 * Reads the command line.
 * @throws UsageError when it does not make sense.
 */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Request {
  const { values, positionals } = parse(args);
  if (values.help) return { help: true };
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError("which FILE? (--help says more)");
  if (more.length > 0) throw new UsageError(`one FILE at a time, not also ${more.join(", ")}`);
  const options: ImportOptions = {
    file,
    map: values.map,
    yes: values.yes ?? false,
    url: readUrl(values.url ?? environment["CX_URL"] ?? "http://127.0.0.1:3000"),
    key: values["dry-run"]
      ? undefined
      : findKey(values.key ?? environment["API_KEY"], environment["DATA_DIR"]),
    dryRun: values["dry-run"] ?? false,
    batch: readCount(values.batch ?? "500", "--batch", 500),
    concurrency: readCount(values.concurrency ?? "1", "--concurrency", 16),
    delimiter: readDelimiter(values.delimiter),
    encoding: readEncoding(values.encoding),
    rejects: values.rejects,
    state: values.state,
    restart: values.restart ?? false,
    archive: values.archive ?? false,
    quiet: values.quiet ?? false,
    progress: values.progress ?? true,
  };
  if (!options.dryRun && options.key === undefined) {
    throw new UsageError(`${noKey(environment["DATA_DIR"])} (--dry-run needs none)`);
  }
  return { help: false, options };
}

function parse(args: readonly string[]) {
  return parseCommandLine({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      map: { type: "string" },
      yes: { type: "boolean", short: "y" },
      url: { type: "string" },
      key: { type: "string" },
      "dry-run": { type: "boolean" },
      batch: { type: "string" },
      concurrency: { type: "string" },
      delimiter: { type: "string" },
      encoding: { type: "string" },
      rejects: { type: "string" },
      state: { type: "string" },
      restart: { type: "boolean" },
      archive: { type: "boolean" },
      quiet: { type: "boolean" },
      progress: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
}

/**
 * The base URL of the API.
 * @throws UsageError
 */
export function readUrl(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new UsageError(`--url must be a URL such as http://127.0.0.1:3000, not ${text}`);
  }
  return url.href.replace(/\/+$/, "");
}

/**
 * A whole number from 1.
 * @throws UsageError
 */
export function readCount(text: string, option: string, most: number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new UsageError(`${option} must be a whole number from 1 to ${most}, not ${text}`);
  }
  return count;
}

function readDelimiter(text: string | undefined): string | undefined {
  const sign = text === "\\t" || text === "tab" ? "\t" : text;
  if (sign !== undefined && sign.length !== 1) {
    throw new UsageError(`--delimiter must be one sign (or \\t), not ${JSON.stringify(text)}`);
  }
  return sign;
}

function readEncoding(name: string | undefined): Encoding | undefined {
  if (name === undefined) return undefined;
  const encoding = encodingNamed(name);
  if (encoding) return encoding;
  throw new UsageError(`--encoding must be one of ${encodingNames.join(", ")}, not ${name}`);
}
