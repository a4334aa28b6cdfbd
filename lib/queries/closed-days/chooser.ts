import { type CodedColumn, coarsened, combined, valueAt } from "../../domain/archive/reading/coded-column.ts";
import type { FieldColumn } from "../../domain/archive/tables.ts";
import type { Day } from "../../domain/calendar/days.ts";
import { characteristicOf } from "../../domain/facts/characteristics.ts";
import type { Fact } from "../../domain/facts/parse.ts";
import type { Characteristics, OccurrenceGroups } from "../fact-groups.ts";
import { type AskedNames, choosingColumns, type DayColumns } from "./fields.ts";

/** Choosing rows by their values: what rows bring that have the same values is worked out once. */

/** Where a row counts; `undefined` where it does not. */
export type Place = { readonly group: string | undefined } | undefined;

/** Chooses where something counts by its characteristics. */
export type ChoosesPlace = Pick<OccurrenceGroups, "choose">;

/** Where the rows of a day count. */
export interface Places {
  /** The number of each row's place. */
  readonly codes: Int32Array;
  readonly places: readonly Place[];
}

const hourMilliseconds = 3_600_000;

/** Dimensions by their JSON, in the process: few are different. */
const parsed = new Map<string, Readonly<Record<string, string>>>();
const maxParsed = 100_000;

/** The dimensions of a row. */
export function dimensionsOf(json: unknown): Readonly<Record<string, string>> {
  const text = String(json);
  const known = parsed.get(text);
  if (known) return known;
  const made: Readonly<Record<string, string>> = JSON.parse(text);
  if (parsed.size >= maxParsed) parsed.clear();
  parsed.set(text, made);
  return made;
}

/** Chooses rows for one metric. */
export class Chooser {
  readonly #asked: AskedNames;
  readonly #timeZone: string;
  readonly #isByDay: boolean;
  readonly #places = new Map<string, Place>();
  #day: Day | undefined;

  constructor(asked: AskedNames, timeZone: string) {
    this.#asked = asked;
    this.#timeZone = timeZone;
    this.#isByDay = asked.names.has("weekday");
  }

  /** Where each row of a day counts. */
  placesIn(read: DayColumns, groups: ChoosesPlace): Places {
    const { table, columns, day } = read;
    const fields = choosingColumns(table, this.#asked);
    const chosenBy = fields.map((field) => alike(field, columns.column(field.name)));
    const { codes, rows } = combined(columns.rows, [columns.column("dimensions_json"), ...chosenBy]);
    if (this.#isByDay && day !== this.#day) this.#places.clear();
    this.#day = day;
    return { codes, places: rows.map((row) => this.#placeOf(read, fields, groups, row)) };
  }

  #placeOf(read: DayColumns, fields: readonly FieldColumn[], groups: ChoosesPlace, row: number): Place {
    const { columns, table } = read;
    let key = `${table.name}\n${valueAt(columns.column("dimensions_json"), row)}`;
    for (const field of fields) key += `\n${keyOf(field, valueAt(columns.column(field.name), row))}`;
    const places = this.#places;
    if (places.has(key)) return places.get(key);
    const place = groups.choose(this.characteristicsOf(read, row));
    if (places.size >= maxParsed) places.clear();
    places.set(key, place);
    return place;
  }

  /** By what one row is chosen. */
  characteristicsOf({ table, columns, day }: DayColumns, row: number): Characteristics {
    const own: Record<string, unknown> = {};
    for (const { field, name } of choosingColumns(table, this.#asked)) {
      const value = valueAt(columns.column(name), row);
      if (value !== null && value !== undefined) own[field] = field === "occurredAt" ? Number(value) : value;
    }
    const { segments = {}, ...rest } = own;
    const dimensions = dimensionsOf(valueAt(columns.column("dimensions_json"), row));
    const fact = { occurredAt: 0, ...rest, dimensions } as unknown as Fact;
    return {
      valueOf: (name) => characteristicOf(fact, name, { day, timeZone: this.#timeZone }),
      segments: segments as Characteristics["segments"],
    };
  }
}

/** The column with one value for all that are alike. */
function alike(field: FieldColumn, column: CodedColumn): CodedColumn {
  const isMany = field.field === "occurredAt" || field.kind === "map";
  return isMany ? coarsened(column, (value) => keyOf(field, value)) : column;
}

/** Instants of one hour are alike: no zone's hours begin within a quarter of one. */
function keyOf(field: FieldColumn, value: unknown): string {
  if (field.field === "occurredAt") return String(Math.floor(Number(value) / (hourMilliseconds / 4)));
  return field.kind === "map" ? JSON.stringify(value) : String(value ?? "");
}
