import { hash } from "node:crypto";
import { type Chunk, type ChunkLimits, chunksOf } from "./chunks.ts";
import { type CompiledMapping, compileMapping } from "./compile.ts";
import { dryRun } from "./dry-run.ts";
import { findMapping } from "./find-mapping.ts";
import { groupRows } from "./groups.ts";
import type { ImportIo } from "./io.ts";
import { loadMapping } from "./mapping.ts";
import type { Mapping } from "./mapping-schema.ts";
import type { ImportOptions } from "./options.ts";
import { exitCode, UsageError } from "./problems.ts";
import { type CsvFile, openCsv } from "./rows.ts";
import { sendFile } from "./send-file.ts";
import { identify } from "./state.ts";

/** The API takes bodies of up to 1 MB. */
const maxBytes = 1_000_000;

/**
 * Runs an import from the reading of the mapping to the summary.
 * @returns the exit code
 * @throws UsageError and ServerError, whose messages are for the person; the state is written by then.
 */
export async function runImport(options: ImportOptions, io: ImportIo): Promise<number> {
  const found = options.map === undefined ? await findMapping(options, io) : undefined;
  if (options.map === undefined && found === undefined) return exitCode.done;
  const map = options.map ?? found?.path ?? "";
  const { mapping, hash: mappingHash } = found ?? (await loadMapping(map));
  const csv = await openCsv(options.file, {
    ...mapping.csv,
    ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter }),
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
  });
  try {
    const compiled = compile(mapping, csv, map);
    const limits = { facts: options.batch, bytes: maxBytes };
    const chunks = (after: number) => chunksAfter(after, csv, compiled, limits);
    const { names } = compiled;
    if (options.dryRun) return await dryRun(chunks(0), names, (text) => io.out.write(`${text}\n`));
    const { delimiter, encoding } = csv.form;
    const settings = hash("sha256", `${mappingHash} ${delimiter} ${encoding}`, "hex");
    const identity = await identify(options.file, settings, `${options.url}\n${options.key}`);
    const headers = [csv.header, ...csv.subheaders];
    return await sendFile({ options, headers, form: csv.form, names, chunks, identity }, io);
  } finally {
    csv.close();
  }
}

function compile(mapping: Mapping, csv: CsvFile, name: string): CompiledMapping {
  try {
    return compileMapping(mapping, csv.header, csv.subheaders, csv.form.delimiter);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

function chunksAfter(
  lastRow: number,
  csv: CsvFile,
  compiled: CompiledMapping,
  limits: ChunkLimits,
): AsyncIterable<Chunk> {
  const rows = compiled.grouping ? groupRows(csv.rows, compiled.grouping) : csv.rows;
  return chunksOf(rows, compiled, limits, csv.position, lastRow);
}
