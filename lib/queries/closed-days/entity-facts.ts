import type { EnrichedFact } from "../../entities/enriched-fact.ts";
import type { AnyEntity, Dependencies } from "../../entities/entity.ts";
import type { Occurrence } from "../../entities/occurrences/occurrence.ts";
import { characteristicOf } from "../../facts/characteristics.ts";
import type { Characteristics } from "../fact-groups.ts";
import { FactRows, namesOfFacts } from "./fact-rows.ts";
import { type AskedNames, choosingColumns, type DayColumns, steppingColumns } from "./fields.ts";
import { Numbers } from "./numbers.ts";

/** Histories of entities, made of the facts that are about them. */

/** What follows from an entity's history, and by what it is chosen. */
export interface DerivedEntity {
  readonly from: Characteristics;
  occurrences(): readonly Occurrence[];
}

/**
 * The facts about all entities of one kind: where they stand in files, and those of the table as they are. Facts of files are made only while
 * their entity is derived: millions of them would not fit.
 */
export class EntityFacts {
  readonly entity: AnyEntity;
  readonly #asked: AskedNames;
  /** The number of each entity, by its id. */
  readonly #numbers = new Map<string, number>();
  /** Of each entity, its latest row. */
  readonly #latest = new Numbers();
  /** Of each row: its day among those that were read, its place in it, and the row of the same entity before it. */
  readonly #days = new Numbers();
  readonly #rows = new Numbers();
  readonly #before = new Numbers();
  readonly #read: FactRows[] = [];
  /** Facts of the table, by the number of their entity. */
  readonly #stored = new Map<number, EnrichedFact[]>();

  constructor(entity: AnyEntity, asked: AskedNames) {
    this.entity = entity;
    this.#asked = asked;
  }

  /** How many entities there are. */
  get size(): number {
    return this.#numbers.size;
  }

  /** The names of the columns that `addRows` needs of a table. */
  columnsOf(table: DayColumns["table"]): string[] {
    return [...namesOfFacts, ...this.#fieldsOf(table).map(({ name }) => name)];
  }

  #fieldsOf(table: DayColumns["table"]) {
    return [...new Set([...steppingColumns(table), ...choosingColumns(table, this.#asked)])];
  }

  /** Adds the facts of a table's day, but for those that were taken out of the counts. */
  addRows(read: DayColumns): void {
    const facts = new FactRows(read, this.#fieldsOf(read.table));
    const day = this.#read.push(facts) - 1;
    const { idField } = this.entity;
    const types: ReadonlySet<unknown> = new Set(this.entity.facts);
    const ids = idField === undefined ? undefined : facts.fieldOf(idField);
    // What rows have in common is looked up once.
    const numbers = ids?.values.map(() => -1);
    for (let row = 0; row < read.columns.rows; row += 1) {
      if (facts.isExcluded(row) || !types.has(facts.typeOf(row))) continue;
      const code = ids?.codes[row] ?? -1;
      if (numbers && code < 0) continue;
      let number = numbers?.[code] ?? -1;
      if (number < 0) {
        const id = ids ? ids.values[code] : this.entity.idOf(facts.factOf(row));
        if (typeof id !== "string") continue;
        number = this.#numberOf(id);
        if (numbers) numbers[code] = number;
      }
      this.#days.push(day);
      this.#before.push(this.#latest.at(number));
      this.#latest.set(number, this.#rows.push(row));
    }
  }

  /** Adds a fact that counts. */
  add(placed: EnrichedFact): void {
    const id = this.entity.idOf(placed);
    if (id === undefined) return;
    const number = this.#numberOf(id);
    const known = this.#stored.get(number);
    if (known) known.push(placed);
    else this.#stored.set(number, [placed]);
  }

  #numberOf(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#latest.push(-1);
    this.#numbers.set(id, number);
    return number;
  }

  #factsOf(number: number): EnrichedFact[] {
    const facts = [...(this.#stored.get(number) ?? [])];
    for (let index = this.#latest.at(number); index >= 0; index = this.#before.at(index)) {
      const read = this.#read[this.#days.at(index)];
      if (read) facts.push(read.factOf(this.#rows.at(index)));
    }
    return facts;
  }

  /** All entities, one after the other. Of what has no origin nothing counts. */
  *derived(dependencies: Dependencies, timeZone: string): Generator<DerivedEntity> {
    for (const number of this.#numbers.values()) {
      const facts = this.#factsOf(number);
      const history = this.entity.historyOf(facts);
      const { origin } = history;
      const source = facts.find(({ fact }) => fact.id === origin?.factId);
      if (!origin || !source) continue;
      const { fact, day } = source;
      yield {
        from: {
          segments: origin.segments,
          valueOf: (name) => characteristicOf(fact, name, { day, timeZone }),
        },
        occurrences: () => this.entity.derive(history, dependencies),
      };
    }
  }
}
