import { isTimeZone } from "../../../../domain/calendar/zones.ts";
import type { SampledColumn } from "../column-kinds.ts";
import type { MappingFile } from "../proposal.ts";

/** The export of a tool, which is recognised by its columns. */
export interface KnownExport {
  readonly tool: string;
  /** What a row is. */
  readonly what: string;
  /** The columns that all of its files have. */
  readonly columns: readonly string[];
  /** Its mapping. The `csv` of the sample is added to it. */
  readonly mapping: (file: FileColumns) => Mapped;
}

/** A mapping with what to say of it beside what it is. */
export interface Mapped {
  readonly mapping: MappingFile;
  readonly reasons?: readonly string[];
}

/** The columns of a file that is looked at. */
export class FileColumns {
  readonly all: readonly SampledColumn[];
  /** The first rows: each gives the cell of a column, empty where there is none. */
  readonly rows: readonly ((column: string) => string)[];

  /** @param rows the cells of the first rows, in the order of the columns */
  constructor(all: readonly SampledColumn[], rows: readonly (readonly string[])[]) {
    this.all = all;
    const places = new Map(all.map(({ name }, index) => [name, index]));
    this.rows = rows.map((cells) => (column) => (cells[places.get(column) ?? -1] ?? "").trim());
  }

  /** Whether the file has a column. */
  has(name: string): boolean {
    return this.all.some((column) => column.name === name);
  }

  /** The first of some columns that the file has, as a template. */
  first(...names: readonly string[]): string | undefined {
    const found = names.find((name) => this.has(name));
    return found === undefined ? undefined : `{${found}}`;
  }

  /**
   * The first of some columns whose names end with a zone in brackets, as `Created at (Europe/Berlin)`, or without one.
   * @returns its name, and the zone where it says one
   */
  zoned(...names: readonly string[]): { readonly name: string; readonly zone?: string } | undefined {
    for (const wanted of names) {
      for (const { name } of this.all) {
        if (name === wanted) return { name };
        const zone =
          name.startsWith(`${wanted} (`) && name.endsWith(")") ? name.slice(wanted.length + 2, -1) : "";
        if (isTimeZone(zone)) return { name, zone };
      }
    }
    return undefined;
  }

  /** The cells of a column that are not blank. */
  cells(name: string): readonly string[] {
    return this.all.find((column) => column.name === name)?.cells ?? [];
  }

  /** The columns that are none of those that the tool writes itself. */
  beside(names: ReadonlySet<string>): readonly SampledColumn[] {
    return this.all.filter(({ name }) => !names.has(name));
  }

  /** Dimensions of the columns that the file has: name → column. */
  dimensions(columns: Readonly<Record<string, string>>): { dimensions?: Record<string, string> } {
    const found = Object.entries(columns).filter(([, column]) => this.has(column));
    if (found.length === 0) return {};
    return { dimensions: Object.fromEntries(found.map(([name, column]) => [name, `{${column}}`])) };
  }
}

/** A field, where there is a value for it. */
export function field<Name extends string>(name: Name, value: unknown): Partial<Record<Name, unknown>> {
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<Name, unknown>>);
}

/** A condition that a column has something in it. */
export function filled(column: string): object {
  return { column, blank: false };
}
