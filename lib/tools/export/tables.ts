import { addDays, type Day, earlierDay } from "../../domain/calendar/days.ts";

/** What an export consists of. */

/** The tables of an export, in their order. */
export const tableNames = ["events", "responses", "customers", "snapshots"] as const;

/** A table of an export. */
export type TableName = (typeof tableNames)[number];

/** The API lists snapshots of so many days at once. */
const maxSnapshotDays = 3_660;

/** Days of an export, both included. */
export interface ExportedDays {
  readonly from: Day;
  readonly to: Day;
}

/** The lists that together are a table, one after the other, without their cursors. */
export function listsOf(table: TableName, { from, to }: ExportedDays): string[] {
  switch (table) {
    case "events":
    case "responses":
      return [`/v1/${table}?from=${from}&to=${to}&limit=200`];
    case "customers":
      // The order that changes least while the export runs.
      return ["/v1/customers?sort=joined&order=asc&limit=200"];
    case "snapshots":
      return partsOf({ from, to }).map(
        (part) => `/v1/snapshots?from=${part.from}&to=${part.to}&revisions=all&limit=200`,
      );
  }
}

function partsOf({ from, to }: ExportedDays): ExportedDays[] {
  const parts: ExportedDays[] = [];
  for (let first = from; first <= to; first = addDays(first, maxSnapshotDays)) {
    parts.push({ from: first, to: earlierDay(to, addDays(first, maxSnapshotDays - 1)) });
  }
  return parts;
}
