import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import type { FieldError } from "../../../domain/facts/field-error.ts";
import type { Parsed, Submission } from "../../../domain/facts/parse.ts";
import type { Outcome } from "../../../store/ledger/ledger.ts";
import { isTransient, StoreError } from "../../../store/table/errors.ts";
import { HttpProblem } from "../../pipeline/problem.ts";

/** One fact on which the code throws is refused by itself: it is no reason for the other facts of its batch to fail. */

/** The error of such a fact. */
export const failedFact: readonly FieldError[] = [
  { pointer: "", detail: "makes the server fail, and would again: change it, or report it to the operator" },
];

/** Hears of an error that one fact caused. */
export type OnFailure = (error: unknown) => void;

/** A parser that answers what it throws on as invalid. */
export function parseApart(parse: (input: unknown) => Parsed, onFailure: OnFailure): typeof parse {
  return (input) => {
    try {
      return parse(input);
    } catch (error) {
      onFailure(error);
      return { ok: false, id: undefined, errors: failedFact };
    }
  };
}

/**
 * Records facts. Where that fails by what one of them says, halves them until it is found. What an earlier try has recorded
 * is a duplicate for the next one.
 * @param record records some facts, all or as far as it comes; in the order of the submissions
 * @returns the outcomes in the order of the submissions; `failed` for each fact that fails alone
 * @throws what the store fails with, or the request as a whole
 */
export async function recordApart(
  record: (submissions: readonly Submission[]) => Promise<readonly Outcome[]>,
  submissions: readonly Submission[],
  onFailure: OnFailure,
): Promise<readonly (Outcome | "failed")[]> {
  try {
    return await record(submissions);
  } catch (error) {
    if (submissions.length === 0 || !canBeOfOneFact(error)) throw error;
    if (submissions.length === 1) {
      onFailure(error);
      return ["failed"];
    }
    const half = Math.ceil(submissions.length / 2);
    const first = await recordApart(record, submissions.slice(0, half), onFailure);
    return [...first, ...(await recordApart(record, submissions.slice(half), onFailure))];
  }
}

/** The errors that code throws on a value that it was not made for. */
const errorsOfCode = new Set(["Error", "RangeError", "ReferenceError", "SyntaxError", "TypeError"]);

/** Whether an error may come from what one fact says, and not from the store or the machine. */
function canBeOfOneFact(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof HttpProblem || error instanceof StoreError) return false;
  if (isTransient(error)) return false;
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some(({ Code }) => Code === "ValidationError");
  }
  // The store finds something wrong with the request's contents; whatever else it says is of all facts.
  if (error.name === "ValidationException") return true;
  if ("$metadata" in error || !errorsOfCode.has(error.name)) return false;
  // Sockets and files have codes of the system; Node's own complaints of values begin with ERR_.
  return !("code" in error) || String(error.code).startsWith("ERR_");
}
