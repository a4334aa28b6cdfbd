import { tableOfType } from "../../domain/archive/tables.ts";
import { addDays, type Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import type { AnyEntity } from "../../domain/entities/entity.ts";
import { occurrencesOf } from "../../domain/entities/one-fact/one-fact.ts";
import { entities } from "../../domain/entities/registry.ts";
import { type AnyMetric, ownersOf } from "../../domain/metrics/metric.ts";
import { defaultFiles, type Files } from "../../store/files/bucket.ts";
import { listFactsBetween } from "../../store/records/bulk.ts";
import type { StoredFact } from "../../store/records/facts.ts";
import { countedOccurrences, type StoredEntity } from "../../store/records/stored-entity.ts";
import type { FactKind } from "../../store/table/keys.ts";
import type { QueryContext } from "../context.ts";
import { OccurrenceGroups } from "../fact-groups.ts";
import {
  characteristicsOf,
  characteristicsOfEntity,
  maxFactsPerAnswer,
  needsBeginning,
  sourced,
  sourcesOf,
} from "../fact-source.ts";
import { linkOf, readLinked, withLink } from "../linked.ts";
import { adviceOnFacts, adviceOnHistories, orRefuse } from "../refusal.ts";
import type { CounterScope, CounterSource, CountersByMetric } from "../source.ts";
import { Chooser } from "./chooser.ts";
import { listDayFiles, readDayFiles, refuseTooLate, refuseTooManyFiles } from "./day-files.ts";
import { EntityFacts } from "./entity-facts.ts";
import { readErased } from "./erased.ts";
import { type FactType, kindOf, kindsCountedFrom, singleOwners, typesOfFacts } from "./fact-types.ts";
import { type AskedNames, askedNames } from "./fields.ts";
import { findOpenDays, isIn, within } from "./open-days.ts";
import { RowCounts } from "./row-counts.ts";
import { RowPlaces } from "./row-places.ts";
import { type WantedTable, WantedTables } from "./wanted-tables.ts";

/**
 * The files of closed days as a source: a metric's counters, counted from all facts for this one question. Days that have no file as
 * they are now are read from the table.
 */

/** Answers everything, where closed days are kept as files. */
export const closedDays: CounterSource = {
  async read({ table, ...store }: QueryContext, scope: CounterScope): Promise<CountersByMetric | undefined> {
    const files = store.files ?? defaultFiles();
    if (!files) return undefined;
    // The index that lists the facts is not read consistently either.
    const context = { ...store, files, table: { ...table, isEventual: true } };
    const count = new Count(context, scope);
    const { workspace } = context;
    return orRefuse(
      () => count.run(),
      () =>
        count.needsHistories
          ? adviceOnHistories(scope, workspace)
          : adviceOnFacts(scope, workspace, "there are too many"),
    );
  },
};

/** After so many histories it is looked how much time is left. */
const entitiesPerLook = 2_000;

/** A metric while it is counted. */
interface Counted {
  readonly metric: AnyMetric;
  readonly owners: readonly AnyMetric[];
  readonly groups: OccurrenceGroups;
  readonly rows: RowCounts;
  /** From which day on single facts are counted; absent where none are. */
  readonly factsFrom: Day | undefined;
  /** The types of facts that are counted singly, one for each name by which its metrics know them. */
  readonly types: readonly FactType[];
  readonly sources: ReadonlySet<string>;
}

/** The histories of a kind of entities, and the types of facts that they are made of for the metrics that are asked for. */
interface CountedEntity {
  readonly facts: EntityFacts;
  readonly types: ReadonlySet<FactType>;
}

/** Counts the facts that some metrics need, those from files first. */
class Count {
  readonly #context: QueryContext & { readonly files: Files };
  readonly #counted: readonly Counted[];
  readonly #entities: readonly CountedEntity[];
  readonly #scope: CounterScope;
  readonly #asked: AskedNames;
  readonly #isChosenByNames: boolean;
  readonly #places: RowPlaces;
  readonly #linked: StoredFact[] = [];
  #facts = 0;

  constructor(context: QueryContext & { readonly files: Files }, scope: CounterScope) {
    const { workspace } = context;
    this.#context = context;
    this.#scope = scope;
    const asked = askedNames(scope.filters, scope.groupBy);
    this.#asked = asked;
    this.#isChosenByNames = asked.names.size > 0;
    this.#counted = scope.metrics.map((metric) => {
      const owners = ownersOf(metric);
      const groups = new OccurrenceGroups(owners, scope, needsBeginning(metric, owners));
      const rows = new RowCounts(owners, groups);
      const direct = singleOwners(owners);
      const isWhole = needsBeginning(metric, direct);
      const factsFrom = direct.length === 0 ? undefined : isWhole ? workspace.earliestDay : scope.range.from;
      const types = direct.flatMap(typesOfFacts);
      return { metric, owners, groups, rows, factsFrom, types, sources: new Set(owners.flatMap(sourcesOf)) };
    });
    // All metrics have the same groups.
    const [first] = this.#counted;
    if (!first) throw new RangeError("nothing is counted");
    this.#places = new RowPlaces(new Chooser(asked, workspace.timeZone), first.groups);
    const named = new Set(this.#counted.flatMap(({ owners }) => owners.flatMap(typesOfFacts)));
    this.#entities = entities
      .filter(({ name }) => this.#counted.some(({ sources }) => sources.has(name)))
      .map((entity) => ({
        facts: this.#factsOf(entity),
        types: new Set(entity.facts.filter((type) => !entity.aside.includes(type) || named.has(type))),
      }));
  }

  #factsOf(entity: AnyEntity): EntityFacts {
    const counting = this.#counted.filter(({ sources }) => sources.has(entity.name));
    const [first] = counting;
    if (!first) throw new RangeError(`nothing counts from ${entity.name}`);
    const wanted = kindsCountedFrom(
      entity.name,
      counting.flatMap(({ owners }) => owners),
    );
    const { timeZone } = this.#context.workspace;
    // All metrics have the same groups.
    return new EntityFacts(entity, { asked: this.#asked, timeZone, chosen: first.groups, wanted });
  }

  /** Whether histories have to be derived, which begin before the days asked for. */
  get needsHistories(): boolean {
    return this.#entities.length > 0;
  }

  async run(): Promise<CountersByMetric> {
    const { files, workspace, deadline } = this.#context;
    const tables = this.#wantedTables();
    const [first, last] = [this.#firstDay(), this.#lastDay()];
    const open = await findOpenDays(this.#context, { from: first, to: last });
    await this.#countOpenDays(open);
    const dayFiles = await listDayFiles(files, workspace.id, tables, (day) => !isIn(open, day));
    refuseTooManyFiles(files, dayFiles, deadline);
    for await (const { wanted, day, columns } of readDayFiles(files, dayFiles, deadline)) {
      const read = { table: wanted.table, day, columns };
      this.#facts += columns.rows;
      for (const { facts, types } of this.#entities) {
        if (wanted.table.types.some((type) => types.has(type))) facts.addRows(read);
      }
      const counting = this.#counted.filter((one) => this.#countsSingly(one, wanted.table.types, day));
      if (counting.length === 0) continue;
      const placed = this.#places.of(read);
      for (const { rows } of counting) rows.count(placed);
    }
    await this.#countLinked();
    const counted = await this.#countEntities();
    return new Map(
      this.#counted.map(({ metric, groups }) => {
        const results = { ...groups.results(), facts: this.#facts, entities: counted };
        return [metric, sourced(this.#scope, results, "files")];
      }),
    );
  }

  /** The day from which on facts are needed, and the last one: what happens to an entity later may change what it counted before. */
  #firstDay(): Day {
    if (this.#entities.length > 0) return this.#context.workspace.earliestDay;
    return this.#counted.reduce((first, { factsFrom }) => {
      return factsFrom !== undefined && factsFrom < first ? factsFrom : first;
    }, this.#scope.range.to);
  }

  #lastDay(): Day {
    const { range } = this.#scope;
    const latest = addDays(dayOf(Date.now(), this.#context.workspace.timeZone), 1);
    return this.#entities.length > 0 && latest > range.to ? latest : range.to;
  }

  #countsSingly({ types: counted, factsFrom }: Counted, types: readonly FactType[], day: Day): boolean {
    if (factsFrom === undefined || day < factsFrom || day > this.#scope.range.to) return false;
    return types.some((type) => counted.includes(type));
  }

  #wantedTables(): WantedTable[] {
    const wanted = new WantedTables();
    for (const { types, factsFrom } of this.#counted) {
      if (factsFrom === undefined) continue;
      const span = { from: factsFrom, to: this.#scope.range.to };
      for (const table of new Set(types.map(tableOfType))) wanted.addCounted(table, span, this.#asked);
    }
    const whole = { from: this.#firstDay(), to: this.#lastDay() };
    for (const { facts, types } of this.#entities) {
      for (const table of new Set([...types].map(tableOfType)))
        wanted.addEntities(table, whole, facts.columnsOf(table));
    }
    return wanted.all();
  }

  /** Counts the days that are read from the table. */
  async #countOpenDays(open: readonly DayRange[]): Promise<void> {
    const { table, workspace, deadline } = this.#context;
    const erased = await this.#countErased();
    for (const kind of ["responses", "events"] as const) {
      for (const range of within(open, this.#spanOf(kind))) {
        const bounds = { most: maxFactsPerAnswer - this.#facts, deadline };
        const facts = await listFactsBetween(table, workspace.id, kind, range, bounds);
        this.#facts += facts.length;
        for (const stored of facts) if (!stored.excluded) this.#countStored(stored, erased);
      }
    }
  }

  /** The days on which facts of a kind are needed; without any where none are. */
  #spanOf(kind: FactKind): DayRange {
    const needed = this.#entities.some(({ types }) => [...types].some((type) => kindOf(type) === kind));
    if (needed) return { from: this.#firstDay(), to: this.#lastDay() };
    const starts = this.#counted.flatMap(({ sources, factsFrom }) =>
      sources.has(kind) && factsFrom !== undefined ? [factsFrom] : [],
    );
    const { to } = this.#scope.range;
    return { from: starts.sort()[0] ?? addDays(to, 1), to };
  }

  #countStored(stored: StoredFact, erased: ReadonlySet<string>): void {
    const { timeZone } = this.#context.workspace;
    const isOfErased = stored.person !== undefined && erased.has(stored.person);
    for (const { facts } of this.#entities) {
      if (!(facts.entity.personal && isOfErased)) facts.add(stored);
    }
    if (linkOf(stored) !== undefined && this.#isChosenByNames) {
      this.#linked.push(stored);
      return;
    }
    for (const one of this.#counted) {
      if (one.factsFrom === undefined || stored.day < one.factsFrom) continue;
      one.groups.count(characteristicsOf(stored, timeZone), occurrencesOf(stored));
    }
  }

  /** Counts persons who were erased: their histories are kept without a name, and no fact tells them any more. */
  async #countErased(): Promise<ReadonlySet<string>> {
    const persons = new Set<string>();
    for (const { facts } of this.#entities) {
      for (const stored of await readErased(this.#context, facts.entity)) {
        if (stored.person !== undefined) persons.add(stored.person);
        this.#countNameless(stored);
      }
    }
    return persons;
  }

  #countNameless(stored: StoredEntity): void {
    const from = characteristicsOfEntity(stored.history.origin);
    for (const one of this.#counted) {
      if (one.sources.has(stored.entity.name)) one.groups.count(from, countedOccurrences(stored));
    }
  }

  /** Counts answers that are about tickets or orders: under what these say, where they say nothing themselves. */
  async #countLinked(): Promise<void> {
    const { timeZone } = this.#context.workspace;
    const ofFiles = this.#counted.flatMap(({ rows }) => rows.links);
    const ofTable = this.#linked.flatMap((stored) => linkOf(stored) ?? []);
    const linked = await readLinked(this.#context, [...ofFiles, ...ofTable], maxFactsPerAnswer);
    for (const { rows, groups, factsFrom } of this.#counted) {
      rows.countLinked(linked, this.#places);
      for (const stored of this.#linked) {
        if (factsFrom === undefined || stored.day < factsFrom) continue;
        const own = characteristicsOf(stored, timeZone);
        groups.count(withLink(own, linkOf(stored), linked), occurrencesOf(stored));
      }
    }
  }

  /** Counts what follows from the histories. @returns how many there are */
  async #countEntities(): Promise<number> {
    const { workspace, deadline } = this.#context;
    let size = 0;
    let derivedSoFar = 0;
    for (const { facts } of this.#entities) {
      size += facts.size;
      const counting = this.#counted.filter(({ sources }) => sources.has(facts.entity.name));
      for (const { group, occurrences } of facts.derived(facts.entity.dependencies(workspace))) {
        derivedSoFar += 1;
        if (derivedSoFar % entitiesPerLook === 0) refuseTooLate(deadline);
        const derived = occurrences();
        for (const { groups } of counting) groups.countIn(group, derived);
      }
    }
    return size;
  }
}
