import type { AskedColumns } from "../../domain/archive/reading/columns.ts";
import type { EnrichedFact } from "../../domain/entities/enriched-fact.ts";
import type { AnyEntity, Dependencies, WantedKinds } from "../../domain/entities/entity.ts";
import { type Origin, type Step, telling } from "../../domain/entities/history.ts";
import type { Occurrence } from "../../domain/entities/occurrences/occurrence.ts";
import { noCharacteristics } from "../fact-groups.ts";
import { characteristicsOf } from "../fact-source.ts";
import { Chooser, type ChoosesPlace, type Place } from "./chooser.ts";
import { EntityRows, type SortedRows } from "./entity-rows.ts";
import { type AskedNames, choosingColumns, type DayColumns } from "./fields.ts";
import { RowSteps } from "./row-steps.ts";
import { TextNumbers } from "./text-numbers.ts";

/** Histories of entities, made of the facts that are about them. */

/** What follows from an entity's history, and where it counts. */
export interface DerivedEntity {
  readonly group: string | undefined;
  occurrences(): readonly Occurrence[];
}

/** What is asked of the entities of one kind. */
export interface AskedOfEntities {
  readonly asked: AskedNames;
  readonly timeZone: string;
  /** Chooses where something counts. */
  readonly chosen: ChoosesPlace;
  /** The kinds of occurrences that are counted. */
  readonly wanted: WantedKinds;
}

/** Where something counts is chosen by the facts themselves, so that segments are not looked at any more. */
const noSegments = {};

/**
 * The facts about all entities of one kind: where they stand in files, and those of the table as they are. Steps of facts of files are made
 * only while their entity is derived: millions of them would not fit.
 */
export class EntityFacts {
  readonly entity: AnyEntity;
  readonly #asked: AskedOfEntities;
  readonly #chooser: Chooser;
  /** The number of each entity, by its id. */
  readonly #numbers = new TextNumbers();
  readonly #steps: RowSteps;
  readonly #rows: EntityRows;
  /** The places where entities count, by number: those that can have the same are one. */
  readonly #places: Place[] = [];
  readonly #numbersOfPlaces = new Map<Place, number>();
  /** Where entities count of which no fact says how they were won. */
  readonly #nowhere: Place;
  /** Facts of the table, by the number of their entity. */
  readonly #stored = new Map<number, EnrichedFact[]>();

  constructor(entity: AnyEntity, asked: AskedOfEntities) {
    this.entity = entity;
    this.#asked = asked;
    this.#chooser = new Chooser(asked.asked, asked.timeZone);
    this.#nowhere = asked.chosen.choose(noCharacteristics);
    const { wanted } = asked;
    const sums = entity.summed.occurrences.some((kind) => wanted.has(kind));
    this.#steps = new RowSteps(entity, sums);
    this.#rows = new EntityRows(this.#steps.all, sums);
  }

  /** How many entities there are. */
  get size(): number {
    return this.#numbers.size;
  }

