import * as z from "zod";
import { invalidParameter } from "./problem.ts";

/** Lists: `limit` and an opaque `cursor`. */

/** The query parameters of every list. */
export const pageParameters = {
  limit: z
    .string()
    .regex(/^([1-9]\d?|1\d\d|200)$/, "must be an integer from 1 to 200")
    .transform(Number)
    .default(50)
    .meta({ description: "At most so many items, 1 to 200; 50 when absent", example: "50" }),
  cursor: z.string().max(1_000).optional().meta({ description: "`nextCursor` of the page before" }),
};

/** Makes a cursor of where the next page begins. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/**
 * Where a page begins, or `undefined` for the first one.
 * @throws HttpProblem 400 when the cursor is not one that was answered
 */
export function decodeCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | undefined,
): z.output<Schema> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw invalidParameter("cursor", "is not a cursor of this list");
  }
}
