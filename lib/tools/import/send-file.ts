import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { askForArchive } from "./archive.ts";
import { checkMapping } from "./check.ts";
import type { Chunk } from "./chunks.ts";
import type { CsvForm } from "./csv-form.ts";
import type { ImportIo } from "./io.ts";
import type { ImportOptions } from "./options.ts";
import { exitCode, ServerError, Stopped } from "./problems.ts";
import { noProgress, type Progress, showProgress } from "./progress.ts";
import { openRejects } from "./rejects.ts";
import { ReplacingSender, readFact } from "./replacements.ts";
import { defaultRetries } from "./retries.ts";
import { ApartSender } from "./send-apart.ts";
import { createSender } from "./sender.ts";
import { findState, type Identity, type ImportState } from "./state.ts";
import { removeStateFile } from "./state-file.ts";
import { exact, summarize } from "./summary.ts";
import { answered, emptyTally, type Tally } from "./tally.ts";
import { transfer } from "./transfer.ts";

/** API Gateway answers within 30 seconds; what takes longer got lost. */
const timeoutMilliseconds = 40_000;

/** A data file that is ready to be sent. */
export interface ReadyFile {
  readonly options: ImportOptions;
  /** The rows of its header. */
  readonly headers: readonly (readonly string[])[];
  /** How the file is written: its rejects are written alike. */
  readonly form: CsvForm;
  /** The facts' names, in the mapping's order. */
  readonly names: readonly string[];
  /** Its rows after a row's number, in chunks. */
  readonly chunks: (lastRow: number) => AsyncIterable<Chunk>;
  readonly identity: Identity;
}

/** One run over a file, from its first or from an interrupted run's last row. */
interface Run {
  readonly statePath: string;
  readonly rejectsPath: string;
  readonly earlier: ImportState | undefined;
  readonly tally: Tally;
  /** Facts that were answered before this run. */
  readonly before: number;
  /** `performance.now()` at its start. */
  readonly started: number;
}

/**
 * Sends a file's facts, continuing an interrupted run.
 * @returns the exit code
 * @throws UsageError, ServerError
 */
export async function sendFile(file: ReadyFile, io: ImportIo): Promise<number> {
  const run = await beginRun(file, io);
  const failure = await sendChunks(file, run, io);
  const stopped = failure instanceof Stopped || (failure === undefined && io.stop.aborted);
  if (failure !== undefined && !stopped) throw withAdvice(failure, run.tally);
  if (!stopped) await removeStateFile(run.statePath);
  const { tally, earlier, rejectsPath } = run;
  if (!file.options.quiet || tally.rejectedRows > 0) {
    const now = { tally, elapsedSeconds: elapsed(run), answeredNow: answeredNow(run), rejectsPath };
    const summary = summarize(earlier ? { ...now, continuedAfter: earlier.lastRow } : now);
    io.out.write(`${summary}\n`);
  }
  if (stopped) {
    const where = `state: ${run.statePath}`;
    io.err.write(
      `Interrupted after row ${exact(tally.rows + 1)}: the same command goes on there (${where}).\n`,
    );
    return exitCode.interrupted;
  }
  const { archive, url, key = "", quiet } = file.options;
  const archiving = archive ? await askForArchive(url, key) : undefined;
  if (archiving && !archiving.isAsked) io.err.write(`${archiving.message}\n`);
  else if (archiving && !quiet) io.out.write(`\n${archiving.message}\n`);
  return tally.rejectedRows > 0 ? exitCode.rejected : exitCode.done;
}

async function beginRun(file: ReadyFile, { err }: ImportIo): Promise<Run> {
  const { options, identity, names } = file;
  const statePath = options.state ?? (await placeBeside(options.file, ".import-state.json"));
  const rejectsPath = resolve(options.rejects ?? (await placeBeside(options.file, ".rejects.csv")));
  const found = options.restart ? {} : await findState(statePath, identity, rejectsPath);
  const earlier = "state" in found ? found.state : undefined;
  const said = earlier
    ? `Continuing after row ${exact(earlier.lastRow)} (--restart begins again).`
    : "why" in found &&
      `Starting from the beginning: ${found.why}. What is stored already is not counted twice.`;
  if (said && !options.quiet) err.write(`${said}\n`);
  const tally = earlier?.tally ?? emptyTally(names);
  return { statePath, rejectsPath, earlier, tally, before: answered(tally), started: performance.now() };
}

async function sendChunks(file: ReadyFile, run: Run, { err, stop }: ImportIo): Promise<unknown> {
  const { options, identity, headers, form } = file;
  const { rejectsPath, statePath, tally, earlier } = run;
  const rejects = await openRejects(rejectsPath, headers, form, earlier?.rejects.bytes ?? 0);
  const silent = options.quiet || !options.progress;
  const progress: Progress = silent ? noProgress : showProgress(err, identity.size);
  const { url, key = "" } = options;
  const apart = new ApartSender(
    createSender({
      ...{ url, key, timeoutMilliseconds },
      retry: defaultRetries,
      onRetry: (why, wait) => progress.note(`${why}: trying again in ${(wait / 1000).toFixed(1)} s`),
    }),
  );
  const sender = new ReplacingSender(apart, (to, id) => readFact(url, key, to, id));
  const onCommit = ({ position }: Chunk) =>
    progress.update(position, tally, answeredNow(run) / Math.max(elapsed(run), 0.001));
  try {
    const chunks = checked(file.chunks(earlier?.lastRow ?? 0));
    const { concurrency } = options;
    await transfer(chunks, {
      sender,
      concurrency,
      stop,
      rejects,
      rejectsPath,
      statePath,
      identity,
      tally,
      onCommit,
    });
    return undefined;
  } catch (error) {
    return error;
  } finally {
    progress.stop();
    await rejects.close();
  }
}

function elapsed({ started }: Run): number {
  return (performance.now() - started) / 1000;
}

function answeredNow({ tally, before }: Run): number {
  return answered(tally) - before;
}

async function* checked(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk, undefined> {
  let first = true;
  for await (const chunk of chunks) {
    if (first) checkMapping(chunk);
    first = false;
    yield chunk;
  }
}

function withAdvice(failure: unknown, tally: Tally): unknown {
  if (!(failure instanceof ServerError) || answered(tally) === 0) return failure;
  const advice = `${exact(answered(tally))} facts are answered for; the same command goes on after them`;
  return new ServerError(`${failure.message}\n${advice}`, failure.exit, { cause: failure });
}

/** A file beside the data; in the working folder when the data's folder cannot be written to. */
async function placeBeside(file: string, ending: string): Promise<string> {
  try {
    await access(dirname(resolve(file)), constants.W_OK);
    return `${file}${ending}`;
  } catch {
    return `${basename(file)}${ending}`;
  }
}
