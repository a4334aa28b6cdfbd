import type { SchemaElement } from "hyparquet";
import { type Day, dayFromNumber, dayNumber } from "../calendar/days.ts";
import { currencyDecimals, type Money } from "../facts/money.ts";

/** Columns of the archive's tables: converting values to cells of a file, and back. */

/**
 * The kinds of columns: text; a whole number of 32 bits, or of 64; a fraction (not for money); yes or no; an instant, in UTC, to the
 * millisecond; a calendar day; an amount of money as a decimal; a list of texts; names with texts.
 */
export type ColumnKind =
  | "text"
  | "integer"
  | "long"
  | "fraction"
  | "flag"
  | "instant"
  | "day"
  | "amount"
  | "texts"
  | "map";

/** A column of a table. */
export interface Column {
  /** In lower case with underscores, as SQL has it. */
  readonly name: string;
  readonly kind: ColumnKind;
  /** Whether every row has a value. */
  readonly isRequired: boolean;
}

/** A value as it stands in a file: what `hyparquet-writer` takes. */
export type Cell = string | number | bigint | boolean | readonly unknown[] | null;

/** Digits of an amount, and how many of them are decimals: no currency of ISO 4217 has more than four. */
export const amountDigits = { precision: 18, scale: 4 } as const;

const text = { type: "BYTE_ARRAY", converted_type: "UTF8" } as const;

/** The schema of a column, in Parquet's words: the elements of a nested one follow it. */
export function schemaOf({ name, kind, isRequired }: Column): SchemaElement[] {
  const repetition_type = isRequired ? "REQUIRED" : "OPTIONAL";
  const plain = { name, repetition_type } as const;
  switch (kind) {
    case "text":
      return [{ ...plain, ...text }];
    case "integer":
      return [{ ...plain, type: "INT32" }];
    case "long":
      return [{ ...plain, type: "INT64" }];
    case "fraction":
      return [{ ...plain, type: "DOUBLE" }];
    case "flag":
      return [{ ...plain, type: "BOOLEAN" }];
    case "instant":
      return [{ ...plain, type: "INT64", converted_type: "TIMESTAMP_MILLIS" }];
    case "day":
      return [{ ...plain, type: "INT32", converted_type: "DATE" }];
    case "amount":
      return [{ ...plain, type: "INT64", converted_type: "DECIMAL", ...amountDigits }];
    case "texts":
      return [
        { ...plain, converted_type: "LIST", num_children: 1 },
        { name: "list", repetition_type: "REPEATED", num_children: 1 },
        { name: "element", repetition_type: "REQUIRED", ...text },
      ];
    case "map":
      return [
        { ...plain, converted_type: "MAP", num_children: 1 },
        { name: "key_value", repetition_type: "REPEATED", num_children: 2 },
        { name: "key", repetition_type: "REQUIRED", ...text },
        { name: "value", repetition_type: "REQUIRED", ...text },
      ];
  }
}

/** The type of a column in SQL, as Athena and Glue write it. */
export function sqlTypeOf({ kind }: Pick<Column, "kind">): string {
  const types: Readonly<Record<ColumnKind, string>> = {
    text: "string",
    integer: "int",
    long: "bigint",
    fraction: "double",
    flag: "boolean",
    instant: "timestamp",
    day: "date",
    amount: `decimal(${amountDigits.precision},${amountDigits.scale})`,
    texts: "array<string>",
    map: "map<string,string>",
  };
  return types[kind];
}

/** A map as a file has it: sorted by name, so that the same map makes the same bytes. */
export function mapCell(map: Readonly<Record<string, string>>): Cell {
  return Object.entries(map)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({ key, value }));
}

/** A day as a file has it. */
export function dayCell(day: Day): Cell {
  return dayNumber(day);
}

/** The day of a cell. */
export function dayOfCell(cell: number): Day {
  return dayFromNumber(cell);
}

/** An amount as a file has it: in units of a ten-thousandth. */
export function amountCell({ amountMinor, currency }: Money): bigint {
  return amountMinor * 10n ** BigInt(amountDigits.scale - decimalsOf(currency));
}

/**
 * The money of a cell and the currency beside it.
 * @throws RangeError when it is not whole in minor units
 */
export function moneyOf(cell: bigint, currency: string): Money {
  const unit = 10n ** BigInt(amountDigits.scale - decimalsOf(currency));
  if (cell % unit !== 0n) throw new RangeError(`an amount has more decimals than ${currency}`);
  return { amountMinor: cell / unit, currency };
}

function decimalsOf(currency: string): number {
  return Math.min(currencyDecimals(currency) ?? 0, amountDigits.scale);
}
