import { type CodedColumn, valueAt } from "../../archive/reading/coded-column.ts";
import type { Subject } from "../../entities/registry.ts";
import type { AnyMetric } from "../../metrics/metric.ts";
import type { OccurrenceGroups } from "../fact-groups.ts";
import { type Linked, linkTo, withLink } from "../linked.ts";
import { type Brought, broughtTo, type RowOfDay, type RowsBrought } from "./brought.ts";
import type { Chooser } from "./chooser.ts";
import { DaySums } from "./day-sums.ts";
import type { DayColumns } from "./fields.ts";

/** Counting single facts as they lie in columns: rows that are alike are counted together. */

/** Rows that are alike in all that matters are counted first where there are at most so many kinds of them. */
const maxKinds = 16_384;

/** Counts single facts into the groups of one metric. */
export class RowCounts {
  readonly #groups: OccurrenceGroups;
  readonly #chooser: Chooser;
  readonly #brought: Brought;
  readonly #linked: (RowOfDay & { readonly link: Subject })[] = [];

  constructor(owners: readonly AnyMetric[], groups: OccurrenceGroups, chooser: Chooser) {
    this.#groups = groups;
    this.#chooser = chooser;
    this.#brought = broughtTo(owners);
  }

  /** Counts all facts of a table's day, but for those that were taken out of the counts. */
  count(read: DayColumns): void {
    const { codes, places } = this.#chooser.placesIn(read, this.#groups);
    const numbers = new Map<string | undefined, number>();
    const numberOfPlace = places.map((place) => (place ? numberOf(numbers, place.group) : -1));
    const groups = this.#withoutOthers(
      read,
      codes.map((place) => numberOfPlace[place] ?? -1),
    );
    const brought = this.#brought.inDay(read);
    const sums = new DaySums(numbers.size, this.#brought.names.length);
    const kinds = numbers.size * brought.branches.length;
    if (brought.wide.length === 0 && kinds <= maxKinds) this.#addKinds(read, groups, brought, kinds, sums);
    else this.#addRows(read, groups, brought, sums);
    for (const [group, number] of numbers) {
      const counts = sums.countsOf(number).map(([counter, sum]) => [this.#nameOf(counter), sum] as const);
      if (counts.length > 0) this.#groups.add(group, read.day, sums.sizeOf(number), counts);
    }
  }

  /** The groups of rows, with -1 for those that are not counted, and answers about tickets or orders, which are counted later. */
  #withoutOthers(read: DayColumns, groups: Int32Array): Int32Array {
    const { table, columns } = read;
    const excluded = columns.column("excluded");
    const isExcluded = excluded.values.map((value) => value === true);
    const linking = table.types.includes("response")
      ? ["ticket_id", "order_key"].map((name) => columns.column(name))
      : [];
    const hasLinks = linking.some(({ values }) => values.length > 0);
    if (!hasLinks && !isExcluded.includes(true)) return groups;
    for (let row = 0; row < groups.length; row += 1) {
      const [ticketId, orderKey] = linking.map((column) => textAt(column, row));
      const link = linkTo(ticketId, orderKey);
      const isCounted = !isExcluded[excluded.codes[row] ?? -1];
      if (isCounted && link) this.#linked.push({ read, row, link });
      if (!isCounted || link) groups[row] = -1;
    }
    return groups;
  }

  #addRows(read: DayColumns, groups: Int32Array, brought: RowsBrought, sums: DaySums): void {
    for (let row = 0; row < groups.length; row += 1) {
      const group = groups[row] ?? -1;
      if (group >= 0) sums.add(group, this.#brought.ofRow(brought, { read, row }), 1);
    }
  }

  /** Adds rows that are alike at once. @param kinds groups × kinds of rows */
  #addKinds(read: DayColumns, groups: Int32Array, brought: RowsBrought, kinds: number, sums: DaySums): void {
    const width = brought.branches.length;
    const times = new Int32Array(kinds);
    const rows = new Int32Array(kinds);
    for (let row = 0; row < groups.length; row += 1) {
      const group = groups[row] ?? -1;
      if (group < 0) continue;
      const kind = group * width + (brought.codes[row] ?? 0);
      times[kind] = (times[kind] ?? 0) + 1;
      rows[kind] = row;
    }
    for (let kind = 0; kind < times.length; kind += 1) {
      const many = times[kind] ?? 0;
      if (many === 0) continue;
      const increments = this.#brought.ofRow(brought, { read, row: rows[kind] ?? 0 });
      sums.add(Math.floor(kind / width), increments, many);
    }
  }

  #nameOf(counter: number): string {
    return this.#brought.names[counter] ?? "";
  }

  /** The tickets and orders of answers that are not counted yet: they may say what the answers do not. */
  get links(): Subject[] {
    return this.#linked.map(({ link }) => link);
  }

  /** Counts the answers that are about tickets or orders. */
  countLinked(linked: Linked): void {
    for (const { read, row, link } of this.#linked.splice(0)) {
      const own = this.#chooser.characteristicsOf(read, row);
      const place = this.#groups.choose(withLink(own, link, linked));
      if (!place) continue;
      const { size, counters, amounts, large } = this.#brought.of({ read, row });
      const small = counters.map((counter, index) => [this.#nameOf(counter), amounts[index] ?? 0] as const);
      const counts = [
        ...small,
        ...large.map(([counter, amount]) => [this.#nameOf(counter), amount] as const),
      ];
      if (counts.length > 0) this.#groups.add(place.group, read.day, size, counts);
    }
  }
}

function textAt(column: CodedColumn, row: number): string | undefined {
  const value = valueAt(column, row);
  return typeof value === "string" ? value : undefined;
}

function numberOf(numbers: Map<string | undefined, number>, group: string | undefined): number {
  const number = numbers.get(group) ?? numbers.size;
  numbers.set(group, number);
  return number;
}
