import { valueAt } from "../domain/archive/reading/coded-column.ts";
import { factOf } from "../domain/archive/rows.ts";
import { type FactTable, tableOfType } from "../domain/archive/tables.ts";
import { addDays, type Day, dayNumber } from "../domain/calendar/days.ts";
import type { Fact } from "../domain/facts/parse.ts";
import { CustomerCases, daysOfCases } from "../domain/metrics/customer-cases.ts";
import type { AnyMetric, Cases, GatheredCases, MetricSettings } from "../domain/metrics/metric.ts";
import { metrics } from "../domain/metrics/registry.ts";
import { type MeasuredEffects, metricSettings, type Workspace } from "../domain/workspace/settings.ts";
import { listDayFiles, readDayFiles } from "../queries/closed-days/day-files.ts";
import type { DayColumns } from "../queries/closed-days/fields.ts";
import type { WantedTable } from "../queries/closed-days/wanted-tables.ts";
import type { Files } from "../store/files/bucket.ts";
import { writeMeasuredCustomers } from "../store/settings/customer-effects.ts";
import type { Table } from "../store/table/client.ts";
import { isTooMuch } from "../store/table/errors.ts";
import { type Deadline, deadlineIn } from "../store/table/retries.ts";
import { logger } from "../telemetry/logger.ts";

/** Measures what a workspace's customers do to the variance of its metrics, from the files of closed days. */

/** At most so long days are read; of what takes longer, the latest days that were read in time are taken. */
const maxMilliseconds = 60_000;

/** At most so many days of customers are held, of all metrics together: some 35 MB. */
const maxHeldDays = 200_000;

interface Counting {
  readonly metric: AnyMetric;
  readonly settings: MetricSettings;
  /** Of whose facts its cases are made. */
  readonly tables: ReadonlySet<FactTable>;
  readonly found: GatheredCases;
}

/** What is counted of the facts of a table. */
interface TableCounting {
  readonly columns: readonly string[];
  readonly counted: readonly Counting[];
  /** The first day that was read. */
  first: Day | undefined;
}

/** Cases that single facts tell, as they come. */
class SingleCases implements GatheredCases {
  readonly #found: CustomerCases;
  readonly #brings: (fact: Fact) => number | undefined;

  constructor({ isOpen, brings }: Cases, settings: MetricSettings, maxDays: number) {
    this.#found = new CustomerCases(isOpen, maxDays);
    this.#brings = (fact) => brings?.(fact, settings);
  }

  add(customer: string, day: number, fact: Fact): void {
    const value = this.#brings(fact);
    if (value !== undefined) this.#found.add(customer, day, value);
  }

  effects(days: Parameters<GatheredCases["effects"]>[0]) {
    return this.#found.effects(days);
  }
}

/**
 * Measures all metrics that have cases, and keeps the result.
 * @param isPartial whether other days are still being closed: then it is done again on the next day
 */
export async function measureCustomers(
  table: Table,
  files: Files,
  workspace: Workspace,
  last: Day,
  { isPartial, deadline }: { readonly isPartial: boolean; readonly deadline: Deadline },
): Promise<void> {
  const byTable = countingsOf(workspace);
  await readCases(files, workspace, last, byTable, deadline);
  const measured: Record<string, MeasuredEffects> = {};
  for (const { metric, found, settings, tables } of new Set(
    [...byTable.values()].flatMap(({ counted }) => counted),
  )) {
    const firsts = [...tables].map((one) => byTable.get(one)?.first ?? last);
    const windows = found.effects({ from: dayNumber(firsts.sort()[0] ?? last), to: dayNumber(last) });
    const { currency, convention } = settings;
    if (windows.length > 0) measured[metric.id] = { currency, convention, windows };
  }
  await writeMeasuredCustomers(table, workspace.id, { through: last, isPartial, effects: measured });
  logger.info("customers measured", {
    workspace: workspace.id,
    through: last,
    metrics: Object.keys(measured),
  });
}

function countingsOf(workspace: Workspace): ReadonlyMap<FactTable, TableCounting> {
  const withCases = metrics.flatMap((metric) => (metric.cases ? [{ metric, cases: metric.cases }] : []));
  const maxDays = Math.floor(maxHeldDays / Math.max(1, withCases.length));
  const countings = withCases.map(({ metric, cases }): Counting => {
    const settings = metricSettings(workspace, metric.id);
    const found = cases.gather?.(maxDays) ?? new SingleCases(cases, settings, maxDays);
    return { metric, settings, tables: new Set(cases.types.map(tableOfType)), found };
  });
  const tables = new Set(countings.flatMap((counting) => [...counting.tables]));
  return new Map(
    [...tables].map((table) => {
      const counted = countings.filter((counting) => counting.tables.has(table));
      return [table, { columns: columnsOf(table), counted, first: undefined }];
    }),
  );
}

/** Reads the days from the last one back, as far as there is time. */
async function readCases(
  files: Files,
  workspace: Workspace,
  last: Day,
  byTable: ReadonlyMap<FactTable, TableCounting>,
  deadline: Deadline,
): Promise<void> {
  const span = { from: addDays(last, 1 - daysOfCases), to: last };
  const wanted = [...byTable].map(([table, { columns: names }]): WantedTable => {
    const columns = { whole: new Set(names), presence: new Set<string>() };
    return { table, span, columns, countedFor: 1, isOfEntities: false };
  });
  const listed = await listDayFiles(files, workspace.id, wanted, () => true);
  listed.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  const enough = deadlineIn(Math.min(maxMilliseconds, deadline.remaining() / 2));
  try {
    for await (const {
      wanted: { table },
      day,
      columns,
    } of readDayFiles(files, listed, enough)) {
      const counting = byTable.get(table);
      if (counting) addCases(counting, { table, day, columns });
    }
  } catch (error) {
    if (!isTooMuch(error)) throw error;
    logger.warn("customers measured from the latest days alone", { workspace: workspace.id });
  }
}

/** Columns that no case needs: they are long, or lists and maps, which take the longest to read. */
const needless = new Set(["dimensions", "dimensionsJson", "segments", "tags", "comment"]);

function columnsOf({ columns }: FactTable): string[] {
  return columns.filter(({ field }) => !needless.has(field)).map(({ name }) => name);
}

function addCases(counting: TableCounting, { table, day, columns }: DayColumns): void {
  const values = counting.columns.map((name) => [name, columns.column(name)] as const);
  const number = dayNumber(day);
  counting.first = day;
  for (let row = 0; row < columns.rows; row += 1) {
    const cells = values.map(([name, column]) => [name, valueAt(column, row)]);
    const { fact, excluded } = factOf(table, Object.fromEntries(cells));
    if (excluded) continue;
    // Nobody knows whose it is: it counts as a customer of its own.
    const customer = "customerId" in fact && fact.customerId ? `c${fact.customerId}` : `f${fact.id}`;
    for (const { found } of counting.counted) found.add(customer, number, fact);
  }
}
