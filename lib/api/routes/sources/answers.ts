import * as z from "zod";

/** Sources as they are answered. */

/** A source without what nobody can read. */
export const sourceAnswerSchema = z
  .object({
    id: z.string(),
    provider: z.string(),
    verifiedBy: z.enum(["signature", "address", "nothing"]).meta({
      description:
        "How deliveries are known to be the provider's: by a signature, by the address alone (`unsigned`), or not yet, as the source has no secret: then all are refused",
    }),
    hasAccessToken: z.boolean(),
    dimensions: z.record(z.string(), z.string()),
    options: z
      .record(z.string(), z.unknown())
      .meta({ description: "With the defaults of when they were set" }),
    createdAt: z.string().meta({ description: "RFC 3339" }),
    updatedAt: z.string().meta({ description: "RFC 3339" }),
  })
  .meta({ id: "SourceAnswer" });

/** A source that was just made or changed. */
export const sourceSetSchema = sourceAnswerSchema
  .extend({
    address: z.string().optional().meta({
      description:
        "Where the provider is to send, when the source was made: a secret that nobody can read again. Who loses it deletes the source and makes it again under the same id",
    }),
  })
  .meta({ id: "SourceSet" });

/** All sources of a workspace. */
export const sourcesSchema = z.object({ items: z.array(sourceAnswerSchema) }).meta({ id: "SourceList" });

/** The result of deleting one. */
export const sourceDeletedSchema = z.object({ id: z.string(), status: z.literal("deleted") });

/** What became of a delivery. */
export const receiptSchema = z
  .object({
    recorded: z.int(),
    duplicate: z.int(),
    conflict: z.int(),
    unmapped: z.int().meta({ description: "How many things in it could not be mapped; then it is kept" }),
  })
  .meta({ id: "DeliveryReceipt" });

/** Deliveries of which something could not be mapped. */
export const unmappedSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        receivedAt: z.string().meta({ description: "RFC 3339" }),
        event: z.string().meta({ description: "What happened, in the provider's words" }),
        reasons: z.array(z.string()),
        bytes: z.int(),
        isKept: z.boolean().meta({ description: "Whether it can be read again: larger ones are not kept" }),
        payload: z.string().meta({ description: "The first 4,000 characters of what was sent" }),
        keptUntil: z.string().meta({ description: "RFC 3339" }),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "UnmappedDeliveries" });

/** What became of deliveries that were read again. */
export const replaySchema = z
  .object({
    replayed: z.int().meta({ description: "How many deliveries were read again" }),
    mapped: z.int().meta({ description: "Of how many nothing is left: they are kept no more" }),
    ...receiptSchema.shape,
    nextCursor: z.string().nullable().meta({ description: "Where to go on; null when all have been read" }),
  })
  .meta({ id: "Replay" });
