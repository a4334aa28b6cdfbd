import { type Cell, type Column, type ColumnKind, dayCell, dayOfCell, mapCell } from "./columns.ts";
import { readTable, writeTable } from "./parquet.ts";
import type { Row } from "./rows.ts";

/** The table `customer_days`: what the facts of a day say of each customer. Every archived day has a file, also where it is empty. */

/** The name of the table, which stands among those of the facts. */
export const customerDaysTable = "customer_days";

/** A row: a customer on a day, in texts. */
export interface ArchivedCustomerDay {
  readonly customerId: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  /** How many purchases. */
  readonly orders: number;
  /** Currency → amount in major units, as a decimal. */
  readonly revenue: Texts;
  readonly refunds: Texts;
  /** `joined`, `left` or `returned`, and the instant, with a space between them. */
  readonly steps: readonly string[];
  /** `subscribed`, `subscriptionChanged` or `unsubscribed`, the instant, and the price with the subscription's id, with spaces between them. */
  readonly subscriptions: readonly string[];
  /** Survey → the score that was given last. */
  readonly scores: Texts;
  /** Survey → the scale, the instant and the response's id, with spaces between them. */
  readonly scored: Texts;
  /** The fact that says most about how the customer was won: how much it says, the instant and its id, with spaces between them. */
  readonly origin: string | null;
  /** The dimensions of that fact. */
  readonly dimensions: Texts;
}

/** Names with texts. */
export type Texts = Readonly<Record<string, string>>;

interface CustomerDayColumn extends Column {
  readonly cell: (row: ArchivedCustomerDay) => Cell;
}

function column(
  name: string,
  kind: ColumnKind,
  cell: (row: ArchivedCustomerDay) => Cell,
  isRequired = true,
): CustomerDayColumn {
  return { name, kind, cell, isRequired };
}

/** The columns of the table, in their order. */
export const customerDayColumns: readonly CustomerDayColumn[] = [
  column("customer_id", "text", ({ customerId }) => customerId),
  column("day", "day", ({ day }) => dayCell(day)),
  column("orders", "integer", ({ orders }) => orders),
  column("revenue", "map", ({ revenue }) => mapCell(revenue)),
  column("refunds", "map", ({ refunds }) => mapCell(refunds)),
  column("steps", "texts", ({ steps }) => steps),
  column("subscriptions", "texts", ({ subscriptions }) => subscriptions),
  column("scores", "map", ({ scores }) => mapCell(scores)),
  column("scored", "map", ({ scored }) => mapCell(scored)),
  column("origin", "text", ({ origin }) => origin, false),
  column("dimensions", "map", ({ dimensions }) => mapCell(dimensions)),
];

/** The file of a day's rows. @param rows by customer id */
export function writeCustomerDays(rows: readonly ArchivedCustomerDay[]): Uint8Array {
  return writeTable(
    customerDayColumns,
    customerDayColumns.map(({ cell }) => rows.map(cell)),
  );
}

/**
 * The rows of a file.
 * @throws Error when the bytes are no such file
 */
export async function readCustomerDays(bytes: Uint8Array): Promise<ArchivedCustomerDay[]> {
  return (await readTable(bytes)).map(rowOf);
}

function rowOf(row: Row): ArchivedCustomerDay {
  const texts = (name: string) => (row[name] ?? {}) as Texts;
  const origin = row["origin"];
  return {
    customerId: String(row["customer_id"]),
    day: dayOfCell(Number(row["day"])),
    orders: Number(row["orders"]),
    ...{ revenue: texts("revenue"), refunds: texts("refunds") },
    steps: (row["steps"] ?? []) as string[],
    subscriptions: (row["subscriptions"] ?? []) as string[],
    ...{ scores: texts("scores"), scored: texts("scored") },
    origin: typeof origin === "string" ? origin : null,
    dimensions: texts("dimensions"),
  };
}
