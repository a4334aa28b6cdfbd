import { Columns } from "./columns.ts";
import { compileConditions } from "./conditions.ts";
import type { Grouping } from "./groups.ts";
import { FactIds, idOf, tellsPlace } from "./ids.ts";
import { type FactRecipe, type FieldRecipe, type Made, makeFacts, type RowShape } from "./make.ts";
import type { FactMapping, Mapping } from "./mapping-schema.ts";
import type { Value } from "./mapping-values.ts";
import { RowProblem, UsageError } from "./problems.ts";
import { type MissingColumn, type Row, Scope } from "./scope.ts";
import { parseTemplate } from "./template.ts";
import { compileValue } from "./values.ts";

/** A mapping made ready for one file. */
export interface CompiledMapping {
  /** The facts' names, in the mapping's order. */
  readonly names: readonly string[];
  /**
   * Makes a row's facts. Never throws. Every row of the file has to be made, in order: facts that say the same get their
   * ids in turn.
   */
  make(row: Row): Made;
  /** Which rows are to be made together, where the mapping says so. */
  readonly grouping?: Grouping;
}

/**
 * Makes a mapping ready for a file.
 * @param header the file's column names
 * @param subheaders further rows of its header
 * @param delimiter what parts its cells
 * @throws UsageError naming every mapped column that the file lacks, or a setting that a value needs.
 */
export function compileMapping(
  mapping: Mapping,
  header: readonly string[],
  subheaders: readonly (readonly string[])[] = [],
  delimiter = ",",
): CompiledMapping {
  const columns = new Columns(header, subheaders);
  const missing: MissingColumn[] = [];
  const facts = mapping.facts.map((fact) => withCommonFields(fact, mapping.fields));
  const names = factNames(facts);
  const common = new Scope(columns, mapping, missing);
  const skips = (mapping.skip ?? []).map(({ when, reason }, index) => ({
    holds: compileConditions(when, common, `skip[${index}].when`, compileValue),
    reason,
  }));
  const recipes = facts.map((fact, index) => {
    const name = names[index] ?? "";
    return compileFact(fact, name, new Scope(columns, mapping, missing, name), `facts[${index}]`);
  });
  const { group } = mapping;
  const grouping = group && {
    keyOf: common.column(group.by, "group.by"),
    width: header.length,
    scattered: group.scattered ?? false,
  };
  if (missing.length > 0) throw new UsageError(describeMissing(missing, header, columns));
  const ids = new FactIds();
  const textColumns = textColumnsOf(facts, columns);
  const shape: RowShape = {
    width: header.length,
    mended: (row) => textColumns.map((column) => joined(row, column, header.length, delimiter)),
  };
  const make = (row: Row) => makeFacts(row, shape, skips, recipes, ids);
  return { names, make, ...(grouping ? { grouping } : {}) };
}

/** The columns that people write into as they like: those of comments and messages. */
function textColumnsOf(facts: readonly FactMapping[], columns: Columns): number[] {
  const found = facts.flatMap(({ fields }) =>
    ["comment", "message"].flatMap((name) => {
      const value = fields.values[name];
      const parsed = typeof value === "string" ? parseTemplate(value) : undefined;
      const [only, ...others] = parsed && "parts" in parsed ? parsed.parts : [];
      if (!only || others.length > 0 || !("column" in only)) return [];
      const place = columns.find(only.column);
      return typeof place === "number" ? [place] : [];
    }),
  );
  return [...new Set(found)];
}

/** A row whose surplus cells belong to the text in a column. */
function joined(row: Row, column: number, width: number, delimiter: string): Row {
  const more = row.cells.length - width;
  const text = row.cells.slice(column, column + more + 1).join(delimiter);
  return { ...row, cells: [...row.cells.slice(0, column), text, ...row.cells.slice(column + more + 1)] };
}

