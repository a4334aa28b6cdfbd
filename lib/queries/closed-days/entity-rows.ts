import { moneyOf } from "../../domain/archive/columns.ts";
import { type CodedColumn, valueAt } from "../../domain/archive/reading/coded-column.ts";
import { dayNumber } from "../../domain/calendar/days.ts";
import type { Step } from "../../domain/entities/history.ts";
import type { DayColumns } from "./fields.ts";
import { Doubles, Numbers } from "./numbers.ts";
import type { DaySaid, SaidByRow } from "./row-steps.ts";

/** Rows of files by the entity that they are about: in arrays of numbers, as millions of objects would not fit. */

/** The rows of one file. */
interface RowsOfFile {
  readonly begin: number;
  readonly ids: () => CodedColumn;
}

/** What is added of a day's rows. */
export interface AddedRows {
  readonly read: DayColumns;
  readonly said: DaySaid;
  /** The number of the entity that each row is about; -1 for a row about none. */
  entityOf(row: number): number;
  /** The number of the place of what has each row as its origin; absent where no row can be one. */
  readonly places: Int32Array | undefined;
}

/** Rows by their entity. */
export class EntityRows {
  readonly #said: readonly SaidByRow[];
  readonly #sums: boolean;
  readonly #files: RowsOfFile[] = [];
  /** Of each row: its entity, what it says, where its entity would count, its day and instant, and its amount. */
  readonly #entities = new Numbers();
  readonly #kinds = new Numbers();
  readonly #places = new Numbers();
  readonly #days = new Numbers();
  readonly #instants = new Doubles();
  readonly #amounts = new Doubles();
  readonly #largeAmounts = new Map<number, bigint>();

  /** @param said what the rows can say @param sums whether amounts matter */
  constructor(said: readonly SaidByRow[], sums: boolean) {
    this.#said = said;
    this.#sums = sums;
  }

  /** Adds the rows of a day. */
  add({ read, said, entityOf, places }: AddedRows): void {
    const { rows } = read.columns;
    const begin = this.#entities.size;
    this.#files.push({ begin, ids: read.columns.later("id") });
    const [entities, kinds] = [this.#entities.extend(rows), this.#kinds.extend(rows)];
    const instants = this.#instants.extend(rows);
    const at = read.columns.column("occurred_at");
    for (let row = 0; row < rows; row += 1) {
      const kind = said.said[said.codes[row] ?? -1] ?? -1;
      kinds[row] = kind;
      entities[row] = kind < 0 ? -1 : entityOf(row);
      instants[row] = Number(at.values[at.codes[row] ?? -1]);
    }
    this.#days.extend(rows).fill(dayNumber(read.day));
    const own = this.#places.extend(rows);
    if (places) own.set(places);
    if (this.#sums) this.#addAmounts(read, begin);
  }

  #addAmounts({ columns: { rows, column } }: DayColumns, begin: number): void {
    const amounts = this.#amounts.extend(rows);
    const { codes, values } = column("amount");
    for (let row = 0; row < rows; row += 1) {
      const amount = values[codes[row] ?? -1];
      if (typeof amount === "bigint") this.#largeAmounts.set(begin + row, amount);
      else amounts[row] = Number(amount ?? 0);
    }
  }

  /** All rows that were added, those of an entity together. @param entities how many there are */
  sorted(entities: number): SortedRows {
    const own = this.#entities.all();
    const ends = new Int32Array(entities);
    for (const entity of own) if (entity >= 0) ends[entity] = (ends[entity] ?? 0) + 1;
    for (let entity = 1; entity < entities; entity += 1) {
      ends[entity] = (ends[entity] ?? 0) + (ends[entity - 1] ?? 0);
    }
    const order = new Int32Array(ends.at(-1) ?? 0);
    const next = ends.slice();
    // Backwards, so that rows stay in the order in which they were added.
    for (let row = own.length - 1; row >= 0; row -= 1) {
      const entity = own[row] ?? -1;
      if (entity < 0) continue;
      const place = (next[entity] ?? 0) - 1;
      next[entity] = place;
      order[place] = row;
    }
    return new SortedRows({
      ...{ ends, order, said: this.#said, kinds: this.#kinds.all(), places: this.#places.all() },
      ...{ days: this.#days.all(), instants: this.#instants.all() },
      idOf: (row) => this.#idOf(row),
      amountOf: (row) => this.#largeAmounts.get(row) ?? BigInt(this.#amounts.all()[row] ?? 0),
    });
  }

  #idOf(row: number): string {
    const file = this.#files.findLast(({ begin }) => begin <= row);
    return file ? String(valueAt(file.ids(), row - file.begin)) : "";
  }
}

interface Sorted {
  /** Where the rows of each entity end in their order. */
  readonly ends: Int32Array;
  readonly order: Int32Array;
  readonly said: readonly SaidByRow[];
  readonly kinds: Int32Array;
  readonly places: Int32Array;
  readonly days: Int32Array;
  readonly instants: Float64Array;
  idOf(row: number): string;
  amountOf(row: number): bigint;
}

/** The row that says most about an entity's segments. */
export interface TellingRow {
  readonly rank: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** See `AddedRows`. */
  readonly place: number;
  /** The id of its fact: looked up when it is asked for. */
  readonly factId: () => string;
}

/** The rows of each entity. */
export class SortedRows {
  readonly #rows: Sorted;

  constructor(rows: Sorted) {
    this.#rows = rows;
  }

  #beginOf(entity: number): number {
    return entity === 0 ? 0 : (this.#rows.ends[entity - 1] ?? 0);
  }

  /** Which of an entity's rows says most about its segments, as `telling` has it; `undefined` where none says anything. */
  tellingOf(entity: number): TellingRow | undefined {
    const { ends, order, said, kinds, instants, idOf, places } = this.#rows;
    let [best, bestRank, bestAt] = [-1, 0, 0];
    for (let index = this.#beginOf(entity); index < (ends[entity] ?? 0); index += 1) {
      const row = order[index] ?? 0;
      const rank = said[kinds[row] ?? 0]?.rank;
      if (rank === undefined) continue;
      const at = instants[row] ?? 0;
      const isBest =
        best < 0 ||
        rank > bestRank ||
        (rank === bestRank && (at < bestAt || (at === bestAt && idOf(row) < idOf(best))));
      if (isBest) [best, bestRank, bestAt] = [row, rank, at];
    }
    if (best < 0) return undefined;
    return { rank: bestRank, at: bestAt, place: places[best] ?? 0, factId: () => idOf(best) };
  }

  /** Adds the steps of an entity's rows to some by kind. */
  addSteps(entity: number, steps: Partial<Record<string, Step[]>>): void {
    const { ends, order, said, kinds, days, instants, amountOf } = this.#rows;
    for (let index = this.#beginOf(entity); index < (ends[entity] ?? 0); index += 1) {
      const row = order[index] ?? 0;
      const what = said[kinds[row] ?? 0];
      if (!what) continue;
      const { kind, detail, isInstant, currency } = what;
      const step = { day: days[row] ?? 0, detail, at: isInstant ? (instants[row] ?? 0) : 0, times: 1 };
      const whole =
        currency === undefined ? step : { ...step, sum: moneyOf(amountOf(row), currency).amountMinor };
      const known = steps[kind];
      if (known) known.push(whole);
      else steps[kind] = [whole];
    }
  }
}
