import * as z from "zod";
import { eventSchemas, eventTypes } from "../../../domain/facts/events.ts";
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

/** The type of an event. */
export const eventTypeSchema = z.enum(eventTypes as readonly [string, ...string[]], {
  error: `must be one of ${eventTypes.join(", ")}`,
});

const money = z.object({ amount: z.string(), currency: z.string() });

/** The fields of all types, each once, in the order in which the documentation lists them. */
function ownFields(): Record<string, z.ZodType> {
  const fields: Record<string, z.ZodType> = {};
  for (const { shape } of eventSchemas) {
    for (const [name, schema] of Object.entries(shape)) {
      const isCommon = name === "type" || name === "customerId" || Object.hasOwn(factFields, name);
      if (!isCommon) fields[name] ??= name === "money" ? money : plain(schema);
    }
  }
  return fields;
}

/** The schema of a field in answers: its kind, without the limits for requests. */
function plain(schema: z.ZodType): z.ZodType {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (inner instanceof z.ZodBoolean) return z.boolean();
  if (inner instanceof z.ZodNumber) return z.number();
  return z.string();
}

const { id, ...ledgerFields } = factFields;

/** An event as it is listed: what was sent, and what the ledger knows. */
export const eventItemSchema = z
  .object({
    id,
    type: eventTypeSchema,
    customerId: z.string().optional(),
    ...z.object(ownFields()).partial().shape,
    ...ledgerFields,
    excluded: z.boolean().meta({ description: "Whether it was taken out of the counts" }),
  })
  .meta({ id: "EventItem" });

/** A page of events. */
export const eventsSchema = z
  .object({
    items: z.array(eventItemSchema),
    nextCursor: z.string().nullable(),
    partial: z.literal(true).optional().meta({
      description:
        "Only where a page that has a next one is short, or empty, because so many facts did not match: ask on with `nextCursor`",
    }),
  })
  .meta({ id: "EventList", description: "Newest first. Pages are full while there is more" });
