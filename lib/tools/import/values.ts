import { compileConditions } from "./conditions.ts";
import type { Choose, Value } from "./mapping-schema.ts";
import { readDecimal, readNumber } from "./numbers.ts";
import { RowProblem } from "./problems.ts";
import { digest, type ReadText, type Row, type Scope } from "./scope.ts";
import { spreadReader, timeReader } from "./times.ts";

/** Makes a field's value from a row; `undefined` when the field is to be absent. Throws RowProblem. */
export type ReadValue = (row: Row) => unknown;

/**
 * Prepares a value of the mapping.
 * @param place where it stands in the mapping, for messages
 * @throws UsageError when it cannot work with this file or lacks a setting.
 */
export function compileValue(value: Value, scope: Scope, place: string): ReadValue {
  if (typeof value === "string") return scope.template(value, place);
  if (typeof value !== "object") return () => value;
  if ("number" in value) {
    const style = { ...scope.numbers, ...withoutUndefined(value) };
    return whenFilled(scope.template(value.number, place), (text) => readNumber(text, style));
  }
  if ("sum" in value) return compileSum(value, scope, place);
  if ("money" in value) return compileMoney(value, scope, place);
  if ("time" in value) {
    const read = timeReader({ ...scope.times, ...withoutUndefined(value) }, place);
    return whenFilled(scope.template(value.time, place), (text) => read(text));
  }
  if ("spread" in value) {
    const read = spreadReader({ ...scope.times, ...withoutUndefined(value) }, place);
    return (row) => read(row.original === undefined ? row.index : row.original - 2);
  }
  if ("list" in value) {
    return whenFilled(scope.template(value.list, place), (text) => splitList(text, value.separator));
  }
  if ("hash" in value) {
    return whenFilled(scope.template(value.hash, place), (text) => `${value.prefix ?? ""}${digest(text)}`);
  }
  if ("map" in value) return compileMap(value, scope, place);
  return compileChoose(value, scope, place);
}

type Kind<Key extends string> = Extract<Value, Record<Key, unknown>>;

function compileSum(value: Kind<"sum">, scope: Scope, place: string): ReadValue {
  const style = { ...scope.numbers, ...withoutUndefined(value) };
  const parts = value.sum.map((part, index) =>
    typeof part === "number"
      ? () => part
      : whenFilled(scope.template(part, `${place}.sum[${index}]`), (text) => readNumber(text, style)),
  );
  return (row) => {
    const numbers = parts.map((read) => read(row));
    const filled = numbers.filter((number) => number !== undefined);
    return filled.length < numbers.length ? undefined : filled.reduce((total, number) => total + number, 0);
  };
}

function compileMoney(value: Kind<"money">, scope: Scope, place: string): ReadValue {
  const style = { ...scope.numbers, ...withoutUndefined(value) };
  const amountOf = scope.template(value.money, place);
  const currencyOf = scope.template(value.currency, place);
  return (row) => {
    const text = amountOf(row);
    if (text === undefined) return undefined;
    const currency = currencyOf(row);
    if (currency === undefined) throw new RowProblem("the currency is blank");
    const amount = readDecimal(text, style);
    return { amount: value.absolute ? amount.replace("-", "") : amount, currency };
  };
}

function compileMap(value: Kind<"map">, scope: Scope, place: string): ReadValue {
  const values = new Map(Object.entries(value.values));
  return whenFilled(scope.template(value.map, place), (text) => {
    const found = values.get(text) ?? value.otherwise;
    if (found === undefined) throw new RowProblem(`"${text}" is none of ${[...values.keys()].join(", ")}`);
    return found;
  });
}

function compileChoose(value: Choose, scope: Scope, place: string): ReadValue {
  const cases = value.choose.map((choice, index) => ({
    holds: compileConditions(choice.when, scope, `${place}.choose[${index}].when`),
    read: compileValue(choice.value, scope, `${place}.choose[${index}].value`),
  }));
  const otherwise =
    value.otherwise === undefined ? undefined : compileValue(value.otherwise, scope, `${place}.otherwise`);
  return (row) => {
    const chosen = cases.find(({ holds }) => holds(row));
    return chosen ? chosen.read(row) : otherwise?.(row);
  };
}

function whenFilled<Result>(
  read: ReadText,
  make: (text: string) => Result,
): (row: Row) => Result | undefined {
  return (row) => {
    const text = read(row);
    return text === undefined ? undefined : make(text);
  };
}

function splitList(text: string, separator: string): string[] | undefined {
  const items = text.split(separator).flatMap((item) => item.trim() || []);
  return items.length > 0 ? items : undefined;
}

/** Only what a value says itself, so that it overrides the mapping's defaults and nothing else does. */
function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, setting]) => setting !== undefined)) as T;
}
