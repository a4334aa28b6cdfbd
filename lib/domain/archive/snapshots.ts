import type { Day } from "../calendar/days.ts";
import { amountDigits, type Cell, type Column, type ColumnKind, dayCell, mapCell } from "./columns.ts";
import { writeTable } from "./parquet.ts";

/** The table of the snapshots: what every metric said of a closed day, in its newest revision. */

/** A metric's figure: a number, or an amount of money or a name as text. */
type Stated = number | string | null;

/** A snapshot as the archive keeps it. */
export interface ArchivedSnapshot {
  readonly metric: string;
  readonly date: Day;
  readonly version: number;
  readonly value: Stated;
  readonly low: Stated;
  readonly high: Stated;
  readonly n: number;
  readonly components: Readonly<Record<string, Stated>>;
  readonly settings: { readonly currency?: string | undefined };
  readonly revision: number;
  /** RFC 3339. */
  readonly takenAt: string;
  readonly restatedBecause?: { readonly facts: number; readonly causes: readonly string[] } | undefined;
}

interface SnapshotColumn extends Column {
  readonly cell: (snapshot: ArchivedSnapshot) => Cell;
}

function column(
  name: string,
  kind: ColumnKind,
  cell: (snapshot: ArchivedSnapshot) => Cell,
  isRequired = false,
): SnapshotColumn {
  return { name, kind, cell, isRequired };
}

/** The columns of the table, in their order. `stated` is the value as it was answered, whatever it is. */
export const snapshotColumns: readonly SnapshotColumn[] = [
  column("metric", "text", ({ metric }) => metric, true),
  column("day", "day", ({ date }) => dayCell(date), true),
  column("value", "fraction", ({ value }) => numberOf(value)),
  column("amount", "amount", ({ value }) => amountOf(value)),
  column("currency", "text", ({ settings }) => settings.currency ?? null),
  column("stated", "text", ({ value }) => (value === null ? null : String(value))),
  column("low", "fraction", ({ low }) => numberOf(low)),
  column("high", "fraction", ({ high }) => numberOf(high)),
  column("n", "long", ({ n }) => BigInt(Math.round(n)), true),
  column("components", "map", ({ components }) => mapCell(textsOf(components)), true),
  column("revision", "integer", ({ revision }) => revision, true),
  column("restated_facts", "integer", ({ restatedBecause }) => restatedBecause?.facts ?? null),
  column("restated_because", "texts", ({ restatedBecause }) => restatedBecause?.causes ?? null),
  column("taken_at", "instant", ({ takenAt }) => BigInt(Date.parse(takenAt)), true),
  column("version", "integer", ({ version }) => version, true),
];

/** The file of a day's snapshots. */
export function writeSnapshots(snapshots: readonly ArchivedSnapshot[]): Uint8Array {
  const ordered = [...snapshots].sort((a, b) => (a.metric < b.metric ? -1 : 1));
  return writeTable(
    snapshotColumns,
    snapshotColumns.map(({ cell }) => ordered.map(cell)),
  );
}

function numberOf(stated: Stated): number | null {
  return typeof stated === "number" ? stated : null;
}

/** Amounts are answered as decimal strings; what has more decimals than the column has is cut off. */
function amountOf(stated: Stated): bigint | null {
  const parts = typeof stated === "string" ? /^(-?)(\d{1,14})(?:\.(\d+))?$/.exec(stated) : null;
  if (!parts) return null;
  const [, sign = "", whole = "", fraction = ""] = parts;
  const { scale } = amountDigits;
  return BigInt(`${sign}${whole}${fraction.slice(0, scale).padEnd(scale, "0")}`);
}

function textsOf(components: ArchivedSnapshot["components"]): Record<string, string> {
  const stated = Object.entries(components).filter(([, value]) => value !== null);
  return Object.fromEntries(stated.map(([name, value]) => [name, String(value)]));
}
