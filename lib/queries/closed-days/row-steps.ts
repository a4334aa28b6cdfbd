import { moneyOf } from "../../domain/archive/columns.ts";
import { combined, valueAt } from "../../domain/archive/reading/coded-column.ts";
import type { AskedColumns } from "../../domain/archive/reading/columns.ts";
import { something } from "../../domain/archive/reading/pages.ts";
import type { FactTable, FieldColumn } from "../../domain/archive/tables.ts";
import type { EnrichedFact } from "../../domain/entities/enriched-fact.ts";
import type { AnyEntity, PlacedStep } from "../../domain/entities/entity.ts";
import { dimensionsOf } from "./chooser.ts";
import { type DayColumns, isOfAnswers, namingFields, steppingColumns } from "./fields.ts";
import type { TextNumbers } from "./text-numbers.ts";

/** What rows of files say about the entities of one kind: worked out once for all rows of a day that are alike in what matters. */

/** What a row says about an entity, but for when and about which. */
export interface SaidByRow {
  readonly kind: string;
  readonly detail: string;
  /** Whether the instant matters. */
  readonly isInstant: boolean;
  /** See `PlacedStep`. */
  readonly rank: number | undefined;
  /** Of the amount that is added up; absent where none is. */
  readonly currency: string | undefined;
}

/** What the rows of a day say. */
export interface DaySaid {
  /** Which of the kinds of rows each row is. */
  readonly codes: Int32Array;
  /** What each kind of rows says, by its number among all that was said; -1 for nothing. */
  readonly said: readonly number[];
  /** The number of the entity that each kind of rows is about; empty where the rows have the id in a column. */
  readonly entities: readonly number[];
}

interface StepOfRow {
  readonly placed: PlacedStep;
  readonly currency: string | undefined;
}

/** Works out what rows say about entities of one kind. */
export class RowSteps {
  readonly #entity: AnyEntity;
  readonly #sums: boolean;
  readonly #numbers = new Map<string, number>();
  /** All that was said, by its number. */
  readonly all: SaidByRow[] = [];

  /** @param sums whether sums of amounts matter */
  constructor(entity: AnyEntity, sums: boolean) {
    this.#entity = entity;
    this.#sums = sums;
  }

  /** The columns that are needed of a table. */
  columnsOf(table: FactTable): AskedColumns {
    const { idField } = this.#entity;
    const columns = steppingColumns(table);
    const named = (wanted: (column: FieldColumn) => boolean) =>
      columns.filter(wanted).map(({ name }) => name);
    const isSummed = this.#isSummed(table);
    const isNaming = ({ field }: FieldColumn) => field !== idField && namingFields.has(field);
    const isRead = (column: FieldColumn) =>
      column.field !== idField && !isNaming(column) && (column.kind !== "amount" || !isSummed || this.#sums);
    return {
      whole: ["type", "excluded", "occurred_at", "dimensions_json", ...named(isRead)],
      presence: named(isNaming),
      texts: named(({ field }) => field === idField),
    };
  }

  /** The name of the column with the ids of the entities, where there is one. */
  idColumnOf(table: FactTable): string | undefined {
    const { idField } = this.#entity;
    return idField === undefined ? undefined : table.columns.find(({ field }) => field === idField)?.name;
  }

  /** What the rows of a day say; nothing of those that were taken out of the counts. */
  inDay(read: DayColumns, ids: TextNumbers): DaySaid {
    const { table, columns } = read;
    const { whole, presence = [] } = this.columnsOf(table);
    const isSummed = this.#isSummed(table);
    const untold = new Set([
      ...["occurred_at", ...(isSummed ? ["amount"] : []), ...(isOfAnswers(table) ? [] : ["dimensions_json"])],
    ]);
    const told = [...whole, ...presence].filter((name) => !untold.has(name));
    const { codes, rows } = combined(
      columns.rows,
      told.map((name) => columns.column(name)).filter(({ values }) => values.length > 0),
    );
    const steps = rows.map((row) => this.#stepOf(read, row));
    return {
      codes,
      said: steps.map((step) => (step ? this.#numberOf(step, isSummed) : -1)),
      entities: this.#entity.idField
        ? []
        : steps.map((step) => (step ? ids.numberOfText(step.placed.id) : -1)),
    };
  }

  #isSummed({ types }: FactTable): boolean {
    const { facts, summed } = this.#entity;
    const own = types.filter((type) => facts.includes(type));
    return own.length > 0 && own.every((type) => summed.facts.includes(type));
  }

  #stepOf(read: DayColumns, row: number): StepOfRow | undefined {
    const { columns, table } = read;
    if (valueAt(columns.column("excluded"), row) === true) return undefined;
    if (!this.#entity.facts.some((type) => type === valueAt(columns.column("type"), row))) return undefined;
    const fact = factOf(read, row, this.#entity.idField, this.#isSummed(table));
    const placed = this.#entity.stepOf(fact);
    return placed && { placed, currency: "money" in fact.fact ? fact.fact.money.currency : undefined };
  }

  #numberOf({ placed, currency }: StepOfRow, isSummed: boolean): number {
    const { kind, rank, step } = placed;
    const key = `${kind} ${rank ?? ""}\n${step.detail}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const isInstant = this.#entity.steps[kind]?.instant === true;
    const said = { kind, detail: step.detail, isInstant, rank };
    const number = this.all.push({ ...said, currency: isSummed && this.#sums ? currency : undefined }) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}

/** A row as the fact that its step is made of: ids that only name something are some text, and an amount that is added up apart is 0. */
function factOf(
  { table, columns, day }: DayColumns,
  row: number,
  idField: string | undefined,
  isSummed: boolean,
): EnrichedFact {
  const fact: Record<string, unknown> = {
    id: something,
    type: valueAt(columns.column("type"), row),
    occurredAt: valueAt(columns.column("occurred_at"), row),
    dimensions: dimensionsOf(valueAt(columns.column("dimensions_json"), row)),
  };
  const placed: Record<string, unknown> = { fact, day, segments: {} };
  for (const { of, field, name, kind } of steppingColumns(table)) {
    if (kind === "amount" || field === "currency") continue;
    const value = field === idField ? something : valueAt(columns.column(name), row);
    if (value !== undefined) (of === "fact" ? fact : placed)[field] = value;
  }
  const currency = valueAt(columns.column("currency"), row);
  if (typeof currency === "string") {
    const amount = isSummed ? 0 : (valueAt(columns.column("amount"), row) as number | bigint);
    fact["money"] = moneyOf(BigInt(amount), currency);
  }
  return placed as unknown as EnrichedFact;
}