/** A fact's own fields and dimensions stand over those that the mapping gives to all. */
function withCommonFields(fact: FactMapping, common: Mapping["fields"]): FactMapping {
  const { id, dimensions, values } = fact.fields;
  return {
    ...fact,
    fields: {
      id: id ?? common?.id,
      dimensions: { ...common?.dimensions, ...dimensions },
      values: { ...common?.values, ...values },
    },
  };
}

function factNames(facts: readonly FactMapping[]): string[] {
  const names = facts.map((fact, index) => fact.name ?? kindOf(fact, index));
  const again = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (again >= 0) {
    throw new UsageError(
      `facts[${again}]: another fact is called "${names[again]}", too; give each a "name" of its own`,
    );
  }
  return names;
}

/** The field by which the API tells the facts of a route apart. */
const discriminators = { events: "type", responses: "survey" } as const;

function kindOf(fact: FactMapping, index: number): string {
  const kind = fact.fields.values[discriminators[fact.to]];
  return typeof kind === "string" && !kind.includes("{") ? kind : `fact ${index + 1}`;
}

function describeMissing(
  missing: readonly MissingColumn[],
  header: readonly string[],
  columns: Columns,
): string {
  const lines = missing.map(({ column, place }) => `  ${place}: the file has no column "${column}"`);
  const [first = ""] = header;
  const other = header.length === 1 ? [";", "\t", "|"].find((sign) => first.includes(sign)) : undefined;
  const hint = other ? `\n  (is the delimiter ${JSON.stringify(other)}? then say so: --delimiter)` : "";
  return `does not fit the file:\n${[...new Set(lines)].join("\n")}\n  its columns: ${columns.list}${hint}`;
}

function compileFact(fact: FactMapping, name: string, scope: Scope, place: string): FactRecipe {
  const { id, dimensions, values } = fact.fields;
  const discriminator = discriminators[fact.to];
  if (values[discriminator] === undefined) {
    throw new UsageError(`${place}.fields: "${discriminator}" is missing`);
  }
  if (values["occurredAt"] === undefined) {
    throw new UsageError(
      `${place}.fields: "occurredAt" is missing; use "time", or "spread" for rows without dates`,
    );
  }
  const recipe = {
    name,
    to: fact.to,
    replaces: fact.onChange === "replace",
    holds: compileConditions(fact.when ?? [], scope, `${place}.when`, compileValue),
    fields: compileFields(values, scope, `${place}.fields`, ""),
    dimensions: compileFields(dimensions, scope, `${place}.fields.dimensions`, "/dimensions"),
  };
  return { ...recipe, id: compileId(id, scope, `${place}.fields.id`) };
}

function compileFields(
  fields: Readonly<Record<string, Value>>,
  scope: Scope,
  place: string,
  pointer: string,
): FieldRecipe[] {
  return Object.entries(fields).map(([name, value]) => {
    const read = compileValue(value, scope, `${place}.${name}`);
    const isId = pointer === "" && idFields.includes(name);
    return {
      name,
      pointer: `${pointer}/${name}`,
      read: isId ? (row) => madeId(read(row)) : read,
      tellsPlace: tellsPlace(value),
    };
  });
}

/** The fields that take the same signs as ids do. */
const idFields = ["surveyId", "invitationId", "supersedes"];

function madeId(made: unknown): string | undefined {
  return made === undefined ? undefined : idOf(String(made));
}

function compileId(id: Value | undefined, scope: Scope, place: string): ((row: Row) => string) | undefined {
  if (id === undefined) return undefined;
  if (tellsPlace(id)) {
    throw new UsageError(
      `${place}: an id must say what the row is, not where it stands: when the file grows, every row would be counted again. Name the columns that make it what it is, or leave the id out`,
    );
  }
  const read = compileValue(id, scope, place);
  return (row) => {
    const made = read(row);
    if (made === undefined) throw new RowProblem("is blank: every fact needs an id");
    return idOf(String(made));
  };
}
