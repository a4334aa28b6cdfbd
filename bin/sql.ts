import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { SqlDatabase } from "../lib/tools/sql/database.ts";
import { help, queriesIn, readOptions, type SqlOptions } from "../lib/tools/sql/options.ts";
import { printCsv, printTable } from "../lib/tools/sql/print.ts";
import { archiveFolder } from "../lib/tools/sql/views.ts";

/** `npm run sql -- "SELECT …"`: see `--help` and docs/sql.md. */

function fail(problem: unknown): void {
  process.stderr.write(`sql: ${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
}

async function run({ csv, query, file, files, dataDir }: SqlOptions): Promise<void> {
  const folder = files ?? archiveFolder(resolve(dataDir));
  if (folder === undefined) {
    throw new Error(`there is no archive in ${resolve(dataDir)}: start the local cloud, and let a day close`);
  }
  const database = await SqlDatabase.open(resolve(folder));
  const print = async (text: string) => {
    const answer = await database.ask(text);
    process.stdout.write(csv ? printCsv(answer) : printTable(answer));
  };
  try {
    if (query !== undefined || file !== undefined) {
      for (const one of queriesIn(query ?? readFileSync(file ?? "", "utf8"))) await print(one);
    } else await converse(print);
  } finally {
    database.close();
  }
}

/** Takes queries from the keyboard, or from what is piped in. */
async function converse(print: (query: string) => Promise<void>): Promise<void> {
  const { stdin: input, stdout: output } = process;
  const lines = createInterface({ input, output, prompt: "sql> ", terminal: input.isTTY });
  let text = "";
  if (input.isTTY) lines.prompt();
  for await (const line of lines) {
    text += `${line}\n`;
    if (line.trimEnd().endsWith(";")) {
      for (const query of queriesIn(text)) await print(query).catch(fail);
      text = "";
    }
    if (input.isTTY) lines.prompt();
  }
  for (const query of queriesIn(text)) await print(query).catch(fail);
}

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) process.stdout.write(help);
  else await run(options);
} catch (error) {
  fail(error);
}
