import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { LocalCloudError } from "../errors.ts";

/** Whether a process of this id runs. One of another user counts too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Whether a process runs that names a database file in its arguments. One that has ended, but that nobody has asked
 * about yet, has no arguments any more.
 */
export function isEngineOf(pid: number, databaseFile: string): boolean {
  return isAlive(pid) && argumentsOf(pid).includes(databaseFile);
}

/**
 * Ends an engine that a killed local cloud left behind, before a second one opens the same file. A process that has
 * got the same id in the meantime, but does not name the database file in its arguments, is left alone.
 * @throws LocalCloudError when it does not end
 */
export async function endLeftBehind(pid: number, databaseFile: string): Promise<void> {
  if (!isEngineOf(pid, databaseFile)) return;
  process.kill(pid, "SIGKILL");
  for (let attempt = 0; attempt < 100; attempt++) {
    await wait(20);
    if (!isEngineOf(pid, databaseFile)) return;
  }
  throw new LocalCloudError(
    `The engine of an earlier run (process ${pid}) does not end: end it and start again`,
  );
}

function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return listedArguments(pid);
  }
}

/** For systems without `/proc`. */
function listedArguments(pid: number): string {
  try {
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}
