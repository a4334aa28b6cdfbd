import { maxMessageLength } from "../../domain/facts/base.ts";
import { maxCommentLength } from "../../domain/facts/responses.ts";
import type { Test } from "./conditions.ts";
import { FactIds } from "./ids.ts";
import type { FactMapping } from "./mapping-schema.ts";
import { RowProblem } from "./problems.ts";
import type { Row } from "./scope.ts";
import type { ReadValue } from "./values.ts";

/** The routes that facts are sent to. */
export type Destination = FactMapping["to"];

/** A fact made of a row, ready to be sent. */
export interface MadeFact {
  /** Which of the mapping's facts it is. */
  readonly name: string;
  readonly to: Destination;
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Whether its comment was longer than the API takes, and is cut. */
  readonly isCut?: boolean;
  /** Whether it replaces what the server has under its id with other content. */
  readonly replaces?: boolean;
}

/** A fact of a row that could not be made. */
export interface Problem {
  /** Which of the mapping's facts it is; absent when the row as a whole is at fault. */
  readonly name?: string;
  /** RFC 6901 pointer into the fact; empty when it is not about one field. */
  readonly pointer: string;
  readonly detail: string;
}

/** The result of mapping a row. With neither facts nor problems, `skipped` says why. */
export interface Made {
  readonly facts: readonly MadeFact[];
  readonly problems: readonly Problem[];
  readonly skipped?: string;
  /** Whether the row had more cells than the header, which could be put together in one way. */
  readonly isMended?: boolean;
}

/** The reason of rows that no fact's condition holds for. */
export const unmatched = "no condition of the mapping holds";

/** The reason of lines without any cell. */
export const emptyLine = "empty line";

/** Rows that the mapping leaves out. */
export interface SkipRule {
  readonly holds: Test;
  readonly reason: string;
}

/** One of the mapping's facts, ready to be made of rows. */
export interface FactRecipe {
  readonly name: string;
  readonly to: Destination;
  readonly holds: Test;
  /** Whether a fact with the same id and other content is replaced. */
  readonly replaces: boolean;
  /** Absent where the id is made of what the fact says. */
  readonly id: ((row: Row) => string) | undefined;
  readonly fields: readonly FieldRecipe[];
  readonly dimensions: readonly FieldRecipe[];
}

/** One field of a fact, ready to be read from rows. */
export interface FieldRecipe {
  readonly name: string;
  /** RFC 6901 pointer into the fact. */
  readonly pointer: string;
  readonly read: ReadValue;
  /** Whether its value changes with the place of the row in the file. */
  readonly tellsPlace: boolean;
}

/** How rows have to be. */
export interface RowShape {
  readonly width: number;
  /** The ways to put the cells of a row together that has too many: somebody's text has the delimiter in it, and no quotes. */
  mended(row: Row): readonly Row[];
}

/**
 * Makes a row's facts. A fact that cannot be made does not keep the row's other facts from being made. Never throws.
 * @param shape how many cells a row must have
 */
export function makeFacts(
  row: Row,
  { width, mended }: RowShape,
  skips: readonly SkipRule[],
  recipes: readonly FactRecipe[],
  ids: FactIds,
): Made {
  if (row.fault !== undefined) return rejectedFor(row.fault);
  if (row.cells.length === 1 && width > 1 && row.cells[0]?.trim() === "") return skippedFor(emptyLine);
  if (row.cells.length > width) {
    const fitting = mended(row).filter((attempt) => {
      const made = makeWholeRow(attempt, skips, recipes, new FactIds());
      return made.facts.length > 0 && made.problems.length === 0;
    });
    const [only] = fitting;
    if (only && fitting.length === 1) return { ...makeWholeRow(only, skips, recipes, ids), isMended: true };
  }
  if (row.cells.length !== width) {
    return rejectedFor(`the row has ${row.cells.length} cells, the header has ${width}`);
  }
  return makeWholeRow(row, skips, recipes, ids);
}

function makeWholeRow(
  row: Row,
  skips: readonly SkipRule[],
  recipes: readonly FactRecipe[],
  ids: FactIds,
): Made {
  try {
    const skip = skips.find(({ holds }) => holds(row));
    if (skip) return skippedFor(skip.reason);
  } catch (error) {
    return rejectedFor(detailOf(error));
  }
  const facts: MadeFact[] = [];
  const problems: Problem[] = [];
  for (const recipe of recipes) {
    const made = makeFact(row, recipe, facts, ids);
    if (Array.isArray(made)) problems.push(...made);
    else if (made) facts.push(made);
  }
  return facts.length + problems.length > 0 ? { facts, problems } : skippedFor(unmatched);
}

function skippedFor(skipped: string): Made {
  return { facts: [], problems: [], skipped };
}

function rejectedFor(detail: string): Made {
  return { facts: [], problems: [{ pointer: "", detail }] };
}

function makeFact(
  row: Row,
  recipe: FactRecipe,
  others: readonly MadeFact[],
  ids: FactIds,
): MadeFact | Problem[] | undefined {
  const { name, to } = recipe;
  const problems: Problem[] = [];
  const attempt = <Result>(pointer: string, read: (row: Row) => Result): Result | undefined => {
    try {
      return read(row);
    } catch (error) {
      problems.push({ name, pointer, detail: detailOf(error) });
      return undefined;
    }
  };
  if (!attempt("", recipe.holds)) return problems.length > 0 ? problems : undefined;
  const given = recipe.id === undefined ? undefined : attempt("/id", recipe.id);
  const fields: Record<string, unknown> = {};
  for (const field of recipe.fields) {
    const value = attempt(field.pointer, field.read);
    if (value !== undefined) fields[field.name] = value;
  }
  const dimensions: Record<string, string> = {};
  for (const field of recipe.dimensions) {
    const value = attempt(field.pointer, field.read);
    // Dimensions are texts, whatever the mapping made them of.
    if (value !== undefined) dimensions[field.name] = String(value);
  }
  if (Object.keys(dimensions).length > 0) fields["dimensions"] = dimensions;
  if (problems.length === 0 && fields["occurredAt"] === undefined) {
    problems.push({ name, pointer: "/occurredAt", detail: "is blank: a past fact needs its time" });
  }
  if (given !== undefined && others.some((other) => other.id === given)) {
    problems.push({ name, pointer: "/id", detail: `another fact of this row has the id ${given}, too` });
  }
  if (problems.length > 0) return problems;
  const isCut = cutComment(fields);
  const id = given ?? ids.next(to, withoutPlace(fields, recipe));
  return {
    ...{ name, to, id, fields: { id, ...fields } },
    ...(isCut ? { isCut } : {}),
    ...(recipe.replaces ? { replaces: true } : {}),
  };
}

/** A comment or a message is worth having though its end is missing; the answer, most of all. */
function cutComment(fields: Record<string, unknown>): boolean {
  const cut = (name: string, most: number) => {
    const text = fields[name];
    if (typeof text !== "string" || text.length <= most) return false;
    const characters = [...text];
    fields[name] = characters.slice(0, most).join("");
    return characters.length > most;
  };
  return [cut("comment", maxCommentLength), cut("message", maxMessageLength)].includes(true);
}

function withoutPlace(fields: Readonly<Record<string, unknown>>, recipe: FactRecipe) {
  const placed = new Set(recipe.fields.filter((field) => field.tellsPlace).map(({ name }) => name));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !placed.has(name)));
}

function detailOf(error: unknown): string {
  if (error instanceof RowProblem) return error.message;
  throw error;
}
