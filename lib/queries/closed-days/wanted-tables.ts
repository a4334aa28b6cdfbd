import type { FactTable } from "../../archive/tables.ts";
import type { DayRange } from "../../calendar/intervals.ts";
import { type AskedNames, choosingColumns, countedColumns, presenceFields } from "./fields.ts";

/** Which tables a question reads, and what of them. */

/** Columns that are read: with their values, or only where they have any. */
export interface WantedColumns {
  readonly whole: ReadonlySet<string>;
  readonly presence: ReadonlySet<string>;
}

/** A table whose files are read, and what of it. */
export interface WantedTable {
  readonly table: FactTable;
  readonly span: DayRange;
  readonly columns: WantedColumns;
  /** How many metrics count its rows one by one. */
  readonly countedFor: number;
  /** Whether histories are made of its rows: that takes longer, and memory. */
  readonly isOfEntities: boolean;
}

/** The tables of a question while they are gathered. */
export class WantedTables {
  readonly #tables = new Map<string, WantedTable>();

  /** Wants what single facts are counted by. */
  addCounted(table: FactTable, span: DayRange, asked: AskedNames): void {
    const counted = countedColumns(table);
    const isPresence = ({ field }: { readonly field: string }) => presenceFields.has(field);
    const whole = [...counted.filter((column) => !isPresence(column)), ...choosingColumns(table, asked)];
    this.#add({
      ...{ table, span, countedFor: 1, isOfEntities: false },
      columns: {
        whole: new Set(["type", "excluded", "dimensions_json", ...namesOf(whole)]),
        presence: new Set(namesOf(counted.filter(isPresence))),
      },
    });
  }

  /** Wants what histories are made of. */
  addEntities(table: FactTable, span: DayRange, columns: Iterable<string>): void {
    const whole = { whole: new Set(columns), presence: new Set<string>() };
    this.#add({ table, span, countedFor: 0, isOfEntities: true, columns: whole });
  }

  all(): WantedTable[] {
    return [...this.#tables.values()];
  }

  #add(added: WantedTable): void {
    const { name } = added.table;
    const known = this.#tables.get(name) ?? added;
    const { from, to } = known.span;
    this.#tables.set(name, {
      table: added.table,
      span: {
        from: from < added.span.from ? from : added.span.from,
        to: to > added.span.to ? to : added.span.to,
      },
      columns: {
        whole: new Set([...known.columns.whole, ...added.columns.whole]),
        presence: new Set([...known.columns.presence, ...added.columns.presence]),
      },
      countedFor: (known === added ? 0 : known.countedFor) + added.countedFor,
      isOfEntities: known.isOfEntities || added.isOfEntities,
    });
  }
}

function namesOf(columns: readonly { readonly name: string }[]): string[] {
  return columns.map(({ name }) => name);
}
