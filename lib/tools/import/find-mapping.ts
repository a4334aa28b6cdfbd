import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { checkFact } from "./check.ts";
import { compileMapping } from "./compile.ts";
import { groupRows } from "./groups.ts";
import type { ImportIo } from "./io.ts";
import type { MadeFact } from "./make.ts";
import { type LoadedMapping, loadMapping, mappingIn, parseMapping } from "./mapping.ts";
import type { ImportOptions } from "./options.ts";
import { UsageError } from "./problems.ts";
import type { Proposal } from "./recognise/proposal.ts";
import { recognise } from "./recognise/recognise.ts";
import { sampleOf } from "./recognise/sample.ts";
import { describe } from "./rejects.ts";
import { openCsv } from "./rows.ts";
import type { Row } from "./scope.ts";

/** A mapping that was found for a file. */
interface FoundMapping extends LoadedMapping {
  readonly path: string;
}

/** So many facts are shown before a person is asked. */
const shownFacts = 10;
const shownProblems = 3;
/** So many rows are tried. */
const triedRows = 200;

/**
 * Finds a mapping for a file that comes without one, shows what it would make of it, asks, and writes it beside the file.
 * @returns the mapping and where it is (a dry run writes nothing); `undefined` where the person said no
 * @throws UsageError where nothing can be told from the file, or nobody can be asked
 */
export async function findMapping(options: ImportOptions, io: ImportIo): Promise<FoundMapping | undefined> {
  const path = `${options.file}.mapping.json`;
  const say = (text: string) => options.quiet || io.out.write(`${text}\n`);
  if (existsSync(path)) {
    say(`With the mapping ${path}, which is there already (--map names another).`);
    return { ...(await loadMapping(path)), path };
  }
  const proposal = recognise(await sampleOf(options.file, stylesOf(options)));
  if (!proposal) {
    throw new UsageError(
      `cannot tell what the rows of ${options.file} are: it needs a column with times, and answers on a scale or amounts with their currency. Write a mapping and give it with --map (docs/importing.md)`,
    );
  }
  const text = `${JSON.stringify(proposal.mapping, null, 2)}\n`;
  say(headOf(proposal));
  const tried = await tryMapping(options, text, path);
  say(
    `The first facts of ${tried.rows} rows:\n  ${tried.facts.map(({ fields }) => JSON.stringify(fields)).join("\n  ")}`,
  );
  if (tried.problems.length > 0) say(`The first problems:\n  ${tried.problems.join("\n  ")}`);
  if (tried.facts.length === 0) {
    throw new UsageError(
      `the mapping makes no fact of the first rows: write one and give it with --map (docs/importing.md)`,
    );
  }
  const found = { ...mappingIn(text, path), path };
  if (options.dryRun) return found;
  if (!options.yes && !(await isAgreed(path, io))) return undefined;
  await writeFile(path, text);
  say(`\nThe mapping is in ${path}: change it there, and import again.\n`);
  return found;
}

function stylesOf({ delimiter, encoding }: ImportOptions) {
  return {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(encoding === undefined ? {} : { encoding }),
  };
}

function headOf({ tool, mapping, reasons }: Proposal): string {
  const head = tool
    ? `Recognised: ${mapping.description}`
    : "No tool is known that writes this. A mapping from what the columns look like:";
  return `${head}\n${reasons.map((reason) => `  - ${reason}`).join("\n")}\n`;
}

interface Tried {
  readonly facts: MadeFact[];
  readonly problems: string[];
  rows: number;
}

async function tryMapping(options: ImportOptions, text: string, path: string): Promise<Tried> {
  const mapping = parseMapping(text, path);
  const csv = await openCsv(options.file, { ...mapping.csv, ...stylesOf(options) });
  const tried: Tried = { facts: [], problems: [], rows: 0 };
  try {
    const compiled = compileMapping(mapping, csv.header, csv.subheaders, csv.form.delimiter);
    const rows = compiled.grouping ? groupRows(csv.rows, compiled.grouping) : csv.rows;
    for await (const row of rows) {
      tryRow(row, compiled.make(row), tried);
      if (tried.rows >= triedRows) break;
    }
  } finally {
    csv.close();
  }
  return tried;
}

function tryRow(row: Row, made: ReturnType<ReturnType<typeof compileMapping>["make"]>, tried: Tried): void {
  tried.rows += 1;
  const note = (text: string) => tried.problems.length < shownProblems && tried.problems.push(text);
  for (const problem of made.problems) note(`row ${row.number}: ${describe(problem)}`);
  for (const fact of made.facts) {
    const [error] = checkFact({ row, fact, json: "" });
    if (error) note(`row ${row.number}: ${describe({ name: fact.name, ...error })}`);
    else if (tried.facts.length < shownFacts) tried.facts.push(fact);
  }
}

/** @throws UsageError where nobody is there to be asked */
async function isAgreed(path: string, { out, stop }: ImportIo): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UsageError(
      `nobody can be asked whether this is right: say --yes, or give a mapping with --map (it would be written to ${path})`,
    );
  }
  const prompt = createInterface({ input: process.stdin, output: out });
  try {
    const answer = await prompt.question("Import the file so? [y/N] ", { signal: stop });
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    prompt.close();
  }
}
