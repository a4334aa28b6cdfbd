import { rename, rm, writeFile } from "node:fs/promises";

/** The file in which a command notes how far it has come. */

/** Writes a state, whole or not at all: a crash in between leaves the earlier one. */
export async function writeStateFile(path: string, state: object): Promise<void> {
  const draft = draftOf(path);
  await writeFile(draft, `${JSON.stringify(state)}\n`);
  await rename(draft, path);
}

/** Removes the state of a command that is done. */
export async function removeStateFile(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(draftOf(path), { force: true });
}

function draftOf(path: string): string {
  return `${path}.part`;
}
