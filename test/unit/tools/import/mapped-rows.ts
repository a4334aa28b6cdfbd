import { compileMapping } from "../../../../lib/tools/import/compile.ts";
import type { Made } from "../../../../lib/tools/import/make.ts";
import { parseMapping } from "../../../../lib/tools/import/mapping.ts";

/** Mappings that are compiled for one row of all kinds of cells. */

/** The columns of the file. */
export const header = ["id", "score", "visits", "kind", "amount", "at", "email", "note"];
/** A row, by its columns. */
export const row = {
  id: "7",
  score: "9",
  visits: "12",
  kind: "sale",
  amount: "12.50",
  at: "2024-05-01T10:00:00Z",
  email: "a@b.c",
  note: "",
};

/** Cells that differ from those of the usual row. */
export type Cells = Partial<Record<keyof typeof row, string>>;

/** A mapping that is ready to make facts of rows with the usual columns. */
export function compile(mapping: object, columns = header) {
  return compileMapping(parseMapping(JSON.stringify(mapping), "test"), columns);
}

/** What a mapping makes of a row. */
export function make(mapping: object, cells: Cells = {}, number = 2): Made {
  const all: Record<string, string> = { ...row, ...cells };
  return compile(mapping).make({ number, index: number - 2, cells: header.map((name) => all[name] ?? "") });
}

/** A mapping to answers, of the time and the id of the usual row. */
export function answer(fields: object, fact: object = {}, mapping: object = {}) {
  const base = { survey: "nps", id: "a-{id}", occurredAt: { time: "{at}" } };
  return { ...mapping, facts: [{ to: "responses", ...fact, fields: { ...base, ...fields } }] };
}

/** The value that one field's mapping makes. */
export function value(spec: unknown, cells: Cells = {}, mapping: object = {}): unknown {
  const made = make(answer({ x: spec }, {}, mapping), cells);
  return made.problems[0]?.detail ?? made.facts[0]?.fields["x"];
}
