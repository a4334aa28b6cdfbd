import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import type { EngineProgram } from "./engine/find-engine.ts";
import { LocalCloudError, messageOf } from "./errors.ts";
import { type FileLock, tryLock } from "./file-lock.ts";

/** The process that uses the folder: written at its start, read by the next start. */
const runSchema = z.object({ pid: z.number(), enginePid: z.number().optional() });

/** Says that there is data, and which engine wrote it. */
const dataSchema = z.object({ engine: z.enum(["embedded", "dynamodb-local"]) });

/**
 * The folder that holds all that the local cloud keeps: the engine's database, the admin key, the logs. One process
 * at a time uses it.
 */
export class DataDirectory {
  readonly path: string;
  readonly #lock: FileLock;
  #run: z.output<typeof runSchema> = { pid: process.pid };
  /** The length of the engine's write-ahead log as it was noted last. */
  #logBytes = 0;
  #log: string | undefined;
  /** The engine of the run before, if that run wrote one down and did not end it. */
  readonly enginePidBefore: number | undefined;

  private constructor(path: string, lock: FileLock) {
    this.path = path;
    this.#lock = lock;
    this.enginePidBefore = readJson(this.#file("run.json"), runSchema)?.enginePid;
    this.#write("run.json", this.#run);
  }

  /**
   * Makes the folder if need be and takes it for this process.
   * @throws LocalCloudError when it cannot be used, or when another process uses it
   */
  static open(path: string): DataDirectory {
    const absolute = resolve(path);
    try {
      mkdirSync(absolute, { recursive: true });
      accessSync(absolute, constants.R_OK | constants.W_OK | constants.X_OK);
      const lock = tryLock(join(absolute, "lock"));
      if (lock !== undefined) return new DataDirectory(absolute, lock);
    } catch (error) {
      throw new LocalCloudError(`The data folder ${absolute} cannot be used: ${messageOf(error)}`, {
        cause: error,
      });
    }
    const pid = readJson(join(absolute, "run.json"), runSchema)?.pid;
    throw new LocalCloudError(
      `The data folder ${absolute} is in use by another local cloud${pid === undefined ? "" : ` (process ${pid})`}: stop that one or set DATA_DIR`,
    );
  }

  /** Where the functions' logs go. */
  get logs(): string {
    return this.#file("logs");
  }

  /** The file that keeps the messages of the queues. */
  get queues(): string {
    return this.#file("queues.jsonl");
  }

  /** The file that keeps what was put on the event bus. */
  get events(): string {
    return this.#file("events.jsonl");
  }

  /** The file that keeps what was published to topics. */
  get messages(): string {
    return this.#file("messages.jsonl");
  }

  /** The folder of the buckets. */
  get buckets(): string {
    return this.#file("buckets");
  }

  /** The admin key that was made at the first start. */
  get adminKey(): string | undefined {
    const file = this.#file("admin-key");
    return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
  }

  keepAdminKey(key: string): void {
    const temporary = this.#file("admin-key.new");
    // A file that is there keeps the rights that it has: only a new one is sure to be closed to others.
    rmSync(temporary, { force: true });
    writeFileSync(temporary, `${key}\n`, { mode: 0o600 });
    renameSync(temporary, this.#file("admin-key"));
  }

  /** Writes down the engine's process, for a start after a `kill -9`. */
  keepEngine(pid: number): void {
    this.#run = { ...this.#run, enginePid: pid };
    this.#write("run.json", this.#run);
  }

  /**
   * Refuses a database that is gone, cut off, or another engine's: the engine would start empty without a word.
   * @returns whether there is data from before
   * @throws LocalCloudError
   */
  checkData(program: EngineProgram): boolean {
    const file = this.#file("data.json");
    if (!existsSync(file)) return false;
    const kept = readJson(file, dataSchema);
    if (kept === undefined) {
      throw new LocalCloudError(
        `The file ${file} says which engine wrote the data, and cannot be read: put it back from a copy, or remove ${this.path} to start empty`,
      );
    }
    if (kept.engine !== program.kind) {
      throw new LocalCloudError(
        `The data in ${this.path} was written by the ${kept.engine} engine, but the ${program.kind} engine is installed: install the first or set DATA_DIR`,
      );
    }
    this.#refuseCutLog(program);
    const problem = problemOf(program.databaseFile(this.path));
    if (problem === undefined) return true;
    throw new LocalCloudError(
      `The database ${program.databaseFile(this.path)} ${problem}: put it back from a copy, or remove ${this.path} to start empty`,
    );
  }

  /** Notes that there is data now, and that the engine runs on it: what was noted of the run before is over. */
  markData(program: EngineProgram): void {
    this.#write("data.json", { engine: program.kind } satisfies z.output<typeof dataSchema>);
    this.#logBytes = 0;
    this.#noteLog(program);
  }

  /**
   * Notes how long the engine's write-ahead log is, to be called before a write is acknowledged: only so can a start know that its
   * end is missing. SQLite takes a log that is cut off as one that ends there. The log grows to some 4 MB and is then written over.
   */
  noteWrite(program: EngineProgram): void {
    this.#noteLog(program);
  }

  #noteLog(program: EngineProgram): void {
    this.#log ??= logOf(program, this.path);
    const bytes = sizeOf(this.#log) ?? 0;
    if (bytes <= this.#logBytes && this.#logBytes > 0) return;
    this.#logBytes = bytes;
    writeFileSync(this.#file("log-bytes"), `${bytes}\n`);
  }

  #refuseCutLog(program: EngineProgram): void {
    const log = logOf(program, this.path);
    const noted = this.#file("log-bytes");
    const expected = existsSync(noted) ? Number(readFileSync(noted, "utf8")) : 0;
    const bytes = sizeOf(log);
    // An engine that ends in order merges its log and removes it, together with the index of it.
    const isGone = bytes === undefined && existsSync(`${program.databaseFile(this.path)}-shm`);
    if (!isGone && (bytes === undefined || bytes >= expected)) return;
    const how = isGone ? "is gone" : `is cut off (${bytes} of ${expected} bytes)`;
    throw new LocalCloudError(
      `The write-ahead log ${log} ${how}, so that facts which were acknowledged last are missing: put it back from a copy, remove ${isGone ? `${program.databaseFile(this.path)}-shm` : noted} to go on without them, or remove ${this.path} to start empty`,
    );
  }

  /** Gives the folder to the next process. */
  close(): void {
    try {
      this.#run = { pid: process.pid };
      this.#write("run.json", this.#run);
      // The engine has ended in order: there is no log any more that could be cut off.
      if (this.#log !== undefined && !existsSync(this.#log)) rmSync(this.#file("log-bytes"), { force: true });
    } finally {
      this.#lock.release();
    }
  }

  #file(name: string): string {
    return join(this.path, name);
  }

  #write(name: string, content: object): void {
    const temporary = this.#file(`${name}.new`);
    writeFileSync(temporary, `${JSON.stringify(content)}\n`);
    renameSync(temporary, this.#file(name));
  }
}

/** The file to which SQLite writes first: it is merged into the database from time to time, and when the engine ends. */
function logOf(program: EngineProgram, path: string): string {
  return `${program.databaseFile(path)}-wal`;
}

function sizeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size;
}

function readJson<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/**
 * Looks at the first page of an SQLite file: the magic words, and whether the file has all the pages that it counts
 * (SQLite's file format, sections 1.3.1 to 1.3.8). A write-ahead log that is still to be merged may add to it.
 */
function problemOf(file: string): string | undefined {
  if (!existsSync(file)) return "is gone";
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, "r");
  const length = readSync(descriptor, header, 0, header.length, 0);
  closeSync(descriptor);
  const logged = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (length === 0) return logged ? undefined : "is empty";
  if (length < header.length || header.toString("latin1", 0, 16) !== "SQLite format 3\0")
    return "is not a database";
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const expected = pageBytes * header.readUInt32BE(28);
  if (!logged && statSync(file).size < expected)
    return `is cut off (${statSync(file).size} of ${expected} bytes)`;
  return undefined;
}
