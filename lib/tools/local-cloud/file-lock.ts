import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";

/** SQLite's code for a file that another connection has locked. */
const busy = 5;

/** A lock that this process holds. */
export interface FileLock {
  release(): void;
}

/**
 * Takes an exclusive lock that belongs to this process: the operating system gives it up when the process ends,
 * however it ends, so that no lock is ever left behind. It is SQLite's own file lock, which works alike everywhere.
 * @param file made when it does not exist
 * @returns undefined when someone else holds it, in this process or in another
 * @throws when the file cannot be opened or made
 */
export function tryLock(file: string): FileLock | undefined {
  const database = new DatabaseSync(file);
  try {
    // Without a journal there is no second file to be left behind.
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === busy) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}

/** Waits until the lock is free, and takes it. Calls `onWait` once when it has to wait. */
export async function lock(file: string, onWait: () => void = () => {}): Promise<FileLock> {
  for (let attempt = 0; ; attempt++) {
    const held = tryLock(file);
    if (held !== undefined) return held;
    if (attempt === 0) onWait();
    await wait(100);
  }
}
