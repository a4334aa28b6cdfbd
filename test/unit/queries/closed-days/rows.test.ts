import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeFacts } from "../../../../lib/domain/archive/parquet.ts";
import { readColumns } from "../../../../lib/domain/archive/reading/columns.ts";
import type { ArchivedFact } from "../../../../lib/domain/archive/rows.ts";
import { type FactTable, tableOfType } from "../../../../lib/domain/archive/tables.ts";
import type { AnyEntity, WantedKinds } from "../../../../lib/domain/entities/entity.ts";
import type { Occurrence } from "../../../../lib/domain/entities/occurrences/occurrence.ts";
import { occurrencesOf } from "../../../../lib/domain/entities/one-fact/one-fact.ts";
import { entities } from "../../../../lib/domain/entities/registry.ts";
import { ticket } from "../../../../lib/domain/entities/ticket.ts";
import type { Fact } from "../../../../lib/domain/facts/parse.ts";
import { type AnyMetric, ownersOf } from "../../../../lib/domain/metrics/metric.ts";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";
import { defaultSettings } from "../../../../lib/domain/workspace/settings.ts";
import { Chooser } from "../../../../lib/queries/closed-days/chooser.ts";
import { EntityFacts } from "../../../../lib/queries/closed-days/entity-facts.ts";
import { askedNames, choosingColumns, countedColumns } from "../../../../lib/queries/closed-days/fields.ts";
import { RowCounts } from "../../../../lib/queries/closed-days/row-counts.ts";
import { RowPlaces } from "../../../../lib/queries/closed-days/row-places.ts";
import { type GroupScope, noCharacteristics, OccurrenceGroups } from "../../../../lib/queries/fact-groups.ts";
import { characteristicsOf } from "../../../../lib/queries/fact-source.ts";
import { archivedFactArbitrary } from "../../../fixtures/archive.ts";
import { countsIn } from "../../../fixtures/counts-in.ts";

/** What is counted from a file's columns is what is counted from the facts that it was written from. */

const timeZone = "Asia/Kolkata";
const day = "2026-03-05";
const range = { from: day, to: day };

const facts = fc
  .array(archivedFactArbitrary, { minLength: 1, maxLength: 60 })
  .map((some) => some.map((one) => ({ ...one, day })))
  .map((some) => [...new Map(some.map((one) => [one.fact.id, one])).values()]);

const names = fc.subarray(
  ["channel", "plan", "touchpoint", "surveyId", "reason", "page", "hour", "weekday", "symbol"],
  {
    maxLength: 3,
  },
);

const filters = fc.constantFrom(
  {},
  { channel: ["web", "(none)"] },
  { channel: ["(other)"] },
  { hour: ["10", "11"] },
);

function columnsOf(table: FactTable, own: readonly ArchivedFact[], scope: GroupScope) {
  const asked = askedNames(scope.filters, scope.groupBy);
  const fields = [...countedColumns(table), ...choosingColumns(table, asked)].map(({ name }) => name);
  const wanted = ["type", "excluded", "dimensions_json", ...fields];
  return readColumns(writeFacts(table, own), { whole: wanted });
}

function resultsOf(metric: AnyMetric, groups: OccurrenceGroups) {
  const found = groups.results().groups;
  return Object.fromEntries(found.map(({ value, counters }) => [value, countsIn(metric, counters, range)]));
}

it("a day can have more answers about tickets than a call has arguments", async () => {
  const table = tableOfType("response");
  const read = { table, day, columns: await columnsOf(table, [], { filters: {}, range }) };
  const linked = new Array(200_000).fill({ read, row: 0, link: { entity: ticket, id: "t" } });
  const rows = new RowCounts([], new OccurrenceGroups([], { filters: {}, range }, false));
  rows.count({ read, groups: [], codes: new Int32Array(0), linked });
  expect(rows.links).toHaveLength(200_000);
});