  /** The columns that `addRows` needs of a table. */
  columnsOf(table: DayColumns["table"]): AskedColumns {
    const { whole, ...others } = this.#steps.columnsOf(table);
    const choosing = choosingColumns(table, this.#asked.asked).map(({ name }) => name);
    return { ...others, whole: [...whole, ...choosing], late: ["id"] };
  }

  /** Adds the facts of a table's day, but for those that were taken out of the counts. */
  addRows(read: DayColumns): void {
    const said = this.#steps.inDay(read, this.#numbers);
    const entityOf = this.#entityOf(read, said);
    const canTell = said.said.some((number) => this.#steps.all[number]?.rank !== undefined);
    this.#rows.add({ read, said, entityOf, places: canTell ? this.#placesIn(read) : undefined });
  }

  /** The number of the entity of each row that says something. */
  #entityOf({ table, columns }: DayColumns, { codes, entities }: ReturnType<RowSteps["inDay"]>) {
    const name = this.#steps.idColumnOf(table);
    if (name === undefined) return (row: number) => entities[codes[row] ?? -1] ?? -1;
    const { codes: own, texts } = columns.texts(name);
    // What rows have in common is looked up once.
    const numbers = new Int32Array(texts.size).fill(-1);
    return (row: number) => {
      const code = own[row] ?? -1;
      if (code < 0) return -1;
      const known = numbers[code] ?? -1;
      if (known >= 0) return known;
      const number = this.#numbers.numberOf(texts.bytes, texts.begins[code] ?? 0, texts.ends[code] ?? 0);
      numbers[code] = number;
      return number;
    };
  }

  #placesIn(read: DayColumns): Int32Array {
    const { codes, places } = this.#chooser.placesIn(read, this.#asked.chosen);
    const numbers = places.map((place) => this.#numberOfPlace(place));
    return codes.map((code) => numbers[code] ?? 0);
  }

  #numberOfPlace(place: Place): number {
    const known = this.#numbersOfPlaces.get(place) ?? this.#places.push(place) - 1;
    this.#numbersOfPlaces.set(place, known);
    return known;
  }

  /** Adds a fact of the table that counts. */
  add(placed: EnrichedFact): void {
    const id = this.entity.idOf(placed);
    if (id === undefined) return;
    const number = this.#numbers.numberOfText(id);
    const known = this.#stored.get(number);
    if (known) known.push(placed);
    else this.#stored.set(number, [placed]);
  }

  /** All entities that are chosen, one after the other. */
  *derived(dependencies: Dependencies): Generator<DerivedEntity> {
    const rows = this.#rows.sorted(this.#numbers.size);
    for (let number = 0; number < this.#numbers.size; number += 1) {
      const stored = this.#stored.get(number);
      const told = stored ? this.#toldWith(number, rows, stored) : this.#toldByRows(number, rows);
      const place = told ? told.place : this.#nowhere;
      if (!place) continue;
      yield {
        group: place.group,
        occurrences: () => {
          const steps = this.#stepsOf(number, rows, stored);
          const history = this.entity.historyFrom(steps, told?.origin ?? null);
          return this.entity.derive(history, dependencies, this.#asked.wanted);
        },
      };
    }
  }

  #toldByRows(
    number: number,
    rows: SortedRows,
  ): { readonly origin: Origin; readonly place: Place } | undefined {
    const row = rows.tellingOf(number);
    if (!row) return undefined;
    const { rank, at } = row;
    return { origin: { rank, at, factId: "", segments: noSegments }, place: this.#places[row.place] };
  }

  /** The origin among the rows and the facts of the table. */
  #toldWith(number: number, rows: SortedRows, stored: readonly EnrichedFact[]) {
    const row = rows.tellingOf(number);
    const ofRows: Origin | null = row
      ? { rank: row.rank, at: row.at, factId: row.factId(), segments: noSegments }
      : null;
    let origin = ofRows;
    let source: EnrichedFact | undefined;
    for (const placed of stored) {
      const rank = this.entity.stepOf(placed)?.rank;
      if (rank === undefined) continue;
      const { fact, segments } = placed;
      const candidate: Origin = { rank, at: fact.occurredAt, factId: fact.id, segments };
      if (telling(origin, candidate) !== candidate) continue;
      origin = candidate;
      source = placed;
    }
    if (!origin) return undefined;
    if (!source) return { origin, place: this.#places[row?.place ?? -1] };
    const { timeZone, chosen } = this.#asked;
    return { origin, place: chosen.choose(characteristicsOf(source, timeZone)) };
  }

  #stepsOf(number: number, rows: SortedRows, stored: readonly EnrichedFact[] = []) {
    const steps: Partial<Record<string, Step[]>> = {};
    rows.addSteps(number, steps);
    for (const placed of stored) {
      const found = this.entity.stepOf(placed);
      if (!found) continue;
      const known = steps[found.kind] ?? [];
      steps[found.kind] = known;
      known.push({ ...found.step, times: 1 });
    }
    return steps;
  }
}
