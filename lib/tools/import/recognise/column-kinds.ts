import { currencyDecimals } from "../../../domain/facts/money.ts";
import { Columns } from "../columns.ts";
import { ambiguous, type DayOrder, readLooseTime } from "../loose-times.ts";
import { readNumber } from "../numbers.ts";
import { RowProblem } from "../problems.ts";
import type { FileSample } from "./sample.ts";

/** What the cells of a column look like. */
export interface SampledColumn {
  /** How a mapping names it: without braces. */
  readonly name: string;
  /** Its names in all rows of the header, in small letters. */
  readonly title: string;
  /** Its names in the further rows of the header, as they are written. */
  readonly titles: readonly string[];
  /** Its cells that are not blank. */
  readonly cells: readonly string[];
  /** Its numbers, where all of its cells are some. */
  readonly numbers: readonly number[] | undefined;
}

/** How the times of a column are read. */
export interface TimeReading {
  readonly order?: DayOrder;
  /** Both orders are possible for all of them. */
  readonly isUnsure?: boolean;
  /** A time of day is missing in some. */
  readonly needsTime: boolean;
  /** A zone is missing in some. */
  readonly needsZone: boolean;
}

/** So much of a column has to be of a kind; the rest are slips. */
const enough = 0.9;

/** The columns of a file, as a mapping names them. */
export function sampledColumns({ header, subheaders, rows }: FileSample): SampledColumn[] {
  const columns = new Columns(header, subheaders);
  return header.map((name, index) => {
    const cells = rows.map((row) => (row[index] ?? "").trim()).filter(Boolean);
    const titles = subheaders.map((row) => row[index] ?? "");
    const title = [name, ...titles].join(" ").toLowerCase();
    return { name: nameOf(columns, header, index), title, titles, cells, numbers: numbersIn(cells) };
  });
}

function nameOf(columns: Columns, header: readonly string[], index: number): string {
  const name = header[index] ?? "";
  if (name === "") return `#${index + 1}`;
  if (columns.find(name) === index) return name.replaceAll(/[{}]/g, (brace) => brace + brace);
  return `${name}#${header.slice(0, index + 1).filter((other) => other === name).length}`;
}

function numbersIn(cells: readonly string[]): readonly number[] | undefined {
  try {
    return cells.length === 0 ? undefined : cells.map((cell) => readNumber(cell, {}));
  } catch (error) {
    if (error instanceof RowProblem) return undefined;
    throw error;
  }
}

/** How a column's cells are read as times. @returns `undefined` where they are none */
export function timeReadingOf({ cells, numbers }: SampledColumn): TimeReading | undefined {
  if (cells.length === 0) return undefined;
  // Plain numbers are times only where they are as large as seconds since 1970.
  if (numbers?.some((number) => number < 1e8)) return undefined;
  const byOrder = ([undefined, "dmy", "mdy"] as const).map((order) => {
    const read = cells.map((cell) => readLooseTime(cell, order));
    return { order, found: read.filter((time) => time !== undefined && time !== ambiguous) };
  });
  const most = Math.max(...byOrder.map(({ found }) => found.length));
  const [best, other] = byOrder.filter(({ found }) => found.length === most);
  if (!best || most < enough * cells.length) return undefined;
  const { order, found } = best;
  return {
    ...(order === undefined ? {} : { order, isUnsure: other !== undefined }),
    needsTime: found.some(({ hasTime }) => !hasTime),
    needsZone: found.some(({ zone }) => zone === undefined),
  };
}

/** Whether each cell of a column is another one. */
export function isUnique({ cells }: SampledColumn, rows: number): boolean {
  return cells.length === rows && new Set(cells).size === rows;
}

/** Whether a column has codes of currencies. */
export function isCurrency({ cells }: SampledColumn): boolean {
  return cells.length > 0 && cells.every((cell) => currencyDecimals(cell.toUpperCase()) !== undefined);
}

/** The column whose title matches the earliest of some patterns. */
export function columnLike(
  columns: readonly SampledColumn[],
  ...patterns: readonly RegExp[]
): SampledColumn | undefined {
  for (const pattern of patterns) {
    const found = columns.find(({ title, cells }) => cells.length > 0 && pattern.test(title));
    if (found) return found;
  }
  return undefined;
}