it("single facts of every type bring the same, whatever they are chosen and grouped by", async () => {
  await fc.assert(
    fc.asyncProperty(facts, names, filters, async (some, groupBy, filter) => {
      const scope = { filters: filter, groupBy, range };
      const byTable = Map.groupBy(some, ({ fact }) => tableOfType(fact.type));
      const read = await Promise.all(
        [...byTable].map(async ([table, own]) => ({
          table,
          day,
          columns: await columnsOf(table, own, scope),
        })),
      );
      const chooser = new Chooser(askedNames(filter, groupBy), timeZone);
      const places = new RowPlaces(chooser, new OccurrenceGroups([], scope, false));
      const placed = read.map((one) => places.of(one));
      for (const metric of metrics) {
        const [expected, groups] = [
          new OccurrenceGroups(ownersOf(metric), scope, false),
          new OccurrenceGroups(ownersOf(metric), scope, false),
        ];
        for (const one of some.filter(({ excluded }) => !excluded)) {
          expected.count(characteristicsOf(one, timeZone), occurrencesOf(one));
        }
        const rows = new RowCounts(ownersOf(metric), groups);
        for (const one of placed) rows.count(one);
        rows.countLinked(new Map(), places);
        expect(resultsOf(metric, groups)).toEqual(resultsOf(metric, expected));
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

describe("histories of every entity", () => {
  const days = ["2026-03-04", day, "2026-03-06"];
  const placed = facts.chain((some) =>
    fc
      .array(fc.tuple(fc.constantFrom(...days), fc.boolean()), {
        minLength: some.length,
        maxLength: some.length,
      })
      .map((where) =>
        some.map((one, index) => ({
          fact: { ...one, fact: atFullHours(one.fact), day: where[index]?.[0] ?? day },
          isInFile: where[index]?.[1] ?? true,
        })),
      ),
  );

  const everyKind: WantedKinds = new Set(metrics.flatMap(({ counts }) => counts));

  /** So that several happen at the same instant. */
  const atFullHours = <Known extends Fact>(fact: Known): Known => {
    return { ...fact, occurredAt: Math.floor(fact.occurredAt / 43_200_000) * 43_200_000 };
  };

  function factsOf(
    entity: AnyEntity,
    groupBy: readonly string[],
    wanted: WantedKinds = everyKind,
  ): EntityFacts {
    const scope = { filters: {}, groupBy, range };
    const chosen = new OccurrenceGroups([], scope, false);
    return new EntityFacts(entity, { asked: askedNames({}, groupBy), timeZone, chosen, wanted });
  }

  async function addFiles(into: EntityFacts, own: readonly ArchivedFact[]): Promise<void> {
    for (const [table, ofTable] of Map.groupBy(own, ({ fact }) => tableOfType(fact.type))) {
      for (const [on, ofDay] of Map.groupBy(ofTable, (one) => one.day)) {
        const columns = await readColumns(writeFacts(table, ofDay), into.columnsOf(table));
        into.addRows({ table, day: on, columns });
      }
    }
  }

  /** What the ledger counts of these facts, entity by entity. */
  function counted(entity: AnyEntity, some: readonly ArchivedFact[], groupBy: readonly string[]) {
    const chosen = new OccurrenceGroups([], { filters: {}, groupBy, range }, false);
    const counting = some.filter(({ excluded }) => !excluded);
    return [...Map.groupBy(counting, (one) => entity.idOf(one))].flatMap(([id, own]) => {
      if (id === undefined) return [];
      const history = entity.historyOf(own);
      const origin = own.find(({ fact }) => fact.id === history.origin?.factId);
      const place = chosen.choose(origin ? characteristicsOf(origin, timeZone) : noCharacteristics);
      const occurrences = entity.derive(history, entity.dependencies(defaultSettings));
      return place ? [{ group: place.group, occurrences }] : [];
    });
  }

  function derived(from: EntityFacts, wanted?: WantedKinds): string[] {
    const all = [...from.derived(from.entity.dependencies(defaultSettings))];
    return textsOf(
      all.map(({ group, occurrences }) => ({ group, occurrences: occurrences() })),
      wanted,
    );
  }

  function textsOf(
    all: readonly { readonly group: string | undefined; readonly occurrences: readonly Occurrence[] }[],
    wanted?: WantedKinds,
  ): string[] {
    return all
      .map(({ group, occurrences }) => ({
        group,
        occurrences: occurrences
          // Answers about a ticket are counted with what is looked up of it.
          .filter(({ kind, timesBeside }) => timesBeside === undefined && wanted?.has(kind) !== false)
          .map(({ segments: _segments, ...rest }) => rest),
      }))
      .filter(({ occurrences }) => occurrences.length > 0)
      .map((one) => JSON.stringify(one, (_key, value) => (typeof value === "bigint" ? String(value) : value)))
      .sort();
  }

  it("are those of the facts themselves, whether all of them are in files or some are in the table", async () => {
    await fc.assert(
      fc.asyncProperty(placed, names, async (some, groupBy) => {
        for (const entity of entities) {
          const [fromFiles, fromFacts, fromBoth] = [0, 1, 2].map(() => factsOf(entity, groupBy));
          if (!fromFiles || !fromFacts || !fromBoth) throw new Error("all are there");
          const inFiles = some.filter(({ isInFile }) => isInFile).map(({ fact }) => fact);
          await addFiles(
            fromFiles,
            some.map(({ fact }) => fact),
          );
          await addFiles(fromBoth, inFiles);
          for (const { fact, isInFile } of some) {
            if (fact.excluded) continue;
            fromFacts.add(fact);
            if (!isInFile) fromBoth.add(fact);
          }
          const expected = counted(
            entity,
            some.map(({ fact }) => fact),
            groupBy,
          );
          expect(derived(fromFacts)).toEqual(textsOf(expected));
          expect(derived(fromFiles)).toEqual(textsOf(expected));
          expect(derived(fromBoth)).toEqual(textsOf(expected));
        }
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it("bring what a metric counts also where only that is derived", async () => {
    const counting = metrics.filter(({ counts }) => counts.length > 0);
    await fc.assert(
      fc.asyncProperty(placed, fc.constantFrom(...counting), async (some, metric) => {
        const { counts, countsFrom = [] } = metric;
        const wanted = new Set(counts);
        for (const entity of entities.filter(({ name }) => countsFrom.some((from) => from === name))) {
          const [asked, whole] = [factsOf(entity, ["channel"], wanted), factsOf(entity, ["channel"])];
          for (const into of [asked, whole]) {
            await addFiles(
              into,
              some.map(({ fact }) => fact),
            );
          }
          expect(derived(asked, wanted)).toEqual(derived(whole, wanted));
          const all = [...whole.derived(entity.dependencies(defaultSettings))].flatMap((one) =>
            one.occurrences(),
          );
          const bringing = all.filter((one) => Object.keys(metric.increments(one)).length > 0);
          expect(bringing.filter(({ kind }) => !wanted.has(kind))).toEqual([]);
        }
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});
