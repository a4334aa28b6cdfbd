import type { AskedColumns } from "../../domain/archive/reading/columns.ts";
import type { FactTable } from "../../domain/archive/tables.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { type AskedNames, choosingColumns, countedColumns, presenceFields } from "./fields.ts";

/** Which tables a question reads, and what of them. */

/** A table whose files are read, and what of it. */
export interface WantedTable {
  readonly table: FactTable;
  readonly span: DayRange;
  readonly columns: AskedColumns;
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
        whole: ["type", "excluded", "dimensions_json", ...namesOf(whole)],
        presence: namesOf(counted.filter(isPresence)),
      },
    });
  }

  /** Wants what histories are made of. */
  addEntities(table: FactTable, span: DayRange, columns: AskedColumns): void {
    this.#add({ table, span, countedFor: 0, isOfEntities: true, columns });
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
      columns: known === added ? added.columns : joined(known.columns, added.columns),
      countedFor: (known === added ? 0 : known.countedFor) + added.countedFor,
      isOfEntities: known.isOfEntities || added.isOfEntities,
    });
  }
}

function joined(one: AskedColumns, other: AskedColumns): AskedColumns {
  const both = (of: keyof AskedColumns) => new Set([...(one[of] ?? []), ...(other[of] ?? [])]);
  return { whole: both("whole"), presence: both("presence"), texts: both("texts"), late: both("late") };
}

function namesOf(columns: readonly { readonly name: string }[]): string[] {
  return columns.map(({ name }) => name);
}
