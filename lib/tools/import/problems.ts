/** The exit codes of the import. */
export const exitCode = {
  /** Everything was answered `recorded` or `duplicate`. */
  done: 0,
  /** Some rows or facts were rejected; the rejects file has them. */
  rejected: 1,
  /** The options, the mapping, the file or the key are wrong. */
  usage: 2,
  /** The server could not be reached or failed for good. */
  server: 3,
  /** Stopped by Ctrl-C; a later run continues. */
  interrupted: 130,
} as const;

/** A problem that the person who started the import must put right: options, mapping, data file. Nothing more is sent. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The server refused the import as a whole, or failed more often than is worth trying. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  /** `exitCode.usage` where another option would help (key, URL), else `exitCode.server`. */
  readonly exit: number;

  constructor(message: string, exit: number, options?: ErrorOptions) {
    super(message, options);
    this.exit = exit;
  }
}

/** The server failed on one batch as often as it was tried: that may be the fault of one of its facts. */
export class BatchFailure extends ServerError {
  /** The server's answer. */
  readonly why: string;

  constructor(message: string, why: string) {
    super(message, exitCode.server);
    this.why = why;
  }
}

/** The import was asked to stop while it waited to try again. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Characters of a message at most: it quotes cells, and stands in a cell itself. */
const maxMessage = 500;

/** One cell or row cannot become what the mapping says. The message is for the rejects file. */
export class RowProblem extends Error {
  override readonly name = "RowProblem";

  constructor(message: string, options?: ErrorOptions) {
    super(message.length > maxMessage ? `${message.slice(0, maxMessage).toWellFormed()}…` : message, options);
  }
}
