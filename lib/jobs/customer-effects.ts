import { valueAt } from "../archive/reading/coded-column.ts";
import { factOf } from "../archive/rows.ts";
import { type FactTable, tableOfType } from "../archive/tables.ts";
import { addDays, type Day, dayNumber } from "../calendar/days.ts";
import { CustomerCases, daysOfCases } from "../metrics/customer-cases.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import { listDayFiles, readDayFiles } from "../queries/closed-days/day-files.ts";
import type { DayColumns } from "../queries/closed-days/fields.ts";
import type { WantedTable } from "../queries/closed-days/wanted-tables.ts";
import type { Files } from "../store/files/bucket.ts";
import { writeMeasuredCustomers } from "../store/settings/customer-effects.ts";
import type { Table } from "../store/table/client.ts";
import { isTooMuch } from "../store/table/errors.ts";
import { type Deadline, deadlineIn } from "../store/table/retries.ts";
import { logger } from "../telemetry/logger.ts";
import { metricSettings, type Workspace } from "../workspace/settings.ts";

/** Measures what a workspace's customers do to the variance of its metrics, from the files of closed days. */

/** At most so long days are read; of what takes longer, the latest days that were read in time are taken. */
const maxMilliseconds = 60_000;

interface Counting {
  readonly metric: AnyMetric;
  readonly table: FactTable;
  readonly cases: CustomerCases;
  first: Day | undefined;
}

/**
 * Measures all metrics that have cases, and keeps the result.
 * @param isPartial whether other days are still being closed: then it is done again soon
 */
export async function measureCustomers(
  table: Table,
  files: Files,
  workspace: Workspace,
  last: Day,
  { isPartial, deadline }: { readonly isPartial: boolean; readonly deadline: Deadline },
): Promise<void> {
  const counted = metrics.flatMap((metric): Counting[] => {
    const [type] = metric.cases?.types ?? [];
    if (!metric.cases || type === undefined) return [];
    const cases = new CustomerCases(metric.cases.isOpen);
    return [{ metric, table: tableOfType(type), cases, first: undefined }];
  });
  await readCases(files, workspace, last, counted, deadline);
  const effects = counted.map(({ metric, cases, first = last }) => {
    return [metric.id, cases.effects({ from: dayNumber(first), to: dayNumber(last) })] as const;
  });
  const measured = Object.fromEntries(effects.filter(([, found]) => found.length > 0));
  await writeMeasuredCustomers(table, workspace.id, { through: last, isPartial, effects: measured });
  logger.info("customers measured", {
    workspace: workspace.id,
    through: last,
    metrics: Object.keys(measured),
  });
}

/** Reads the days from the last one back, as far as there is time. */
async function readCases(
  files: Files,
  workspace: Workspace,
  last: Day,
  counted: readonly Counting[],
  deadline: Deadline,
): Promise<void> {
  const span = { from: addDays(last, 1 - daysOfCases), to: last };
  const wanted = [...new Set(counted.map(({ table }) => table))].map((table): WantedTable => {
    const columns = { whole: new Set(columnsOf(table)), presence: new Set<string>() };
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
      for (const one of counted) if (one.table === table) addCases(one, { table, day, columns }, workspace);
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

function addCases(counting: Counting, { table, day, columns }: DayColumns, workspace: Workspace): void {
  const { metric, cases } = counting;
  const settings = metricSettings(workspace, metric.id);
  const values = columnsOf(table).map((name) => [name, columns.column(name)] as const);
  counting.first = day;
  for (let row = 0; row < columns.rows; row += 1) {
    const cells = values.map(([name, column]) => [name, valueAt(column, row)]);
    const { fact, excluded } = factOf(table, Object.fromEntries(cells));
    const value = excluded ? undefined : metric.cases?.valueOf(fact, settings);
    if (value === undefined) continue;
    // Nobody knows whose it is: it counts as a customer of its own.
    const customer = "customerId" in fact && fact.customerId ? `c${fact.customerId}` : `f${fact.id}`;
    cases.add(customer, dayNumber(day), value);
  }
}
