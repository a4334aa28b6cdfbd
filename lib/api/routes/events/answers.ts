import * as z from "zod";
import { auditSchema, factFields } from "../responses/answers.ts";

/** Events as they are answered. */

/** An event by its id: all that was sent, and every change of whether it counts. */
export const eventDetailSchema = z
  .looseObject({
    ...factFields,
    type: z.string().meta({ description: "The type of the event", example: "page.loaded" }),
    customerId: z.string().optional(),
    excluded: z.boolean().meta({ description: "Whether it was taken out of the counts" }),
    audit: auditSchema,
  })
  .meta({ id: "EventDetail", description: "With the fields of its type" });
