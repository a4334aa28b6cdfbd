import type { Subject } from "../../domain/entities/registry.ts";
import type { AnyMetric } from "../../domain/metrics/metric.ts";
import type { OccurrenceGroups } from "../fact-groups.ts";
import { type Linked, withLink } from "../linked.ts";
import { type Brought, broughtTo, type RowsBrought } from "./brought.ts";
import { DaySums } from "./day-sums.ts";
import type { DayColumns } from "./fields.ts";
import type { LinkedRow, PlacedRows, RowPlaces } from "./row-places.ts";

/** Counting single facts as they lie in columns: rows that are alike are counted together. */

/** Rows that are alike in all that matters are counted first where there are at most so many kinds of them. */
const maxKinds = 16_384;

/** Counts single facts into the groups of one metric. */
export class RowCounts {
  readonly #groups: OccurrenceGroups;
  readonly #brought: Brought;
  /** By table and day: all metrics share them. */
  readonly #linked: (readonly LinkedRow[])[] = [];

  constructor(owners: readonly AnyMetric[], groups: OccurrenceGroups) {
    this.#groups = groups;
    this.#brought = broughtTo(owners);
  }

  /** Counts all facts of a table's day where they were placed; answers about tickets or orders are counted later. */
  count({ read, groups, codes, linked }: PlacedRows): void {
    this.#linked.push(linked);
    const brought = this.#brought.inDay(read);
    const sums = new DaySums(groups.length, this.#brought.names.length);
    const kinds = groups.length * brought.branches.length;
    if (brought.wide.length === 0 && kinds <= maxKinds) this.#addKinds(read, codes, brought, kinds, sums);
    else this.#addRows(read, codes, brought, sums);
    for (const [number, group] of groups.entries()) {
      const counts = sums.countsOf(number).map(([counter, sum]) => [this.#nameOf(counter), sum] as const);
      if (counts.length > 0) this.#groups.add(group, read.day, sums.sizeOf(number), counts);
    }
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
    return this.#linked.flat().map(({ link }) => link);
  }

  /** Counts the answers that are about tickets or orders. @param placed says by what a row is chosen */
  countLinked(linked: Linked, placed: RowPlaces): void {
    for (const { read, row, link } of this.#linked.splice(0).flat()) {
      const own = placed.characteristicsOf(read, row);
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
