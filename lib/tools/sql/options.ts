import { parseArgs } from "node:util";

/** The command line of `npm run sql`. */

/** The options of the command line. */
export interface SqlOptions {
  /** The local cloud's data folder. */
  readonly dataDir: string;
  /** The folder of the files, in place of the one in the data folder. */
  readonly files: string | undefined;
  readonly query: string | undefined;
  /** A file that holds queries. */
  readonly file: string | undefined;
  readonly csv: boolean;
  readonly help: boolean;
}

/** The text of `--help`. */
export const help = `Asks the archive of closed days in SQL, with DuckDB.

  npm run sql -- "SELECT …" [options]
  npm run sql                       asks for queries, each ended with a semicolon

  --csv                CSV in place of a table
  --file FILE          runs the queries of a file
  --files FOLDER       the files are there          (default: the bucket in DATA_DIR)
  --help               print this

The tables and their columns are in docs/archive.md, examples in docs/sql.md. Days are in
the archive once they are over: the hourly run writes them.
`;

/** @throws TypeError when it does not make sense */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): SqlOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      csv: { type: "boolean", default: false },
      file: { type: "string" },
      files: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (positionals.length > 1) throw new TypeError('a query is one argument: put it in quotes, "SELECT …"');
  const [query] = positionals;
  if (query !== undefined && values.file !== undefined) throw new TypeError("either a query or --file");
  const { csv, file, files, help: isHelp } = values;
  return { dataDir: environment["DATA_DIR"] || ".local", files, query, file, csv, help: isHelp };
}

/** The queries of a text, without comments of whole lines: each ends with a semicolon, the last one perhaps without. */
export function queriesIn(text: string): string[] {
  const lines = text.split("\n").filter((line) => !line.trimStart().startsWith("--"));
  return lines
    .join("\n")
    .split(/;\s*(?:\n|$)/)
    .map((query) => query.trim())
    .filter((query) => query !== "");
}
