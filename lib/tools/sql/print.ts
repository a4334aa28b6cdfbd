import { stringify } from "csv-stringify/sync";
import type { SqlAnswer } from "./database.ts";

/** Answers of SQL as text. */

/** Cells are cut off behind so many characters: whole values come with `--csv`. */
const maxWidth = 60;

/** A table with a line for each row. */
export function printTable({ columns, rows }: SqlAnswer): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => shortened(cell.replaceAll(/\s+/g, " "))));
  const widths = columns.map((_, index) =>
    cells.reduce((most, row) => Math.max(most, (row[index] ?? "").length), 0),
  );
  const lines = cells.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  const [header = "", ...body] = lines;
  const count = rows.length === 1 ? "1 row" : `${rows.length} rows`;
  return `${[header, rule, ...body, `(${count})`].join("\n")}\n`;
}

/** CSV (RFC 4180) with a header. */
export function printCsv({ columns, rows }: SqlAnswer): string {
  const lines = [[...columns], ...rows.map((row) => [...row])];
  return stringify(lines, { record_delimiter: "windows", quoted_match: /[\r\n]/ });
}

function shortened(text: string): string {
  return text.length > maxWidth ? `${text.slice(0, maxWidth - 1)}…` : text;
}
