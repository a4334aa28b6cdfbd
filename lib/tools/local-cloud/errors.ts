/**
 * Something that the person who starts the local cloud has to put right: a taken port, a missing engine, a broken
 * data folder, a template that asks for what is not emulated. The message is one line and says what to do.
 */
export class LocalCloudError extends Error {
  override readonly name = "LocalCloudError";
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's error code (`EADDRINUSE`, `ENOENT` …) of anything that was thrown, if it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
