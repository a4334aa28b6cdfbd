import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./problems.ts";

/** The key with which a command speaks to the API. */

/** Where the local cloud keeps its admin key. */
function keyFile(dataDir: string | undefined): string {
  return join(dataDir || ".local", "admin-key");
}

/**
 * The key that was given, or the one that the local cloud keeps.
 * @param dataDir the environment's DATA_DIR
 * @returns `undefined` where there is none
 * @throws UsageError when it is no key; its message does not show it
 */
export function findKey(given: string | undefined, dataDir: string | undefined): string | undefined {
  const key = given || readIfThere(keyFile(dataDir));
  if (key === undefined || key === "") return undefined;
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new UsageError("the key has a character that no key has (a space, an accent, a line end)");
  }
  return key;
}

/** The message where there is no key. */
export function noKey(dataDir: string | undefined): string {
  return `no key: run \`npm start\` first, which makes one in ${keyFile(dataDir)}, or give API_KEY or --key`;
}

/**
 * The key that was given, or the one that the local cloud keeps.
 * @param dataDir the environment's DATA_DIR
 * @throws UsageError when there is none, or it is no key
 */
export function requireKey(given: string | undefined, dataDir: string | undefined): string {
  const key = findKey(given, dataDir);
  if (key === undefined) throw new UsageError(noKey(dataDir));
  return key;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined;
  }
}
