import type { ProgressStream } from "./progress.ts";

/** Where an import prints, and what stops it. */
export interface ImportIo {
  readonly out: NodeJS.WritableStream;
  readonly err: ProgressStream;
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal;
}
