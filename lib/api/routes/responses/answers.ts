import * as z from "zod";
import { dayParameter } from "../../pipeline/parameters.ts";
import { surveyParameter } from "./filters.ts";

/** Survey responses as they are answered. */

const erasedAt = z
  .string()
  .optional()
  .meta({ description: "When the person who gave it was erased, with its comment and identifiers" });

/** The ledger's own fields of every fact. */
export const factFields = {
  id: z.string(),
  dimensions: z.record(z.string(), z.string()),
  occurredAt: z.string().meta({ description: "RFC 3339 in UTC", example: "2026-10-01T07:30:00.000Z" }),
  day: dayParameter.meta({ description: "The day on which it counts" }),
  recordedAt: z.string(),
  erasedAt,
  supersedes: z.string().optional().meta({ description: "The fact that it replaced" }),
  supersededBy: z
    .string()
    .optional()
    .meta({ description: "The fact that replaced it: it stays out of the counts" }),
};

/** The fields of a response as they were sent. */
export const responseContent = {
  survey: surveyParameter,
  scale: z.string().optional().meta({ description: "Where the survey asks for a score, as score" }),
  score: z.int().optional(),
  completed: z.boolean().optional(),
  inTime: z.boolean().optional(),
  choice: z.string().optional().meta({ description: "The intent that was chosen" }),
  surveyId: z.string().optional(),
  invitationId: z.string().optional(),
  latest: z
    .string()
    .optional()
    .meta({ description: "`invitation`: only the latest answer of the invitation counts" }),
  ticketId: z.string().optional(),
  orderId: z.string().optional(),
  customerId: z.string().optional(),
  comment: z.string().optional(),
  tags: z.array(z.string()).optional(),
};

const { id, ...ledgerFields } = factFields;

const responseFields = {
  id,
  ...responseContent,
  ...ledgerFields,
  excluded: z.boolean().meta({ description: "Whether it was taken out of the counts" }),
};

/** A response as it is listed. */
export const responseItemSchema = z.object(responseFields).meta({ id: "ResponseItem" });

/** A page of responses. */
export const responsesSchema = z
  .object({
    items: z.array(responseItemSchema),
    nextCursor: z.string().nullable(),
    partial: z.literal(true).optional().meta({
      description:
        "Only where a page that has a next one is short, or empty, because so many facts did not match: ask on with `nextCursor`",
    }),
  })
  .meta({ id: "ResponseList", description: "Newest first. Pages are full while there is more" });

/** Every change of whether a fact counts. */
export const auditSchema = z
  .array(
    z.object({
      at: z.string(),
      keyId: z.string().meta({
        description:
          "The API key that made the change: the id of GET /v1/keys; `supersedes` where another fact replaced it",
      }),
      excluded: z.boolean(),
      reason: z.string(),
    }),
  )
  .meta({ description: "Every change of `excluded`, the oldest first" });

/** A response by its id. */
export const responseDetailSchema = z
  .object({ ...responseFields, audit: auditSchema })
  .meta({ id: "ResponseDetail" });
