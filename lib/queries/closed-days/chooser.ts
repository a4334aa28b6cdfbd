import type { FieldColumn } from "../../archive/tables.ts";
import type { Day } from "../../calendar/days.ts";
import { characteristicOf } from "../../facts/characteristics.ts";
import type { Fact } from "../../facts/parse.ts";
import type { Characteristics, OccurrenceGroups } from "../fact-groups.ts";
import { type AskedNames, choosingColumns, type DayColumns } from "./fields.ts";

/** Choosing rows by their values: what rows bring that have the same values is worked out once. */

/** Where a row counts; `undefined` where it does not. */
export type Place = { readonly group: string | undefined } | undefined;

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
  placesIn(read: DayColumns, groups: OccurrenceGroups): (row: number) => Place {
    const { table, columns, day } = read;
    const dimensions = columns.column("dimensions_json");
    const fields = choosingColumns(table, this.#asked);
    const values = fields.map(({ name }) => columns.column(name));
    if (this.#isByDay && day !== this.#day) this.#places.clear();
    this.#day = day;
    const places = this.#places;
    return (row) => {
      let key = String(dimensions[row]);
      for (let index = 0; index < values.length; index += 1) {
        key += `\n${keyOf(fields[index], values[index]?.[row])}`;
      }
      if (places.has(key)) return places.get(key);
      const place = groups.choose(this.#characteristicsOf(day, dimensions[row], fields, values, row));
      if (places.size >= maxParsed) places.clear();
      places.set(key, place);
      return place;
    };
  }

  /** By what one row is chosen. */
  characteristicsOf({ table, columns, day }: DayColumns, row: number): Characteristics {
    const fields = choosingColumns(table, this.#asked);
    const values = fields.map(({ name }) => columns.column(name));
    return this.#characteristicsOf(day, columns.column("dimensions_json")[row], fields, values, row);
  }

  #characteristicsOf(
    day: Day,
    json: unknown,
    fields: readonly FieldColumn[],
    values: readonly ArrayLike<unknown>[],
    row: number,
  ): Characteristics {
    const own: Record<string, unknown> = {};
    for (const [index, { field }] of fields.entries()) {
      const value = values[index]?.[row];
      if (value !== null && value !== undefined) own[field] = field === "occurredAt" ? Number(value) : value;
    }
    const { segments = {}, ...rest } = own;
    const fact = { occurredAt: 0, ...rest, dimensions: dimensionsOf(json) } as unknown as Fact;
    return {
      valueOf: (name) => characteristicOf(fact, name, { day, timeZone: this.#timeZone }),
      segments: segments as Characteristics["segments"],
    };
  }
}

/** Instants of one hour are alike: no zone's hours begin within a quarter of one. */
function keyOf(field: FieldColumn | undefined, value: unknown): string {
  if (field?.field === "occurredAt") return String(Math.floor(Number(value) / (hourMilliseconds / 4)));
  return field?.kind === "map" ? JSON.stringify(value) : String(value ?? "");
}
