import { factOf } from "../../archive/rows.ts";
import type { FactTable, FieldColumn } from "../../archive/tables.ts";
import type { Day } from "../../calendar/days.ts";
import { occurrencesOf } from "../../entities/one-fact/one-fact.ts";
import type { AnyMetric } from "../../metrics/metric.ts";
import { type OccurrenceGroups, sizeOf } from "../fact-groups.ts";
import { withTicket } from "../fact-source.ts";
import type { LinkedTickets } from "../linked-tickets.ts";
import type { Chooser } from "./chooser.ts";
import { countedColumns, type DayColumns, presenceFields } from "./fields.ts";

/** Counting single facts as they lie in columns: what rows bring that are alike is worked out once. */

/** What a row brings: amounts of counters, by their number. */
interface Increments {
  /** See `OccurrenceGroups.add`. */
  readonly size: number;
  readonly counters: readonly number[];
  readonly amounts: readonly (number | bigint)[];
}

/** The sums of one group on one day. Small ones are numbers, which are exact up to 2^53, and many times as fast. */
interface Cell {
  readonly group: string | undefined;
  size: number;
  readonly small: number[];
  readonly large: bigint[];
}

/** Amounts up to here are added as numbers, and sums of them as long as they are below the other bound. */
const maxSmallAmount = 2 ** 50;
const maxSmallSum = 2 ** 52;

/** At most so many kinds of rows are remembered. */
const maxRemembered = 200_000;

/** Counts single facts into the groups of one metric. */
export class RowCounts {
  readonly #owners: readonly AnyMetric[];
  readonly #groups: OccurrenceGroups;
  readonly #chooser: Chooser;
  readonly #known = new Map<string, Increments>();
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #linked: { readonly read: DayColumns; readonly row: number; readonly ticketId: string }[] = [];

  constructor(owners: readonly AnyMetric[], groups: OccurrenceGroups, chooser: Chooser) {
    this.#owners = owners;
    this.#groups = groups;
    this.#chooser = chooser;
  }

  /** Counts all facts of a table's day, but for those that were taken out of the counts. */
  count(read: DayColumns): void {
    const { table, columns, day } = read;
    const excluded = columns.column("excluded");
    const types = columns.column("type");
    const fields = countedColumns(table);
    const values = fields.map(({ name }) => columns.column(name));
    const placeOf = this.#chooser.placesIn(read, this.#groups);
    const tickets = table.types.includes("response") ? columns.column("ticket_id") : [];
    const cells = new Map<string | undefined, Cell>();
    for (let row = 0; row < columns.rows; row += 1) {
      if (excluded[row] === true) continue;
      const ticketId = tickets[row];
      if (typeof ticketId === "string") {
        this.#linked.push({ read, row, ticketId });
        continue;
      }
      const place = placeOf(row);
      if (!place) continue;
      const increments = this.#incrementsOf(table, day, fields, values, types[row], row);
      if (increments.counters.length === 0) continue;
      let cell = cells.get(place.group);
      if (!cell) {
        cell = { group: place.group, size: 0, small: [], large: [] };
        cells.set(place.group, cell);
      }
      addTo(cell, increments);
    }
    for (const cell of cells.values()) this.#groups.add(cell.group, day, cell.size, this.#countsIn(cell));
  }

  /** The tickets that answers are about which are not counted yet: they may say what the answers do not. */
  get tickets(): string[] {
    return this.#linked.map(({ ticketId }) => ticketId);
  }

  /** Counts the answers that are about tickets. */
  countLinked(tickets: LinkedTickets): void {
    for (const { read, row, ticketId } of this.#linked.splice(0)) {
      const { table, columns, day } = read;
      const own = this.#chooser.characteristicsOf(read, row);
      const place = this.#groups.choose(withTicket(own, tickets.get(ticketId)));
      if (!place) continue;
      const fields = countedColumns(table);
      const values = fields.map(({ name }) => columns.column(name));
      const type = columns.column("type")[row];
      const { size, counters, amounts } = this.#incrementsOf(table, day, fields, values, type, row);
      const counts = counters.map(
        (counter, index) => [this.#names[counter] ?? "", amounts[index] ?? 0] as const,
      );
      if (counts.length > 0) this.#groups.add(place.group, day, size, counts);
    }
  }

  #incrementsOf(
    table: FactTable,
    day: Day,
    fields: readonly FieldColumn[],
    values: readonly ArrayLike<unknown>[],
    type: unknown,
    row: number,
  ): Increments {
    let key = String(type);
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index]?.[row] ?? "";
      const isPresence = presenceFields.has(fields[index]?.field ?? "");
      key += isPresence && value !== "" ? "\n+" : `\n${value}`;
    }
    const known = this.#known.get(key);
    if (known) return known;
    const cells = fields.map(({ name }, index) => [name, values[index]?.[row]]);
    const made = this.#increments(table, day, { type, ...Object.fromEntries(cells) });
    if (this.#known.size >= maxRemembered) this.#known.clear();
    this.#known.set(key, made);
    return made;
  }

  #increments(table: FactTable, day: Day, row: Readonly<Record<string, unknown>>): Increments {
    const counters: number[] = [];
    const amounts: (number | bigint)[] = [];
    let size = 0;
    for (const occurrence of occurrencesOf({ ...factOf(table, row), day, segments: {} })) {
      for (const owner of this.#owners) {
        const increments = Object.entries(owner.increments(occurrence));
        if (increments.length > 0) size += sizeOf(occurrence);
        for (const [counter, amount] of increments) {
          counters.push(this.#numberOf(counter));
          amounts.push(asSmall(amount));
        }
      }
    }
    return { size, counters, amounts };
  }

  #numberOf(counter: string): number {
    const known = this.#numbers.get(counter) ?? this.#names.push(counter) - 1;
    this.#numbers.set(counter, known);
    return known;
  }

  *#countsIn({ small, large }: Cell): Generator<readonly [string, bigint]> {
    for (const [number, name] of this.#names.entries()) {
      const [some, rest] = [small[number], large[number]];
      if (some !== undefined || rest !== undefined) yield [name, BigInt(some ?? 0) + (rest ?? 0n)];
    }
  }
}

function addTo(cell: Cell, { size, counters, amounts }: Increments): void {
  cell.size += size;
  const { small, large } = cell;
  for (let index = 0; index < counters.length; index += 1) {
    const counter = counters[index] ?? 0;
    const amount = amounts[index] ?? 0;
    if (typeof amount === "bigint") {
      large[counter] = (large[counter] ?? 0n) + amount;
      continue;
    }
    const sum = (small[counter] ?? 0) + amount;
    if (Math.abs(sum) < maxSmallSum) {
      small[counter] = sum;
    } else {
      large[counter] = (large[counter] ?? 0n) + BigInt(sum);
      small[counter] = 0;
    }
  }
}

function asSmall(amount: number | bigint): number | bigint {
  const number = Number(amount);
  return Math.abs(number) <= maxSmallAmount ? number : BigInt(amount);
}
