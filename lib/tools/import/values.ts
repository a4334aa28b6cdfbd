import { type Compilers, compileArithmetic, compileDecimal, isArithmetic, styleOf } from "./arithmetic.ts";
import { compileConditions } from "./conditions.ts";
import { amountIn, currencyCode } from "./currencies.ts";
import { millisecondsOf, readDuration } from "./durations.ts";
import type { Between, Choose, MoneyValue, Shift, TimeValue, Value } from "./mapping-values.ts";
import { readNumber } from "./numbers.ts";
import { RowProblem } from "./problems.ts";
import { digest, type ReadText, type Row, type Scope } from "./scope.ts";
import { readScore } from "./scores.ts";
import { spreadReader, timeReader } from "./times.ts";

/** Makes a field's value from a row; `undefined` when the field is to be absent. Throws RowProblem. */
export type ReadValue = (row: Row) => unknown;

const compilers: Compilers = {
  value: compileValue,
  conditions: (conditions, scope, place) => compileConditions(conditions, scope, place, compileValue),
};

/**
 * Prepares a value of the mapping.
 * @param place where it stands in the mapping, for messages
 * @throws UsageError when it cannot work with this file or lacks a setting.
 */
export function compileValue(value: Value, scope: Scope, place: string): ReadValue {
  if (typeof value === "string") return scope.template(value, place);
  if (typeof value !== "object") return () => value;
  if (isArithmetic(value)) {
    const read = compileArithmetic(value, scope, place, compilers);
    return (row) => {
      const made = read(row);
      return made === undefined ? undefined : Number(made);
    };
  }
  if ("number" in value) {
    const style = styleOf(value, scope);
    return whenFilled(scope.template(value.number, place), (text) => readNumber(text, style));
  }
  if ("score" in value) {
    return whenFilled(scope.template(value.score, place), (text) => readScore(text, value.scale));
  }
  if ("money" in value) return compileMoney(value, scope, place);
  if ("time" in value) return compileTime(value, scope, place);
  if ("duration" in value) {
    const unit = value.unit ?? "seconds";
    return whenFilled(
      scope.template(value.duration, place),
      (text) => readDuration(text, unit) / millisecondsOf[unit],
    );
  }
  if ("between" in value) return compileBetween(value, scope, place);
  return compileTextual(value, scope, place);
}

type Textual = Extract<
  Value,
  { spread: unknown } | { list: string } | { hash: string } | { map: string } | Choose
>;

function compileTextual(value: Textual, scope: Scope, place: string): ReadValue {
  if ("spread" in value) {
    const read = spreadReader({ ...scope.times, ...withoutUndefined(value) }, place);
    return (row) => read((row.original ?? row.number) - 2);
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

function compileMoney(value: MoneyValue, scope: Scope, place: string): ReadValue {
  const amountOf = compileDecimal(value.money, scope, place, styleOf(value, scope), compilers, !value.minor);
  const currencyOf = scope.template(value.currency, place);
  return (row) => {
    const amount = amountOf(row);
    if (amount === undefined) return undefined;
    const text = currencyOf(row);
    if (text === undefined) throw new RowProblem("the currency is blank");
    const currency = currencyCode(text);
    const major = amountIn(currency, amount, value.minor ?? false);
    return { amount: value.absolute ? major.replace("-", "") : major, currency };
  };
}

function compileTime(value: TimeValue, scope: Scope, place: string): ReadValue {
  const read = timeReader({ ...scope.times, ...withoutUndefined(value) }, place);
  const time = whenFilled(scope.template(value.time, place), (text) => read(text));
  const plus = compileShift(value.plus, scope, `${place}.plus`);
  const minus = compileShift(value.minus, scope, `${place}.minus`);
  if (plus.length + minus.length === 0) return time;
  return (row) => {
    const start = time(row);
    const shifts = [...plus.map((by) => by(row)), ...minus.map((by) => negative(by(row)))];
    if (start === undefined || shifts.includes(undefined)) return undefined;
    const moved = shifts.reduce<number>((sum, by) => sum + (by ?? 0), Date.parse(start));
    return new Date(moved).toISOString().replace(".000Z", "Z");
  };
}

function negative(number: number | undefined): number | undefined {
  return number === undefined ? undefined : -number;
}

/** Milliseconds of each unit of a shift. */
function compileShift(shift: Shift | undefined, scope: Scope, place: string) {
  return (["seconds", "minutes", "hours", "days"] as const).flatMap((unit) => {
    const value = shift?.[unit];
    if (value === undefined) return [];
    const read = compileDecimal(value, scope, `${place}.${unit}`, scope.numbers, compilers);
    return (row: Row) => {
      const number = read(row);
      return number === undefined ? undefined : Math.round(Number(number) * millisecondsOf[unit]);
    };
  });
}

function compileBetween(value: Between, scope: Scope, place: string): ReadValue {
  const [start, end] = value.between.map((time, index) => {
    const spec: Value = typeof time === "string" ? { time } : time;
    return compileValue(spec, scope, `${place}.between[${index}]`);
  });
  const unit = millisecondsOf[value.unit ?? "seconds"];
  return (row) => {
    const [from, to] = [start?.(row), end?.(row)];
    if (from === undefined || to === undefined) return undefined;
    return (Date.parse(String(to)) - Date.parse(String(from))) / unit;
  };
}

type Kind<Key extends string> = Extract<Value, Record<Key, unknown>>;

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
    holds: compileConditions(choice.when, scope, `${place}.choose[${index}].when`, compileValue),
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
