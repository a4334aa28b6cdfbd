import * as z from "zod";
import { defineProvider, nothing, type Reading } from "./provider.ts";
import { after, hmacOf, isHmac, isRecent } from "./signatures.ts";
import {
  commentOf,
  dimensionsOf,
  epochSecondsSchema,
  idSchema,
  optionalIdSchema,
  optionalTextSchema,
  timeSchema,
} from "./values.ts";

/** Chatwoot: https://www.chatwoot.com/hc/user-guide/articles/1677693021-how-to-use-webhooks, app/listeners/webhook_listener.rb */

const options = z.strictObject({
  customer: z.enum(["identifier", "id", "email"]).default("identifier").meta({
    description:
      "What names a customer: your own identifier of the contact, Chatwoot's id, or the e-mail address",
  }),
});

type Options = z.output<typeof options>;

const senderSchema = z.object({
  id: optionalIdSchema,
  identifier: optionalIdSchema,
  email: optionalTextSchema,
  type: optionalTextSchema,
});

const instantSchema = z.union([epochSecondsSchema, timeSchema]);

const conversationSchema = z.object({
  id: idSchema,
  status: z.string(),
  channel: optionalTextSchema,
  created_at: instantSchema,
  updated_at: instantSchema.nullish(),
  timestamp: instantSchema.nullish(),
  meta: z.object({ sender: senderSchema.nullish() }).nullish(),
});

type Conversation = z.output<typeof conversationSchema>;

const changeSchema = z.object({
  changed_attributes: z
    .array(z.object({ status: z.object({ previous_value: z.string().nullish() }).optional() }))
    .nullish(),
});

const messageSchema = z.object({
  id: idSchema,
  created_at: instantSchema,
  message_type: z.union([z.string(), z.int()]),
  content_type: optionalTextSchema,
  private: z.boolean().nullish(),
  sender: senderSchema.nullish(),
  conversation: conversationSchema,
  content_attributes: z
    .object({
      submitted_values: z
        .object({
          csat_survey_response: z.object({ rating: z.int(), feedback_message: optionalTextSchema }).nullish(),
        })
        .nullish()
        // Forms of other kinds submit lists.
        .catch(undefined),
    })
    .nullish(),
});

type Message = z.output<typeof messageSchema>;

export const chatwoot = defineProvider({
  name: "chatwoot",
  title: "Chatwoot",
  secret: "the webhook's secret; versions that do not sign need `unsigned`",
  canBeUnsigned: true,
  options,
  isSigned({ body, headers, receivedAt }, secret) {
    const time = headers["x-chatwoot-timestamp"];
    if (!isRecent(time, receivedAt)) return false;
    const expected = hmacOf("sha256", secret, `${time}.`, body);
    return isHmac(after("sha256=", headers["x-chatwoot-signature"]), "hex", expected);
  },
  read(payload, chosen) {
    const { event } = z.object({ event: z.string() }).parse(payload);
    switch (event) {
      case "conversation_created":
        return openingReading(event, conversationSchema.parse(payload), chosen);
      case "conversation_status_changed":
        return statusReading(event, payload, chosen);
      case "message_created":
        return messageReading(event, messageSchema.parse(payload), chosen);
      case "message_updated":
        return ratingReading(event, messageSchema.parse(payload), chosen);
      default:
        return nothing(event);
    }
  },
});

function customerIdOf({ meta }: Conversation, { customer }: Options): string | undefined {
  const named = meta?.sender?.[customer];
  return customer === "email" ? named?.toLowerCase() : named;
}

function openingReading(event: string, conversation: Conversation, chosen: Options): Reading {
  const fact = {
    ...{ id: `conversation:${conversation.id}:opened`, type: "ticket.opened", ticketId: conversation.id },
    ...{ occurredAt: conversation.created_at, customerId: customerIdOf(conversation, chosen) },
    dimensions: dimensionsOf({ channel: conversation.channel?.replace(/^Channel::/, "") }),
  } as const;
  return { event, facts: [fact], problems: [] };
}

function statusReading(event: string, payload: unknown, chosen: Options): Reading {
  const conversation = conversationSchema.parse(payload);
  const changes = changeSchema.parse(payload).changed_attributes ?? [];
  const before = changes.find(({ status }) => status !== undefined)?.status?.previous_value;
  const isResolved = conversation.status === "resolved";
  // Pending, snoozed and open are all unresolved.
  if (!isResolved && before !== "resolved") return nothing(event);
  const occurredAt = conversation.updated_at ?? conversation.timestamp ?? undefined;
  if (occurredAt === undefined)
    return { event, facts: [], problems: ["a change that does not say when it was"] };
  const fact = {
    id: `conversation:${conversation.id}:${conversation.status}:${Date.parse(occurredAt)}`,
    ...{ type: isResolved ? "ticket.resolved" : "ticket.reopened", ticketId: conversation.id },
    ...{ occurredAt, customerId: customerIdOf(conversation, chosen) },
  } as const;
  return { event, facts: [fact], problems: [] };
}

/** What a person writes to the customer is a reply; notes, greetings and bots are none. */
function messageReading(event: string, message: Message, chosen: Options): Reading {
  const isOutgoing = message.message_type === "outgoing" || message.message_type === 1;
  if (!isOutgoing || message.private === true || message.sender?.type !== "user") return nothing(event);
  const fact = {
    ...{ id: `message:${message.id}`, type: "ticket.replied", ticketId: message.conversation.id },
    ...{ occurredAt: message.created_at, customerId: customerIdOf(message.conversation, chosen) },
  } as const;
  return { event, facts: [fact], problems: [] };
}

/** The message that asks is updated with the rating, and again with what is written: the latest counts. */
function ratingReading(event: string, message: Message, chosen: Options): Reading {
  const given = message.content_attributes?.submitted_values?.csat_survey_response;
  if (message.content_type !== "input_csat" || !given) return nothing(event);
  const { conversation } = message;
  const occurredAt = conversation.updated_at ?? conversation.timestamp ?? message.created_at;
  const comment = commentOf(given.feedback_message);
  const fact = {
    id: `message:${message.id}:rating:${Date.parse(occurredAt)}:${given.rating}${comment === undefined ? "" : ":said"}`,
    ...{ survey: "csat", score: given.rating, occurredAt, ticketId: conversation.id, comment },
    ...{ invitationId: `chatwoot-${message.id}`, latest: "invitation" },
    customerId: customerIdOf(conversation, chosen),
  } as const;
  return { event, facts: [fact], problems: [] };
}
