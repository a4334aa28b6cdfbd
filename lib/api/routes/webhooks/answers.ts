import * as z from "zod";
import { eventTypes, testType } from "../../../domain/webhooks/announcement.ts";
import { storedWebhookSchema, webhookIdSchema } from "../../../domain/webhooks/definition.ts";
import { deliveryStates } from "../../../store/outbox/deliveries.ts";
import { offReasons } from "../../../store/settings/webhooks.ts";

/** Webhooks as they are answered. */

const instant = z.string().meta({ description: "RFC 3339" });

/** A webhook, without its secrets. */
export const webhookAnswerSchema = z
  .object({
    id: webhookIdSchema,
    ...storedWebhookSchema.shape,
    enabled: z.boolean(),
    format: storedWebhookSchema.shape.format.unwrap(),
    switchedOff: z
      .object({ at: instant, because: z.enum(offReasons) })
      .nullable()
      .meta({
        description:
          "That the service has disabled it: `gone`, the receiver answered 410; `failing`, nothing was taken for a week. Setting it with `enabled: true` ends that",
      }),
    failingSince: instant
      .nullable()
      .meta({ description: "Since when no delivery has been taken; null while they are" }),
    restsUntil: instant.nullable().meta({
      description:
        "Until when nothing is sent, since many deliveries in a row have failed; null where it does not rest",
    }),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Webhook" });

const secret = z.string().meta({
  description: "What deliveries are signed with: shown this once",
  example: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDuCd8BZqWHqA=",
});

/** A webhook that was set, with its secret where it was given one. */
export const setWebhookSchema = webhookAnswerSchema
  .extend({ secret: secret.optional() })
  .meta({ id: "SetWebhook" });

/** The webhooks of a workspace. */
export const webhooksSchema = z
  .object({ items: z.array(webhookAnswerSchema), nextCursor: z.string().nullable() })
  .meta({ id: "WebhookList" });

export const deletedWebhookSchema = z
  .object({ id: webhookIdSchema, status: z.enum(["deleted"]) })
  .meta({ id: "DeletedWebhook" });

export const rotatedSchema = z
  .object({
    id: webhookIdSchema,
    secret,
    previousUntil: instant.meta({
      description:
        "Until when deliveries are signed with the secret before as well: two signatures, of which one suffices",
    }),
  })
  .meta({ id: "RotatedSecret" });

const deliveryId = z.string().meta({
  description: "The `webhook-id` of the delivery, the same in every try",
  example: "msg_0192f3a4-5b6c-7d8e-9f00-112233445566",
});

/** A delivery that was asked for. */
export const askedDeliverySchema = z
  .object({ id: deliveryId, state: z.enum(["pending"]) })
  .meta({ id: "AskedDelivery" });

export const deliverySchema = z
  .object({
    id: deliveryId,
    type: z.enum([...eventTypes, testType]),
    fact: z
      .string()
      .nullable()
      .meta({ description: "The id of the fact that it tells of; null where it is about none" }),
    state: z.enum(deliveryStates).meta({
      description:
        "pending: waits for its first or its next try. failed: given up. dropped: not sent, see `because`",
    }),
    because: z.string().nullable().meta({ description: "Why it was dropped" }),
    tries: z.int(),
    status: z
      .int()
      .nullable()
      .meta({ description: "The HTTP status of the last answer; null where there was none" }),
    error: z.string().nullable().meta({ description: "Why there was no answer, or it was not taken as one" }),
    answer: z
      .string()
      .nullable()
      .meta({ description: "The first characters of the last answer, at most 200" }),
    milliseconds: z.int().nullable().meta({ description: "How long the last try took" }),
    createdAt: instant,
    triedAt: instant.nullable().meta({ description: "When the last try was made" }),
    nextTryAt: instant.nullable().meta({ description: "From when on it is tried again" }),
  })
  .meta({ id: "Delivery" });

export const deliveriesSchema = z
  .object({ items: z.array(deliverySchema), nextCursor: z.string().nullable() })
  .meta({ id: "DeliveryList" });
