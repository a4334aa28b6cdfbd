import type { TableColumns } from "../../domain/archive/reading/columns.ts";
import type { FactTable, FieldColumn } from "../../domain/archive/tables.ts";
import type { Day } from "../../domain/calendar/days.ts";
import { dimensionFields, type Filters } from "../../domain/facts/characteristics.ts";
import { otherValue } from "../../store/records/value-list.ts";

/** Which columns of a file a question needs. */

/** The files' columns of one table and day, as they were read. */
export interface DayColumns {
  readonly table: FactTable;
  readonly day: Day;
  readonly columns: TableColumns;
}

/** What is read for other reasons, or says nothing to what is counted. */
const generalFields = [
  ...[
    "id",
    "type",
    "occurredAt",
    "recordedAt",
    "day",
    "dimensions",
    "dimensionsJson",
    "segments",
    "excluded",
  ],
  ...["tags", "message"],
];

/** What single facts are not counted by: what names somebody or something. Two facts that differ in it alone bring the same. */
const uncountedFields = new Set([
  ...generalFields,
  ...["orderId", "ticketId", "callId", "articleId", "cartId", "invitationId", "surveyId", "code"],
  ...["orderKey", "publicKey"],
]);

/** What single facts are counted by only as far as it is there. */
export const presenceFields: ReadonlySet<string> = new Set(["comment", "customerId", "erasedAt"]);

/** What steps of entities are made of only as far as it is there, unless it is the id of the entity itself. */
export const namingFields: ReadonlySet<string> = new Set([
  ...["customerId", "ticketId", "callId", "articleId", "cartId", "invitationId", "code"],
  ...["orderKey", "publicKey"],
]);

/** What no step of an entity is made of. */
const unsteppingFields = new Set([...generalFields, "orderId", "surveyId", "comment", "erasedAt"]);

/** The table of the only facts that take something from a ticket or an order. */
const answersTable = "responses";

/** What names the ticket or the order of an answer. */
const linkingFields: readonly string[] = ["ticketId", "orderKey"];

/** By which names something is chosen and told apart. */
export interface AskedNames {
  readonly names: ReadonlySet<string>;
  /** Whether a value is asked for that stands for those without counters of their own. */
  readonly needsSegments: boolean;
}

/** The names in a question. */
export function askedNames(filters: Filters, groupBy: readonly string[] = []): AskedNames {
  const values = Object.values(filters).flat();
  return {
    names: new Set([...Object.keys(filters), ...groupBy]),
    needsSegments: values.includes(otherValue),
  };
}

/** The columns by which single facts of a table are counted, their type apart. */
export function countedColumns({ columns }: FactTable): FieldColumn[] {
  return columns.filter(({ field }) => !uncountedFields.has(field));
}

/** The columns that the steps of entities are made of. */
export function steppingColumns({ columns }: FactTable): FieldColumn[] {
  return columns.filter(({ field }) => !unsteppingFields.has(field));
}

/** Whether the answers of a table are steps of the tickets and orders that they are about, which depend on all that they have. */
export function isOfAnswers({ name }: FactTable): boolean {
  return name === answersTable;
}

/** The columns by which facts of a table are chosen, beside their dimensions. */
export function choosingColumns(
  { name, columns }: FactTable,
  { names, needsSegments }: AskedNames,
): FieldColumn[] {
  return columns.filter(
    ({ field, of }) =>
      // What an answer does not say itself its ticket or its order may say.
      (name === answersTable && linkingFields.includes(field) && names.size > 0) ||
      (dimensionFields.includes(field) && names.has(field)) ||
      (field === "occurredAt" && names.has("hour")) ||
      (of === "stored" && field === "segments" && needsSegments),
  );
}
