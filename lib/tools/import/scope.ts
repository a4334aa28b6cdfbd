import { hash } from "node:crypto";
import type { Columns } from "./columns.ts";
import type { NumberStyle, TimeStyle } from "./mapping-values.ts";
import { UsageError } from "./problems.ts";
import { parseTemplate } from "./template.ts";

/** One row of the data file. */
export interface Row {
  /** As a spreadsheet counts: the header is row 1. */
  readonly number: number;
  /** From 0, without the header. */
  readonly index: number;
  readonly cells: readonly string[];
  /** In a file of rejects: the number that the row had where it came from. */
  readonly original?: number;
  /** The fault of the row as a whole, so that nothing can be made of it. */
  readonly fault?: string;
  /** The rows of the file that are together this one. */
  readonly members?: readonly Row[];
}

/** Reads a text from a row; `undefined` when blank. */
export type ReadText = (row: Row) => string | undefined;

/** A column that the mapping reads and the file lacks. */
export interface MissingColumn {
  readonly column: string;
  /** Where the mapping reads it. */
  readonly place: string;
}

/** A file's header and the mapping's defaults: everything that compiling a part of the mapping needs. */
export class Scope {
  readonly numbers: NumberStyle;
  readonly times: TimeStyle;
  readonly #columns: Columns;
  readonly #blanks: ReadonlySet<string>;
  readonly #missing: MissingColumn[];
  readonly #read = new Map<string, number>();
  readonly #salt: string;

  constructor(columns: Columns, styles: Styles, missing: MissingColumn[], salt = "") {
    this.#columns = columns;
    this.numbers = styles.numbers ?? {};
    this.times = styles.times ?? {};
    this.#blanks = new Set(["", ...(styles.blank ?? [])]);
    this.#missing = missing;
    this.#salt = salt;
  }

  /**
   * Prepares the reading of a column's cell, without the spaces around it.
   * A column that the file lacks is noted in the list of missing ones.
   * @throws UsageError when several columns have that name.
   */
  column(column: string, place: string): ReadText {
    const index = this.#columns.find(column);
    if (index === undefined) {
      this.#missing.push({ column, place });
      return () => undefined;
    }
    if (index === "several") {
      throw new UsageError(
        `${place}: the file has several columns "${column}": ${this.#columns.apart(column)}`,
      );
    }
    this.#read.set(column, index);
    return (row) => {
      const cell = (row.cells[index] ?? "").trim();
      return this.#blanks.has(cell) ? undefined : cell;
    };
  }

  /** Prepares a template such as `order-{order_id}`. It reads as blank when one of its columns is blank. */
  template(template: string, place: string): ReadText {
    const parsed = parseTemplate(template);
    if ("problem" in parsed) throw new UsageError(`${place}: ${parsed.problem}`);
    const readers = parsed.parts.map((part): ReadText => {
      if ("text" in part) return () => part.text;
      if ("column" in part) return this.column(part.column, place);
      return part.special === "row" ? (row) => String(row.original ?? row.number) : (row) => this.hash(row);
    });
    const [only] = readers;
    if (only && readers.length === 1) return only;
    return (row) => {
      let text = "";
      for (const read of readers) {
        const part = read(row);
        if (part === undefined) return undefined;
        text += part;
      }
      return text === "" ? undefined : text;
    };
  }

  /**
   * A hash (32 hexadecimal digits) of the cells that were asked for through this scope and of its salt: it stays the
   * same when other columns change and when the columns change places.
   */
  hash(row: Row): string {
    const names = [...this.#read.keys()].sort();
    const cells = names.map((name) => (row.cells[this.#read.get(name) ?? 0] ?? "").trim());
    return digest(JSON.stringify([this.#salt, ...cells]));
  }
}

/** The parts of a mapping that say how the file writes things. */
export interface Styles {
  readonly numbers?: NumberStyle | undefined;
  readonly times?: TimeStyle | undefined;
  readonly blank?: readonly string[] | undefined;
}

/** The first 128 bits of a text's SHA-256, as 32 hexadecimal digits. */
export function digest(text: string): string {
  return hash("sha256", text, "hex").slice(0, 32);
}
