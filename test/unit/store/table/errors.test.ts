import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import {
  isTransient,
  isUnavailable,
  isWriteConflict,
  StoreError,
} from "../../../../lib/store/table/errors.ts";

const about = { message: "refused", $metadata: {} };
const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({ ...about, CancellationReasons: codes.map((Code) => ({ Code })) });

describe("an error of the table", () => {
  it.each([
    ["a single write that meets a transaction", new TransactionConflictException(about), true, true],
    ["a condition that does not hold", new ConditionalCheckFailedException(about), true, false],
    ["a transaction that meets another", cancelled("None", "TransactionConflict"), true, true],
    ["a transaction of which a condition does not hold", cancelled("ConditionalCheckFailed"), true, false],
    [
      "a transaction of which a condition does not hold and that meets another",
      cancelled("ConditionalCheckFailed", "TransactionConflict"),
      true,
      false,
    ],
    ["a transaction that is throttled", cancelled("ThrottlingError", "None"), false, true],
    ["a transaction beyond what is provisioned", cancelled("ProvisionedThroughputExceeded"), false, true],
    ["a transaction that is wrong", cancelled("ValidationError", "None"), false, false],
    ["a transaction that fails without a reason", new TransactionCanceledException(about), false, false],
    ["an error of our own", new TypeError("x is not a function"), false, false],
    ["what is no error", "refused", false, false],
  ])("%s: overtaken and worth trying again are told apart", (_name, error, overtaken, transient) => {
    expect([isWriteConflict(error), isTransient(error), isUnavailable(error)]).toEqual([
      overtaken,
      transient,
      transient,
    ]);
  });

  it("says that the store is unavailable only where trying again may help", () => {
    expect(isUnavailable(new StoreError("unavailable", "later"))).toBe(true);
    expect(isUnavailable(new StoreError("too-many-facts", "fewer days"))).toBe(false);
    expect(isTransient(Object.assign(new Error("gone"), { code: "ECONNRESET" }))).toBe(true);
    expect(isTransient(Object.assign(new Error("broken"), { $metadata: { httpStatusCode: 500 } }))).toBe(
      true,
    );
    expect(isTransient(Object.assign(new Error("wrong"), { $metadata: { httpStatusCode: 400 } }))).toBe(
      false,
    );
  });
});
