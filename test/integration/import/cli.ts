import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";

const program = fileURLToPath(new URL("../../../bin/import.ts", import.meta.url));

/** What a run of the program left. */
export interface Finished {
  /** The exit code; `null` when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A run of the program. */
export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts the program as a person would. */
export function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const { API_KEY: _key, CX_URL: _url, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...inherited, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  const finished = new Promise<Finished>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, out, err }));
  });
  return { child, finished };
}

/** A folder with a data file and a mapping, for one test. */
export interface Workplace {
  readonly folder: string;
  readonly data: string;
  readonly map: string;
  readonly state: string;
  readonly rejects: string;
  remove(): Promise<void>;
}

/** Makes a folder with a data file and a mapping. */
export async function makeWorkplace(
  csv: string | Buffer,
  mapping: object = answersMapping,
): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), "import-"));
  const data = join(folder, "answers.csv");
  const map = join(folder, "mapping.json");
  await writeFile(data, csv);
  await writeFile(map, JSON.stringify(mapping));
  return {
    ...{ folder, data, map },
    state: `${data}.import-state.json`,
    rejects: `${data}.rejects.csv`,
    remove: () => rm(folder, { recursive: true }),
  };
}

/** NPS answers with an id, a score and a comment. */
export const answersMapping = {
  facts: [
    {
      to: "responses",
      when: { column: "score", blank: false },
      fields: {
        survey: "nps",
        id: "a-{id}",
        occurredAt: { spread: { from: "2024-04-01", days: 30 }, at: "12:00", zone: "UTC" },
        score: { number: "{score}" },
        comment: "{comment}",
      },
    },
  ],
};

/** A data file for {@link answersMapping}: rows with the scores 0 to 10 in turn, or what `change` makes of them. */
export function answersCsv(
  rows: number,
  change: (row: string[], index: number) => string[] = (row) => row,
): string {
  const lines = Array.from({ length: rows }, (_, index) =>
    change([String(index), String(index % 11), `comment ${index}`], index).join(","),
  );
  return ["id,score,comment", ...lines, ""].join("\n");
}

/** Reads a CSV file as records by column. */
export async function readCsv(path: string): Promise<Record<string, string>[]> {
  return parse(await readFile(path), { columns: true });
}
