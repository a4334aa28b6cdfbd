import { stringify } from "csv-stringify/sync";
import Negotiator from "negotiator";
import type { HttpRequest, RouteHandler } from "./endpoint.ts";
import type { Answer } from "./handler.ts";

/** Lists and series as CSV: RFC 4180, UTF-8 with a byte order mark, so that a spreadsheet reads every script. */

/** One row: nested objects become columns with dotted names. */
export type Row = Readonly<Record<string, unknown>>;

/** An answer that can be a table as well. */
export interface TableAnswer extends Answer {
  readonly rows: readonly Row[];
  /** The header where there is no row: columns that rows would have, as far as that is known without one. */
  readonly columns: readonly string[];
}

/** What a route that answers a table does. */
export type TableHandler = (request: HttpRequest) => Promise<TableAnswer>;

const offered = ["application/json", "text/csv"];

/**
 * Answers a table as CSV to whoever prefers that (`Accept: text/csv`), and as JSON otherwise. Where the page has a
 * successor, the header `x-next-cursor` carries its cursor.
 */
export function withCsv(handler: TableHandler): RouteHandler {
  return async (request) => {
    const { rows, columns, ...answer } = await handler(request);
    const headers = { ...answer.headers, vary: "accept" };
    const preferred = new Negotiator({ headers: { accept: request.headers["accept"] ?? "*/*" } });
    if (preferred.mediaType(offered) !== "text/csv") return { ...answer, headers };
    const { body } = answer;
    const cursor = typeof body === "object" && body !== null && "nextCursor" in body ? body.nextCursor : null;
    return {
      ...answer,
      text: toCsv(rows, columns),
      headers: {
        ...headers,
        "content-type": "text/csv; charset=utf-8; header=present",
        ...(typeof cursor === "string" ? { "x-next-cursor": cursor } : {}),
      },
    };
  };
}

/**
 * Writes rows as CSV with a header. Columns come in the order in which they first appear; lists are joined with `; `.
 * @param expected the columns where there is no row
 */
export function toCsv(rows: readonly Row[], expected: readonly string[] = []): string {
  const flat = rows.map((row) => new Map(cellsOf(row, "")));
  const columns = rows.length === 0 ? expected : [...new Set(flat.flatMap((row) => [...row.keys()]))];
  return stringify(
    flat.map((row) => columns.map((column) => row.get(column) ?? "")),
    {
      header: true,
      columns: columns.map(harmless),
      bom: true,
      record_delimiter: "windows",
      quoted_match: /[\r\n]/,
    },
  );
}

/** The columns of a row. */
export function columnsOf(row: Row): string[] {
  return [...cellsOf(row, "")].map(([name]) => name);
}

function* cellsOf(row: Row, prefix: string): Generator<[string, string]> {
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      yield* cellsOf(value as Row, `${prefix}${name}.`);
    } else yield [`${prefix}${name}`, harmless(textOf(value))];
  }
}

function textOf(value: unknown): string {
  if (value === null) return "";
  if (Array.isArray(value)) return value.map((element) => plain(element)).join("; ");
  return plain(value);
}

function plain(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const formulaStart = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const decimal = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection"). */
function harmless(text: string): string {
  return formulaStart.test(text) && !decimal.test(text) ? `'${text}` : text;
}
