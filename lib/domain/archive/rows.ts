import type { Day } from "../calendar/days.ts";
import type { Fact } from "../facts/parse.ts";
import { amountCell, type Cell, dayCell, dayOfCell, mapCell, moneyOf } from "./columns.ts";
import type { FactTable, FieldColumn } from "./tables.ts";

/** Converts facts to rows, and back. */

/** A fact with the stored attributes that files keep. */
export interface ArchivedFact {
  readonly fact: Fact;
  /** The day on which it counts. */
  readonly day: Day;
  /** The tracked dimensions under which it counts. */
  readonly segments: Readonly<Record<string, string>>;
  /** See `EnrichedFact`. */
  readonly countedAs?: string | undefined;
  /** See `EnrichedFact`. */
  readonly orderKey?: string | undefined;
  readonly hadComment?: boolean | undefined;
  readonly publicKey?: string | undefined;
  /** See `EnrichedFact`. */
  readonly erasedAt?: string | undefined;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly recordedAt: number;
  /** Whether it was taken out of the counts. */
  readonly excluded: boolean;
}

/** In the order of their instants, then of their ids: whoever lists the same facts writes the same rows. */
export function inOrder(facts: readonly ArchivedFact[]): ArchivedFact[] {
  return [...facts].sort(
    ({ fact: a }, { fact: b }) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
}

/** The value of one column for a fact. */
export function cellOf(stored: ArchivedFact, { of, field, kind }: FieldColumn): Cell {
  if (kind === "amount") return "money" in stored.fact ? amountCell(stored.fact.money) : null;
  if (of === "derived") return jsonOf(stored.fact.dimensions);
  if (field === "currency") return "money" in stored.fact ? stored.fact.money.currency : null;
  const value: unknown = Reflect.get(of === "fact" ? stored.fact : stored, field);
  if (value === undefined) return null;
  switch (kind) {
    case "instant":
      return BigInt(Number(value));
    case "day":
      return dayCell(String(value));
    case "map":
      return mapCell(value as Readonly<Record<string, string>>);
    default:
      return value as Cell;
  }
}

/** Dimensions as one text, sorted by name: few different ones, so that they take little room and are compared at once. */
function jsonOf(dimensions: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** A row as it was read: the values of the columns that were asked for. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * The fact of a row.
 * @throws RangeError where an amount is not whole in minor units
 */
export function factOf({ columns }: Pick<FactTable, "columns">, row: Row): ArchivedFact {
  const fact: Record<string, unknown> = {};
  const stored: Record<string, unknown> = {};
  for (const { name, of, field, kind } of columns) {
    const cell = row[name];
    if (cell === null || cell === undefined || field === "currency" || of === "derived") continue;
    if (kind === "amount") fact["money"] = moneyOf(BigInt(cell as bigint), String(row["currency"]));
    else (of === "fact" ? fact : stored)[field] = readCell(cell, kind);
  }
  return { ...stored, fact } as unknown as ArchivedFact;
}

function readCell(cell: unknown, kind: FieldColumn["kind"]): unknown {
  switch (kind) {
    case "instant":
      return Number(cell);
    case "day":
      return dayOfCell(Number(cell));
    case "map":
      return { ...(cell as object) };
    default:
      return cell;
  }
}
