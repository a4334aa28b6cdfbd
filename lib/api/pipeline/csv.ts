import { stringify } from "csv-stringify/sync";
import Negotiator from "negotiator";
import type { Answer } from "./answer.ts";
import type { HttpRequest, RouteHandler } from "./endpoint.ts";

/** Lists and series as CSV: RFC 4180, UTF-8 with a byte order mark, so that a spreadsheet reads every script. */

/** One row: fields of nested objects are columns with dotted names. */
export type Row = Readonly<Record<string, unknown>>;

/** An answer that can be a table as well. */
export interface TableAnswer<Body extends object> extends Answer<Body> {
  readonly rows: readonly Row[];
  /**
   * The header, the same on every page and without a row. What a row has beside them is left out, and an object at a
   * column is JSON with its names in order: whatever has free names is one column.
   */
  readonly columns?: readonly string[];
  /** Without `columns` the header is all that the rows have: of this one where there are none. Never of a list in pages. */
  readonly blank?: Row;
}

/** Handles a route whose answer is a table. */
export type TableHandler = (request: HttpRequest) => Promise<TableAnswer<object>>;

const offered = ["application/json", "text/csv"];

/**
 * Answers a table as CSV to whoever prefers that (`Accept: text/csv`), and as JSON otherwise. Where the page has a
 * successor, the header `x-next-cursor` carries its cursor.
 */
export function withCsv(handler: TableHandler): RouteHandler {
  return async (request) => {
    const { rows, columns, blank, ...answer } = await handler(request);
    const headers = { ...answer.headers, vary: "accept" };
    const preferred = new Negotiator({ headers: { accept: request.headers["accept"] ?? "*/*" } });
    if (preferred.mediaType(offered) !== "text/csv") return { ...answer, headers };
    const { body, status } = answer;
    const cursor = "nextCursor" in body ? body.nextCursor : null;
    return {
      status,
      text: toCsv(rows, columns ?? (rows.length === 0 && blank ? columnsOf(blank) : undefined)),
      headers: {
        ...headers,
        "content-type": "text/csv; charset=utf-8; header=present",
        ...(typeof cursor === "string" ? { "x-next-cursor": cursor } : {}),
      },
    };
  };
}

/**
 * Writes rows as CSV with a header; lists are joined with `; `.
 * @param columns the header; without it all fields of the rows, in the order in which they first appear
 */
export function toCsv(rows: readonly Row[], columns?: readonly string[]): string {
  if (columns) {
    const cells = rows.map((row) => columns.map((column) => harmless(textOf(valueAt(row, column)))));
    return written(cells, columns);
  }
  const flat = rows.map((row) => new Map(cellsOf(row, "")));
  const appearing = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  const cells = flat.map((row) => appearing.map((column) => row.get(column) ?? ""));
  return written(cells, appearing);
}

function written(cells: readonly (readonly string[])[], columns: readonly string[]): string {
  return stringify([...cells], {
    header: true,
    columns: columns.map(harmless),
    bom: true,
    record_delimiter: "windows",
    quoted_match: /[\r\n]/,
  });
}

/** The value at a dotted name, whose parts may have dots themselves. */
function valueAt(row: Row, column: string): unknown {
  if (Object.hasOwn(row, column)) return row[column];
  for (let dot = column.indexOf("."); dot >= 0; dot = column.indexOf(".", dot + 1)) {
    const inner = Object.hasOwn(row, column.slice(0, dot)) ? row[column.slice(0, dot)] : undefined;
    if (isNested(inner)) return valueAt(inner, column.slice(dot + 1));
  }
  return undefined;
}

export function columnsOf(row: Row): string[] {
  return [...cellsOf(row, "")].map(([name]) => name);
}

function* cellsOf(row: Row, prefix: string): Generator<[string, string]> {
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    if (isNested(value)) yield* cellsOf(value, `${prefix}${name}.`);
    else yield [`${prefix}${name}`, harmless(textOf(value))];
  }
}

function isNested(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((element) => plain(element)).join("; ");
  return plain(value);
}

function plain(value: unknown): string {
  if (!isNested(value)) return String(value);
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
}

const formulaStart = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const decimal = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection"). */
function harmless(text: string): string {
  return formulaStart.test(text) && !decimal.test(text) ? `'${text}` : text;
}
