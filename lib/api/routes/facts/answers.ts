import * as z from "zod";
import { fieldErrorSchema } from "../../openapi/answers.ts";

/** The outcomes of recorded facts. */

/** The answer to a single fact. */
export const recordedSchema = z
  .object({ id: z.string(), status: z.enum(["recorded", "duplicate"]) })
  .meta({ id: "FactOutcome" });

/** The answer to a batch. */
export const batchSchema = z
  .object({
    recorded: z.int(),
    duplicate: z.int(),
    conflict: z.int(),
    invalid: z.int(),
    results: z.array(
      z.object({
        index: z.int(),
        id: z.string().optional(),
        status: z.enum(["recorded", "duplicate", "conflict", "invalid"]),
        errors: z.array(fieldErrorSchema).optional(),
      }),
    ),
  })
  .meta({ id: "BatchOutcome", description: "One result a fact, in the order sent" });
