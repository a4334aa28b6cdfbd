import { moneyOf } from "../../archive/columns.ts";
import type { FieldColumn } from "../../archive/tables.ts";
import type { EnrichedFact } from "../../entities/enriched-fact.ts";
import type { AnyEntity, Dependencies } from "../../entities/entity.ts";
import type { Occurrence } from "../../entities/occurrences/occurrence.ts";
import { characteristicOf } from "../../facts/characteristics.ts";
import type { Characteristics } from "../fact-groups.ts";
import { dimensionsOf } from "./chooser.ts";
import type { DayColumns } from "./fields.ts";
import { type AskedNames, choosingColumns, steppingColumns } from "./fields.ts";

/** Histories of entities, made of the facts that are about them. */

/** What follows from an entity's history, and by what it is chosen. */
export interface DerivedEntity {
  readonly from: Characteristics;
  occurrences(): readonly Occurrence[];
}

/** The facts about all entities of one kind. */
export class EntityFacts {
  readonly entity: AnyEntity;
  readonly #asked: AskedNames;
  readonly #byId = new Map<string, EnrichedFact[]>();

  constructor(entity: AnyEntity, asked: AskedNames) {
    this.entity = entity;
    this.#asked = asked;
  }

  /** How many entities there are. */
  get size(): number {
    return this.#byId.size;
  }

  /** The names of the columns that `addRows` needs of a table. */
  columnsOf(table: DayColumns["table"]): string[] {
    const fields = this.#fieldsOf(table).map(({ name }) => name);
    return ["id", "type", "occurred_at", "excluded", "dimensions_json", ...fields];
  }

  #fieldsOf(table: DayColumns["table"]): FieldColumn[] {
    const fields = [...steppingColumns(table), ...choosingColumns(table, this.#asked)];
    return [...new Set(fields)].filter(({ field }) => field !== "occurredAt");
  }

  /** Adds the facts of a table's day, but for those that were taken out of the counts. */
  addRows({ table, day, columns }: DayColumns): void {
    const [ids, types, instants, excluded, dimensions] = [
      columns.column("id"),
      columns.column("type"),
      columns.column("occurred_at"),
      columns.column("excluded"),
      columns.column("dimensions_json"),
    ];
    const fields = this.#fieldsOf(table).map((field) => ({ field, values: columns.column(field.name) }));
    const currencies = columns.column("currency");
    for (let row = 0; row < columns.rows; row += 1) {
      if (excluded[row] === true) continue;
      const fact: Record<string, unknown> = {
        ...{ id: ids[row], type: types[row], occurredAt: Number(instants[row]) },
        dimensions: dimensionsOf(dimensions[row]),
      };
      const placed: Record<string, unknown> = { fact, day, segments: none };
      for (const { field, values } of fields) {
        const value = values[row];
        if (value === null || value === undefined || field.field === "currency") continue;
        if (field.kind === "amount")
          fact["money"] = moneyOf(BigInt(value as bigint), String(currencies[row]));
        else (field.of === "fact" ? fact : placed)[field.field] = value;
      }
      this.add(placed as unknown as EnrichedFact);
    }
  }

  /** Adds a fact that counts. */
  add(placed: EnrichedFact): void {
    const id = this.entity.idOf(placed);
    if (id === undefined) return;
    const known = this.#byId.get(id);
    if (known) known.push(placed);
    else this.#byId.set(id, [placed]);
  }

  /** All entities, one after the other. Of what has no origin nothing counts. */
  *derived(dependencies: Dependencies, timeZone: string): Generator<DerivedEntity> {
    for (const facts of this.#byId.values()) {
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

const none = {};
