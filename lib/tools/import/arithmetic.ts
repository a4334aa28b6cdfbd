import type { Test } from "./conditions.ts";
import { add, divide, multiply, negate, round } from "./decimals.ts";
import type { Arithmetic, NumberStyle, Value } from "./mapping-values.ts";
import { readDecimal } from "./numbers.ts";
import { RowProblem } from "./problems.ts";
import type { Row, Scope } from "./scope.ts";

/** Makes a decimal number of a row, as text; `undefined` where it is blank. Throws RowProblem. */
export type ReadDecimal = (row: Row) => string | undefined;

/** Prepares other values and conditions: given, since these contain arithmetic in turn. */
export interface Compilers {
  value(value: Value, scope: Scope, place: string): (row: Row) => unknown;
  conditions(
    conditions: NonNullable<Extract<Arithmetic, { total: Value }>["when"]>,
    scope: Scope,
    place: string,
  ): Test;
}

/** Whether a value is arithmetic. */
export function isArithmetic(value: Value): value is Arithmetic {
  return (
    typeof value === "object" &&
    ["sum", "product", "difference", "quotient", "round", "total"].some((kind) => kind in value)
  );
}

/**
 * Prepares a part of arithmetic: a text is read as a number, exactly.
 * @param isMoney whether numbers are amounts: see readDecimal
 */
export function compileDecimal(
  value: Value,
  scope: Scope,
  place: string,
  style: NumberStyle,
  compilers: Compilers,
  isMoney = false,
): ReadDecimal {
  if (typeof value === "number") return () => String(value);
  if (isArithmetic(value)) return compileArithmetic(value, scope, place, compilers, isMoney);
  const read = compilers.value(value, scope, place);
  return (row) => {
    const made = read(row);
    return made === undefined
      ? undefined
      : readDecimal(String(made), typeof made === "number" ? {} : style, isMoney);
  };
}

/** Prepares arithmetic. It is blank where one of its parts is; a total leaves blank rows out. */
export function compileArithmetic(
  value: Arithmetic,
  scope: Scope,
  place: string,
  compilers: Compilers,
  isMoney = false,
): ReadDecimal {
  const style = styleOf(value, scope);
  const part = (inner: Value, name: string) =>
    compileDecimal(inner, scope, `${place}.${name}`, style, compilers, isMoney);
  const parts = (list: readonly Value[], name: string) =>
    list.map((inner, index) => part(inner, `${name}[${index}]`));
  if ("sum" in value) return folded(parts(value.sum, "sum"), add);
  if ("product" in value) return folded(parts(value.product, "product"), multiply);
  if ("difference" in value) {
    return folded(parts(value.difference, "difference"), (a, b) => add(a, negate(b)));
  }
  if ("quotient" in value) return folded(parts(value.quotient, "quotient"), quotient);
  if ("round" in value) {
    const read = part(value.round, "round");
    return (row) => {
      const made = read(row);
      return made === undefined ? undefined : round(made, value.decimals ?? 0);
    };
  }
  const holds = compilers.conditions(value.when ?? [], scope, `${place}.when`);
  return totalOf(part(value.total, "total"), holds);
}

function totalOf(read: ReadDecimal, holds: Test): ReadDecimal {
  return (row) => {
    let total: string | undefined;
    for (const member of row.members ?? [row]) {
      const made = holds(member) ? read(member) : undefined;
      if (made !== undefined) total = total === undefined ? made : add(total, made);
    }
    return total;
  };
}

function quotient(a: string, b: string): string {
  const result = divide(a, b);
  if (result === undefined) throw new RowProblem("there is nothing to divide by: the second part is 0");
  return result;
}

function folded(parts: readonly ReadDecimal[], combine: (a: string, b: string) => string): ReadDecimal {
  return (row) => {
    let result: string | undefined;
    for (const read of parts) {
      const made = read(row);
      if (made === undefined) return undefined;
      result = result === undefined ? made : combine(result, made);
    }
    return result;
  };
}

/** What a value says of its numbers itself, else what the mapping says of all. */
export function styleOf(value: NumberStyle, scope: Scope): NumberStyle {
  const { decimal, grouping } = value;
  return {
    ...scope.numbers,
    ...(decimal === undefined ? {} : { decimal }),
    ...(grouping === undefined ? {} : { grouping }),
  };
}
