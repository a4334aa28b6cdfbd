import { type CodedColumn, coarsened, combined, valueAt } from "../../domain/archive/reading/coded-column.ts";
import { factOf } from "../../domain/archive/rows.ts";
import type { FactTable, FieldColumn } from "../../domain/archive/tables.ts";
import { occurrencesOf } from "../../domain/entities/one-fact/one-fact.ts";
import type { AnyMetric } from "../../domain/metrics/metric.ts";
import { sizeOf } from "../fact-groups.ts";
import { type Increments, isSmall } from "./day-sums.ts";
import { countedColumns, type DayColumns, presenceFields } from "./fields.ts";

/** What single facts bring to the counters of some metrics: worked out once for all rows that are alike. */

/** A row of a day. */
export interface RowOfDay {
  readonly read: DayColumns;
  readonly row: number;
}

/** What the rows of a day bring: by the number of a row, what all that have its number bring but for their values in wide columns. */
export interface RowsBrought {
  readonly codes: Int32Array;
  readonly branches: readonly Branch[];
  readonly wide: readonly CodedColumn[];
}

/** By the value in the first wide column, then in the next one; without any what the rows bring. */
type Branch = Map<unknown, Branch> | Increments;

/** At most so many kinds of rows are remembered: some 15 MB. */
const maxRemembered = 50_000;

/** Columns with more values than that are not told apart beforehand: each row's value is looked up. */
const maxValuesBeforehand = 64;

/** What the metrics that were asked for last were told, by their names: the next question often has the same rows. */
const kept = new Map<string, Brought>();
const maxKept = 4;

/** Sums have a place for every counter that was met: with more names than that it begins again. */
const maxNames = 400;

/** Works out what rows bring to some metrics' own counters, or knows it from an earlier question: it depends on the rows alone. */
export function broughtTo(owners: readonly AnyMetric[]): Brought {
  const name = owners.map(({ id }) => id).join(" ");
  const known = kept.get(name);
  const brought = known && known.names.length <= maxNames ? known : new Brought(owners);
  kept.delete(name);
  kept.set(name, brought);
  for (const oldest of kept.keys()) if (kept.size > maxKept) kept.delete(oldest);
  return brought;
}

/** Works out what rows bring to some metrics' own counters. */
export class Brought {
  readonly #owners: readonly AnyMetric[];
  readonly #known = new Map<string, Branch>();
  readonly #columns = new Map<FactTable, readonly FieldColumn[]>();
  readonly #numbers = new Map<string, number>();
  #remembered = 0;
  /** The names of all counters that were met, by their number. */
  readonly names: string[] = [];

  constructor(owners: readonly AnyMetric[]) {
    this.#owners = owners;
  }

  /** What the rows of a day bring: see `ofRow`. */
  inDay(read: DayColumns): RowsBrought {
    const { table, columns } = read;
    const counted = this.#columnsOf(table).map(({ name, field }) => {
      const column = columns.column(name);
      const isPresence = presenceFields.has(field) && column.values.length > 1;
      return { name, column: isPresence ? coarsened(column, () => true) : column };
    });
    const isWide = ({ column }: { readonly column: CodedColumn }) =>
      column.values.length > maxValuesBeforehand;
    const wide = counted.filter(isWide);
    const narrow = counted.filter((one) => !isWide(one)).map(({ column }) => column);
    const told = [columns.column("type"), ...narrow];
    const { codes, rows } = combined(columns.rows, told);
    const order = wide.map(({ name }) => name).join(" ");
    const branches = rows.map((row) => {
      let key = order;
      for (const column of told) key += `\n${valueAt(column, row) ?? ""}`;
      const known = this.#known.get(key);
      if (known) return known;
      return this.#remember(this.#known, key, wide.length === 0 ? this.of({ read, row }) : new Map());
    });
    return { codes, branches, wide: wide.map(({ column }) => column) };
  }

  /** What one of these rows brings. */
  ofRow({ codes, branches, wide }: RowsBrought, place: RowOfDay): Increments {
    let branch = branches[codes[place.row] ?? 0];
    for (let index = 0; index < wide.length; index += 1) {
      if (!(branch instanceof Map)) break;
      const column = wide[index];
      const value = column?.values[column.codes[place.row] ?? -1];
      const next = branch.get(value);
      branch = next ?? this.#remember(branch, value, index < wide.length - 1 ? new Map() : this.of(place));
    }
    if (!branch || branch instanceof Map) throw new RangeError("a row has more columns than its day");
    return branch;
  }

  /** Keeps what rows bring for those that are alike. Where too much is kept, it begins again. */
  #remember<Key>(among: Map<Key, Branch>, key: Key, made: Branch): Branch {
    if (this.#remembered >= maxRemembered) {
      this.#known.clear();
      among.clear();
      this.#remembered = 0;
    }
    this.#remembered += 1;
    among.set(key, made);
    return made;
  }

  /** What a row of a day brings. */
  of({ read: { table, columns, day }, row }: RowOfDay): Increments {
    const cells: Record<string, unknown> = { type: valueAt(columns.column("type"), row) };
    for (const { name } of this.#columnsOf(table)) cells[name] = valueAt(columns.column(name), row);
    const counters: number[] = [];
    const amounts: number[] = [];
    const large: [number, bigint][] = [];
    let size = 0;
    for (const occurrence of occurrencesOf({ ...factOf(table, cells), day, segments: {} })) {
      for (const owner of this.#owners) {
        const increments = Object.entries(owner.increments(occurrence));
        if (increments.length > 0) size += sizeOf(occurrence);
        for (const [counter, amount] of increments) {
          const number = this.#numberOf(counter);
          counters.push(number);
          amounts.push(isSmall(amount) ? Number(amount) : 0);
          if (!isSmall(amount)) large.push([number, BigInt(amount)]);
        }
      }
    }
    return { size, counters, amounts, large };
  }

  #columnsOf(table: FactTable): readonly FieldColumn[] {
    const known = this.#columns.get(table) ?? countedColumns(table);
    this.#columns.set(table, known);
    return known;
  }

  #numberOf(counter: string): number {
    const known = this.#numbers.get(counter) ?? this.names.push(counter) - 1;
    this.#numbers.set(counter, known);
    return known;
  }
}
