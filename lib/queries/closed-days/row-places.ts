import { type CodedColumn, valueAt } from "../../domain/archive/reading/coded-column.ts";
import type { Subject } from "../../domain/entities/registry.ts";
import type { Characteristics } from "../fact-groups.ts";
import { linkTo } from "../linked.ts";
import type { RowOfDay } from "./brought.ts";
import type { Chooser, ChoosesPlace } from "./chooser.ts";
import type { DayColumns } from "./fields.ts";

/** Where the rows of a day count, worked out once for all metrics of a question: they have the same filters and the same groups. */

/** An answer about a ticket or an order, which may say what the answer does not. */
export type LinkedRow = RowOfDay & { readonly link: Subject };

/** The rows of a table's day with their groups. */
export interface PlacedRows {
  readonly read: DayColumns;
  /** The names of the groups that have rows; `undefined` where nothing is grouped. */
  readonly groups: readonly (string | undefined)[];
  /** The number of each row's group, or -1 where it does not count or is counted later. */
  readonly codes: Int32Array;
  /** Rows that are counted later. */
  readonly linked: readonly LinkedRow[];
}

/** Places rows. */
export class RowPlaces {
  readonly #chooser: Chooser;
  readonly #groups: ChoosesPlace;

  constructor(chooser: Chooser, groups: ChoosesPlace) {
    this.#chooser = chooser;
    this.#groups = groups;
  }

  /** Places all rows of a table's day, but for facts that were taken out of the counts. */
  of(read: DayColumns): PlacedRows {
    const { codes, places } = this.#chooser.placesIn(read, this.#groups);
    const numbers = new Map<string | undefined, number>();
    const numberOfPlace = places.map((place) => (place ? numberOf(numbers, place.group) : -1));
    const numbered = codes.map((place) => numberOfPlace[place] ?? -1);
    const linked = withoutOthers(read, numbered);
    return { read, groups: [...numbers.keys()], codes: numbered, linked };
  }

  /** By what one row is chosen. */
  characteristicsOf(read: DayColumns, row: number): Characteristics {
    return this.#chooser.characteristicsOf(read, row);
  }
}

/** Takes rows out of their groups that are not counted, and answers about tickets or orders. @returns these */
function withoutOthers(read: DayColumns, codes: Int32Array): LinkedRow[] {
  const { table, columns } = read;
  const excluded = columns.column("excluded");
  const isExcluded = excluded.values.map((value) => value === true);
  const linking = table.types.includes("response")
    ? ["ticket_id", "order_key"].map((name) => columns.column(name))
    : [];
  const hasLinks = linking.some(({ values }) => values.length > 0);
  if (!hasLinks && !isExcluded.includes(true)) return [];
  const linked: LinkedRow[] = [];
  for (let row = 0; row < codes.length; row += 1) {
    const [ticketId, orderKey] = linking.map((column) => textAt(column, row));
    const link = linkTo(ticketId, orderKey);
    const isCounted = !isExcluded[excluded.codes[row] ?? -1];
    if (isCounted && link) linked.push({ read, row, link });
    if (!isCounted || link) codes[row] = -1;
  }
  return linked;
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
