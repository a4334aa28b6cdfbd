import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * A hash of everything that a synthesis depends on: names and contents of files, and the Node version.
 * @param directory the project's folder
 * @param sources files and folders in it; what does not exist counts as absent, so that adding it changes the hash
 * @param ignored folders (by their path from the project's folder) that the synthesis does not read
 */
export function hashSources(
  directory: string,
  sources: readonly string[],
  ignored: readonly string[] = [],
): string {
  const hash = createHash("sha256").update(process.version);
  const add = (path: string): void => {
    if (ignored.includes(path)) return;
    const absolute = join(directory, path);
    const stat = statSync(absolute, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const name of readdirSync(absolute).sort()) add(`${path}/${name}`);
    } else if (stat?.isFile()) {
      hash.update(`\0${path}\0${stat.size}\0`).update(readFileSync(absolute));
    }
  };
  for (const source of sources) add(source);
  return hash.digest("hex").slice(0, 32);
}
