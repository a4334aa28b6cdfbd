import type { Condition } from "./mapping-schema.ts";
import { readNumber } from "./numbers.ts";
import { RowProblem } from "./problems.ts";
import type { Row, Scope } from "./scope.ts";

/** Whether a row meets a condition. Throws RowProblem when a number is asked for and the cell has none. */
export type Test = (row: Row) => boolean;

/** Prepares a list of conditions that must all hold. An empty list always holds. */
export function compileConditions(conditions: readonly Condition[], scope: Scope, place: string): Test {
  const tests = conditions.map((condition) => compileCondition(condition, scope, place));
  return (row) => tests.every((test) => test(row));
}

function compileCondition(condition: Condition, scope: Scope, place: string): Test {
  if ("any" in condition) {
    const tests = condition.any.map((inner) => compileCondition(inner, scope, place));
    return (row) => tests.some((test) => test(row));
  }
  if ("all" in condition) return compileConditions(condition.all, scope, place);
  return compileComparison(condition, scope, place);
}

type Comparison = Extract<Condition, { column: string }>;

function compileComparison(condition: Comparison, scope: Scope, place: string): Test {
  const { column, above, atLeast, below, atMost, blank } = condition;
  const read = scope.column(column, place);
  const is = texts(condition.is);
  const isNot = texts(condition.isNot);
  const numeric = [above, atLeast, below, atMost].some((bound) => bound !== undefined);
  return (row) => {
    const cell = read(row);
    if (blank !== undefined && blank !== (cell === undefined)) return false;
    if (is && (cell === undefined || !is.has(cell))) return false;
    if (isNot && cell !== undefined && isNot.has(cell)) return false;
    if (!numeric) return true;
    if (cell === undefined) return false;
    const number = numberIn(cell, scope, column);
    return (
      (above === undefined || number > above) &&
      (atLeast === undefined || number >= atLeast) &&
      (below === undefined || number < below) &&
      (atMost === undefined || number <= atMost)
    );
  };
}

function texts(given: Comparison["is"]): ReadonlySet<string> | undefined {
  if (given === undefined) return undefined;
  return new Set((Array.isArray(given) ? given : [given]).map(String));
}

function numberIn(cell: string, scope: Scope, column: string): number {
  try {
    return readNumber(cell, scope.numbers);
  } catch (error) {
    if (error instanceof RowProblem)
      throw new RowProblem(`column ${column}: ${error.message}`, { cause: error });
    throw error;
  }
}
