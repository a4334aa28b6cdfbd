import { type CodedColumn, coarsened, combined, valueAt } from "../../archive/reading/coded-column.ts";
import { factOf } from "../../archive/rows.ts";
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

/** Columns with more values than that are not told apart beforehand: each row's value is looked up. */
const maxValuesBeforehand = 64;

/** What rows bring that have the same values but for some columns: by the value of the first of these, then of the next one. */
type Branch = Map<unknown, Branch | Increments>;

/** What the rows of a day bring. */
interface RowIncrements {
  /** The number of each row's values, those of wide columns apart. */
  readonly codes: Int32Array;
  /** By that number: what a row brings, or how that follows from the wide columns. */
  readonly branches: readonly (Branch | Increments)[];
  readonly wide: readonly CodedColumn[];
}

/** A row of a day. */
interface RowOfDay {
  readonly read: DayColumns;
  readonly row: number;
}

/** Counts single facts into the groups of one metric. */
export class RowCounts {
  readonly #owners: readonly AnyMetric[];
  readonly #groups: OccurrenceGroups;
  readonly #chooser: Chooser;
  readonly #known = new Map<string, Branch | Increments>();
  #remembered = 0;
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #linked: (RowOfDay & { readonly ticketId: string })[] = [];

  constructor(owners: readonly AnyMetric[], groups: OccurrenceGroups, chooser: Chooser) {
    this.#owners = owners;
    this.#groups = groups;
    this.#chooser = chooser;
  }

  /** Counts all facts of a table's day, but for those that were taken out of the counts. */
  count(read: DayColumns): void {
    const { table, columns, day } = read;
    const excluded = columns.column("excluded");
    const tickets = table.types.includes("response") ? columns.column("ticket_id") : undefined;
    const { codes, places } = this.#chooser.placesIn(read, this.#groups);
    const brought = this.#incrementsIn(read);
    const cells = new Map<string | undefined, Cell>();
    const cellOfPlace = places.map((place) => place && cellOf(cells, place.group));
    for (let row = 0; row < columns.rows; row += 1) {
      if (valueAt(excluded, row) === true) continue;
      const ticketId = tickets && valueAt(tickets, row);
      if (typeof ticketId === "string") {
        this.#linked.push({ read, row, ticketId });
        continue;
      }
      const cell = cellOfPlace[codes[row] ?? 0];
      if (cell) addTo(cell, this.#incrementsOf(brought, { read, row }));
    }
    for (const { group, size, ...sums } of cells.values()) {
      const isEmpty = sums.small.length === 0 && sums.large.length === 0;
      if (!isEmpty) this.#groups.add(group, day, size, this.#countsIn(sums));
    }
  }

  /** The tickets that answers are about which are not counted yet: they may say what the answers do not. */
  get tickets(): string[] {
    return this.#linked.map(({ ticketId }) => ticketId);
  }

  /** Counts the answers that are about tickets. */
  countLinked(tickets: LinkedTickets): void {
    for (const { read, row, ticketId } of this.#linked.splice(0)) {
      const own = this.#chooser.characteristicsOf(read, row);
      const place = this.#groups.choose(withTicket(own, tickets.get(ticketId)));
      if (!place) continue;
      const { size, counters, amounts } = this.#increments({ read, row });
      const counts = counters.map(
        (counter, index) => [this.#names[counter] ?? "", amounts[index] ?? 0] as const,
      );
      if (counts.length > 0) this.#groups.add(place.group, read.day, size, counts);
    }
  }

  #incrementsIn(read: DayColumns): RowIncrements {
    const { table, columns } = read;
    const counted = countedColumns(table).map(({ name, field }) => {
      const column = columns.column(name);
      return { name, column: presenceFields.has(field) ? coarsened(column, () => true) : column };
    });
    const isWide = ({ column }: { readonly column: CodedColumn }) => column.values.length > maxValuesBeforehand;
    const wide = counted.filter(isWide);
    const narrow = counted.filter((one) => !isWide(one)).map(({ column }) => column);
    const { codes, rows } = combined(columns.rows, [columns.column("type"), ...narrow]);
    const order = wide.map(({ name }) => name).join(" ");
    const branches = rows.map((row) => {
      let key = `${order}\n${valueAt(columns.column("type"), row)}`;
      for (const column of narrow) key += `\n${valueAt(column, row) ?? ""}`;
      const known = this.#known.get(key);
      if (known) return known;
      const made = wide.length === 0 ? this.#increments({ read, row }) : new Map();
      this.#remember(() => this.#known.clear());
      this.#known.set(key, made);
      return made;
    });
    return { codes, branches, wide: wide.map(({ column }) => column) };
  }

  #incrementsOf({ codes, branches, wide }: RowIncrements, place: RowOfDay): Increments {
    let branch = branches[codes[place.row] ?? 0];
    for (const [index, column] of wide.entries()) {
      if (!(branch instanceof Map)) break;
      const value = valueAt(column, place.row);
      let next = branch.get(value);
      if (!next) {
        const own = branch;
        next = index < wide.length - 1 ? new Map() : this.#increments(place);
        this.#remember(() => own.clear());
        own.set(value, next);
      }
      branch = next;
    }
    if (!branch || branch instanceof Map) throw new RangeError("a row has more columns than its day");
    return branch;
  }

  /** Makes room where too much is remembered. */
  #remember(forget: () => void): void {
    this.#remembered += 1;
    if (this.#remembered < maxRemembered) return;
    this.#known.clear();
    forget();
    this.#remembered = 0;
  }

  #increments({ read: { table, columns, day }, row }: RowOfDay): Increments {
    const cells = countedColumns(table).map(({ name }) => [name, valueAt(columns.column(name), row)] as const);
    const fact = factOf(table, { type: valueAt(columns.column("type"), row), ...Object.fromEntries(cells) });
    const counters: number[] = [];
    const amounts: (number | bigint)[] = [];
    let size = 0;
    for (const occurrence of occurrencesOf({ ...fact, day, segments: {} })) {
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

  *#countsIn({ small, large }: Pick<Cell, "small" | "large">): Generator<readonly [string, bigint]> {
    for (const [number, name] of this.#names.entries()) {
      const [some, rest] = [small[number], large[number]];
      if (some !== undefined || rest !== undefined) yield [name, BigInt(some ?? 0) + (rest ?? 0n)];
    }
  }
}

function cellOf(cells: Map<string | undefined, Cell>, group: string | undefined): Cell {
  const cell = cells.get(group) ?? { group, size: 0, small: [], large: [] };
  cells.set(group, cell);
  return cell;
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
