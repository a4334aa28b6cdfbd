import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";

/** Errors of the store, with a code that tells what a caller can do. */

/** Why the store could not do what was asked. */
export type StoreErrorCode =
  /** The store did not answer in time, throttled, or failed: trying again is safe and may help. */
  | "unavailable"
  /** The question would look at more facts or customers than one request may. */
  | "too-many-facts"
  /** What the question looks at could not be read in the time of a request: fewer days help, and so may a quieter moment. */
  | "too-slow"
  /** The data has a form that this code does not know: another version of the service has to be deployed. */
  | "other-schema"
  /** A workspace has as many API keys as it may have. */
  | "too-many-keys"
  /** The question would cost more read units than one request may spend. */
  | "over-budget";

/** An error of the store. Its message names no ids and no contents. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** What was read does not fit together yet, since an index is a moment behind, or another writer was faster: reading it again helps. */
export class NotYetShown extends Error {
  override readonly name = "NotYetShown";
}

const transientNames = new Set([
  "InternalServerError",
  "ItemCollectionSizeLimitExceededException",
  "LimitExceededException",
  "NotYetShown",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "ThrottlingException",
  "TimeoutError",
  "TransactionConflictException",
  "TransactionInProgressException",
]);

const transientCodes = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

/** Why an action of a transaction was not done although nothing is wrong with it. */
const transientReasons = new Set([
  "None",
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
]);

/**
 * Whether a conditional write, by itself or in a transaction, was refused because another writer was faster: its condition
 * does not hold any more, or the other one is writing the item at this moment. DynamoDB refuses a single write to an item of a
 * transaction that is under way, and the SDK does not repeat it.
 */
export function isWriteConflict(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some(
      ({ Code }) => Code === "ConditionalCheckFailed" || Code === "TransactionConflict",
    );
  }
  return error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
}

/** Whether an error of the SDK may pass by itself: throttling, a conflict, a fault of the service, a broken connection. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TransactionCanceledException) {
    const reasons = error.CancellationReasons ?? [];
    return reasons.length > 0 && reasons.every(({ Code }) => transientReasons.has(Code ?? ""));
  }
  if (transientNames.has(error.name)) return true;
  if ("code" in error && typeof error.code === "string" && transientCodes.has(error.code)) return true;
  const metadata: unknown = "$metadata" in error ? error.$metadata : undefined;
  const status =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
      ? Number(metadata.httpStatusCode)
      : 0;
  return status >= 500 || error.message.includes("socket hang up");
}

/** Whether an error says that the store is unavailable for now, so that the request can be sent again. */
export function isUnavailable(error: unknown): boolean {
  return (error instanceof StoreError && error.code === "unavailable") || isTransient(error);
}

const tooMuch: ReadonlySet<StoreErrorCode> = new Set(["too-many-facts", "too-slow", "over-budget"]);

/** Whether an error says that what was asked takes more than one request can do. */
export function isTooMuch(error: unknown): boolean {
  return error instanceof StoreError && tooMuch.has(error.code);
}

/** The error of a request that would have to look at too much. */
export function tooMany(what: string): StoreError {
  return new StoreError("too-many-facts", `counting again would have to look at ${what}`);
}

/** The error of a request that has run out of time. */
export function tooSlow(what: string): StoreError {
  return new StoreError("too-slow", `a request would have to look at ${what}`);
}

/** An error as whoever writes says it: a write that has run out of time may be sent again. */
export function asOfWrite(error: unknown): unknown {
  if (!(error instanceof StoreError) || error.code !== "too-slow") return error;
  return new StoreError("unavailable", "there was not enough time", error);
}
