import { createHash } from "node:crypto";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "./pagination.ts";
import { invalidParameter } from "./problem.ts";

/** Cursors that say after which fact a list goes on, and belong to one list: its workspace and its filters. */

/** The sort key of a fact in an index: `day#instant#id` by time, `instant#id` by customer. */
const position = /^(\d{4}-\d\d-\d\d#)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Za-z0-9._:-]{1,128}$/;

// The check is no secret: whoever knows how it is made can make a cursor, but only one that an index can be asked for.
const cursorSchema = z.strictObject({ after: z.string().regex(position), check: z.string() });

/** A list: everything that decides what is in it and in which order. */
export type ListIdentity = Readonly<Record<string, unknown>>;

function checkOf(list: ListIdentity, after: string | SortedPosition): string {
  const sorted = Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([sorted, after]))
    .digest("base64url")
    .slice(0, 16);
}

/** Makes the cursor of the page that begins after a position of a list. */
export function cursorAfter(list: ListIdentity, after: string | undefined): string | null {
  return after === undefined ? null : encodeCursor({ after, check: checkOf(list, after) });
}

/**
 * The position after which a page begins, or `undefined` for the first one.
 * @throws HttpProblem 400 when the cursor was not answered by this list: it was changed, or the filters were
 */
export function positionOf(list: ListIdentity, cursor: string | undefined): string | undefined {
  const decoded = decodeCursor(cursorSchema, cursor);
  if (decoded && decoded.check !== checkOf(list, decoded.after)) {
    throw invalidParameter("cursor", "is not a cursor of this list");
  }
  return decoded?.after;
}

/** Where a page of a sorted list ended: what it is sorted by, and an id that is unique in it. */
export interface SortedPosition {
  readonly value: string | null;
  readonly id: string;
}

const sortedSchema = z.strictObject({
  after: z.strictObject({
    value: z
      .string()
      .regex(/^-?\d{1,40}$/)
      .nullable(),
    id: z.string().min(1),
  }),
  check: z.string(),
});

/** Makes the cursor of the page that begins after a position of a sorted list. */
export function sortedCursorAfter(list: ListIdentity, after: SortedPosition | undefined): string | null {
  if (after === undefined) return null;
  const { value, id } = after;
  return encodeCursor({ after: { value, id }, check: checkOf(list, { value, id }) });
}

/**
 * The position after which a page of a sorted list begins, or `undefined` for the first one.
 * @throws HttpProblem 400 when the cursor was not answered by this list
 */
export function sortedPositionOf(list: ListIdentity, cursor: string | undefined): SortedPosition | undefined {
  const decoded = decodeCursor(sortedSchema, cursor);
  if (!decoded) return undefined;
  const { value, id } = decoded.after;
  if (decoded.check !== checkOf(list, { value, id })) {
    throw invalidParameter("cursor", "is not a cursor of this list");
  }
  return { value, id };
}
