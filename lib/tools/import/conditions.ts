import type { Bounds, Condition, Value } from "./mapping-values.ts";
import { readNumber } from "./numbers.ts";
import { RowProblem } from "./problems.ts";
import type { Row, Scope } from "./scope.ts";

/** Whether a row meets a condition. Throws RowProblem when a number is asked for and the cell has none. */
export type Test = (row: Row) => boolean;

/** Prepares a value that a condition is about. */
export type CompileValue = (value: Value, scope: Scope, place: string) => (row: Row) => unknown;

/**
 * Prepares a list of conditions that must all hold. An empty list always holds.
 * @param compileValue given, since values contain conditions in turn
 */
export function compileConditions(
  conditions: readonly Condition[],
  scope: Scope,
  place: string,
  compileValue: CompileValue,
): Test {
  const tests = conditions.map((condition) => compileCondition(condition, scope, place, compileValue));
  return (row) => tests.every((test) => test(row));
}

function compileCondition(
  condition: Condition,
  scope: Scope,
  place: string,
  compileValue: CompileValue,
): Test {
  if ("any" in condition) {
    const tests = condition.any.map((inner) => compileCondition(inner, scope, place, compileValue));
    return (row) => tests.some((test) => test(row));
  }
  if ("all" in condition) return compileConditions(condition.all, scope, place, compileValue);
  if ("column" in condition) {
    const { column } = condition;
    return compileBounds(condition, scope.column(column, place), scope, `column ${column}`);
  }
  const read = compileValue(condition.value, scope, `${place}.value`);
  return compileBounds(condition, read, scope, "value");
}

function compileBounds(condition: Bounds, read: (row: Row) => unknown, scope: Scope, name: string): Test {
  const { above, atLeast, below, atMost, blank } = condition;
  const is = texts(condition.is);
  const isNot = texts(condition.isNot);
  const numeric = [above, atLeast, below, atMost].some((bound) => bound !== undefined);
  return (row) => {
    const made = read(row);
    const cell = made === undefined ? undefined : String(made);
    if (blank !== undefined && blank !== (cell === undefined)) return false;
    if (is && (cell === undefined || !is.has(cell))) return false;
    if (isNot && cell !== undefined && isNot.has(cell)) return false;
    if (!numeric) return true;
    if (cell === undefined) return false;
    const number = typeof made === "number" ? made : numberIn(cell, scope, name);
    return (
      (above === undefined || number > above) &&
      (atLeast === undefined || number >= atLeast) &&
      (below === undefined || number < below) &&
      (atMost === undefined || number <= atMost)
    );
  };
}

function texts(given: Bounds["is"]): ReadonlySet<string> | undefined {
  if (given === undefined) return undefined;
  return new Set((Array.isArray(given) ? given : [given]).map(String));
}

function numberIn(cell: string, scope: Scope, name: string): number {
  try {
    return readNumber(cell, scope.numbers);
  } catch (error) {
    if (error instanceof RowProblem) throw new RowProblem(`${name}: ${error.message}`, { cause: error });
    throw error;
  }
}
