import fc from "fast-check";
import { expect, it } from "vitest";
import { writeFacts } from "../../../../lib/archive/parquet.ts";
import { readColumns } from "../../../../lib/archive/reading/columns.ts";
import type { ArchivedFact } from "../../../../lib/archive/rows.ts";
import { type FactTable, tableOfType } from "../../../../lib/archive/tables.ts";
import { occurrencesOf } from "../../../../lib/entities/one-fact/one-fact.ts";
import { entities } from "../../../../lib/entities/registry.ts";
import { type AnyMetric, ownersOf } from "../../../../lib/metrics/metric.ts";
import { metrics } from "../../../../lib/metrics/registry.ts";
import { Chooser } from "../../../../lib/queries/closed-days/chooser.ts";
import { EntityFacts } from "../../../../lib/queries/closed-days/entity-facts.ts";
import { askedNames, choosingColumns, countedColumns } from "../../../../lib/queries/closed-days/fields.ts";
import { RowCounts } from "../../../../lib/queries/closed-days/row-counts.ts";
import { type GroupScope, OccurrenceGroups } from "../../../../lib/queries/fact-groups.ts";
import { characteristicsOf } from "../../../../lib/queries/fact-source.ts";
import { defaultSettings } from "../../../../lib/workspace/settings.ts";
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
  const ofEntities = entities.flatMap((entity) => new EntityFacts(entity, asked).columnsOf(table));
  return readColumns(writeFacts(table, own), { whole: [...wanted, ...ofEntities] });
}

function resultsOf(metric: AnyMetric, groups: OccurrenceGroups) {
  const found = groups.results().groups;
  return Object.fromEntries(found.map(({ value, counters }) => [value, countsIn(metric, counters, range)]));
}

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
      for (const metric of metrics) {
        const [expected, groups] = [
          new OccurrenceGroups(ownersOf(metric), scope, false),
          new OccurrenceGroups(ownersOf(metric), scope, false),
        ];
        for (const one of some.filter(({ excluded }) => !excluded)) {
          expected.count(characteristicsOf(one, timeZone), occurrencesOf(one));
        }
        const rows = new RowCounts(
          ownersOf(metric),
          groups,
          new Chooser(askedNames(filter, groupBy), timeZone),
        );
        for (const one of read) rows.count(one);
        rows.countLinked(new Map());
        expect(resultsOf(metric, groups)).toEqual(resultsOf(metric, expected));
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

it("histories of every entity are those of the facts themselves", async () => {
  await fc.assert(
    fc.asyncProperty(facts, names, async (some, groupBy) => {
      const scope = { filters: {}, groupBy, range };
      for (const entity of entities) {
        const [fromRows, fromFacts] = [0, 1].map(() => new EntityFacts(entity, askedNames({}, groupBy)));
        if (!fromRows || !fromFacts) throw new Error("both are there");
        for (const [table, own] of Map.groupBy(some, ({ fact }) => tableOfType(fact.type))) {
          fromRows.addRows({ table, day, columns: await columnsOf(table, own, scope) });
        }
        for (const one of some) if (!one.excluded) fromFacts.add(one);
        const derived = (from: EntityFacts) =>
          [...from.derived(entity.dependencies(defaultSettings), timeZone)]
            .map(({ from: chosen, occurrences }) => ({
              values: groupBy.map((name) => chosen.valueOf(name)),
              // Answers about a ticket are counted with what is looked up of it.
              occurrences: occurrences()
                .filter(({ timesBeside }) => timesBeside === undefined)
                .map(({ segments: _segments, ...rest }) => rest),
            }))
            .map((one) =>
              JSON.stringify(one, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
            )
            .sort();
        expect(derived(fromRows)).toEqual(derived(fromFacts));
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);
