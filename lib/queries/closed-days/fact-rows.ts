import { moneyOf } from "../../archive/columns.ts";
import { type CodedColumn, valueAt } from "../../archive/reading/coded-column.ts";
import type { FieldColumn } from "../../archive/tables.ts";
import type { EnrichedFact } from "../../entities/enriched-fact.ts";
import type { Money } from "../../facts/money.ts";
import { dimensionsOf } from "./chooser.ts";
import type { DayColumns } from "./fields.ts";

/** Making facts of a file's rows, as far as histories need them. */

/** The columns that every fact is made of. */
export const namesOfFacts = ["id", "type", "occurred_at", "excluded", "dimensions_json"] as const;

/** What is read in another way than as a field of its own. */
const otherFields = new Set(["occurredAt", "currency", "amount"]);

const none = {};

/** The rows of a table's day as facts. */
export class FactRows {
  readonly #read: DayColumns;
  readonly #fields: readonly {
    readonly of: FieldColumn["of"];
    readonly field: string;
    readonly column: CodedColumn;
  }[];
  readonly #ids: CodedColumn;
  readonly #types: CodedColumn;
  readonly #instants: CodedColumn;
  readonly #excluded: CodedColumn;
  readonly #dimensions: CodedColumn;
  readonly #money: { readonly amounts: CodedColumn; readonly currencies: CodedColumn } | undefined;

  /** @param fields the columns that facts are made of, beside `namesOfFacts` */
  constructor(read: DayColumns, fields: readonly FieldColumn[]) {
    const { columns } = read;
    this.#read = read;
    this.#fields = fields
      .filter(({ field }) => !otherFields.has(field))
      .map(({ of, field, name }) => ({ of, field, column: columns.column(name) }))
      .filter(({ column }) => column.values.length > 0);
    this.#ids = columns.column("id");
    this.#types = columns.column("type");
    this.#instants = columns.column("occurred_at");
    this.#excluded = columns.column("excluded");
    const dimensions = columns.column("dimensions_json");
    this.#dimensions = { codes: dimensions.codes, values: dimensions.values.map(dimensionsOf) };
    const hasMoney = fields.some(({ kind }) => kind === "amount");
    this.#money = hasMoney
      ? { amounts: columns.column("amount"), currencies: columns.column("currency") }
      : undefined;
  }

  /** The column of a field; one without values where no fact has it. */
  fieldOf(name: string): CodedColumn {
    const found = this.#fields.find(({ field }) => field === name);
    return found?.column ?? this.#read.columns.column("(none)");
  }

  isExcluded(row: number): boolean {
    return valueAt(this.#excluded, row) === true;
  }

  typeOf(row: number): unknown {
    return valueAt(this.#types, row);
  }

  /** The fact of a row. */
  factOf(row: number): EnrichedFact {
    const fact: Record<string, unknown> = {
      id: valueAt(this.#ids, row),
      type: valueAt(this.#types, row),
      occurredAt: valueAt(this.#instants, row),
      dimensions: valueAt(this.#dimensions, row),
    };
    const placed: Record<string, unknown> = { fact, day: this.#read.day, segments: none };
    for (const { of, field, column } of this.#fields) {
      const value = valueAt(column, row);
      if (value !== undefined) (of === "fact" ? fact : placed)[field] = value;
    }
    const money = this.#moneyOf(row);
    if (money) fact["money"] = money;
    return placed as unknown as EnrichedFact;
  }

  #moneyOf(row: number): Money | undefined {
    if (!this.#money) return undefined;
    const amount = valueAt(this.#money.amounts, row) as number | bigint | undefined;
    if (amount === undefined) return undefined;
    return moneyOf(BigInt(amount), String(valueAt(this.#money.currencies, row)));
  }
}
