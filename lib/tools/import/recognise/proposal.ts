import type { CsvStyle } from "../csv-form.ts";

/** A mapping as it stands in a mapping file, with what to say of it. */
export interface Proposal {
  /** The tool whose export it is; `undefined` where the mapping was made from what the columns look like. */
  readonly tool: string | undefined;
  readonly mapping: MappingFile;
  /** Why it is as it is: shown to the person who is asked. */
  readonly reasons: readonly string[];
}

/** A mapping file as it is written. */
export interface MappingFile {
  readonly description?: string;
  readonly csv?: CsvStyle;
  readonly times?: object;
  readonly group?: object;
  readonly skip?: readonly object[];
  readonly fields?: object;
  readonly facts: readonly object[];
}

/** A fact of a mapping file. */
export interface MappedFact {
  readonly name?: string;
  readonly to: "responses" | "events";
  readonly when?: object;
  readonly onChange?: "replace";
  readonly fields: Readonly<Record<string, unknown>>;
}
