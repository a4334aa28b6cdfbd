import * as z from "zod";
import { defineProvider, nothing, type Reading } from "./provider.ts";
import { after, hmacOf, isHmac } from "./signatures.ts";
import {
  commentOf,
  dimensionsOf,
  epochSecondsSchema,
  idSchema,
  optionalIdSchema,
  optionalTextSchema,
} from "./values.ts";

/** Intercom: https://developers.intercom.com/docs/webhooks, https://developers.intercom.com/docs/references/webhooks/webhook-models */

const options = z.strictObject({
  customer: z.enum(["external_id", "id", "email"]).default("external_id").meta({
    description: "What names a customer: your own id of the contact, Intercom's, or the e-mail address",
  }),
});

type Options = z.output<typeof options>;

const notificationSchema = z.object({
  topic: z.string(),
  id: optionalIdSchema,
  created_at: epochSecondsSchema,
  data: z.object({ item: z.unknown() }),
});

type Notification = z.output<typeof notificationSchema>;

const contactSchema = z.object({
  id: optionalIdSchema,
  external_id: optionalIdSchema,
  email: optionalTextSchema,
});

const conversationSchema = z.object({
  id: idSchema,
  created_at: epochSecondsSchema,
  source: z.object({ type: optionalTextSchema, author: contactSchema.nullish() }).nullish(),
  contacts: z.object({ contacts: z.array(contactSchema).nullish() }).nullish(),
  conversation_rating: z
    .object({ rating: z.int(), remark: optionalTextSchema, created_at: epochSecondsSchema.nullish() })
    .nullish(),
});

type Conversation = z.output<typeof conversationSchema>;

/** What a topic is a step of. */
const steps: Readonly<Record<string, "ticket.replied" | "ticket.resolved" | "ticket.reopened">> = {
  "conversation.admin.replied": "ticket.replied",
  "conversation.admin.closed": "ticket.resolved",
  "conversation.admin.opened": "ticket.reopened",
};

export const intercom = defineProvider({
  name: "intercom",
  title: "Intercom",
  secret: "the app's client secret",
  canBeUnsigned: false,
  options,
  isSigned: ({ body, headers }, secret) =>
    isHmac(after("sha1=", headers["x-hub-signature"]), "hex", hmacOf("sha1", secret, body)),
  read(payload, chosen) {
    const notification = notificationSchema.parse(payload);
    const { topic } = notification;
    if (topic === "conversation.user.created") return openingReading(notification, chosen);
    if (topic === "conversation.rating.added" || topic === "conversation.rating.remarked") {
      return ratingReading(notification, chosen);
    }
    return Object.hasOwn(steps, topic) ? stepReading(notification, chosen) : nothing(topic);
  },
});

function customerIdOf({ contacts, source }: Conversation, { customer }: Options): string | undefined {
  const contact = contacts?.contacts?.[0];
  const named = contact?.[customer] ?? (customer === "email" ? source?.author?.email : undefined);
  return customer === "email" ? named?.toLowerCase() : named;
}

function openingReading({ topic, data }: Notification, chosen: Options): Reading {
  const conversation = conversationSchema.parse(data.item);
  const fact = {
    ...{ id: `conversation:${conversation.id}:opened`, type: "ticket.opened", ticketId: conversation.id },
    ...{ occurredAt: conversation.created_at, customerId: customerIdOf(conversation, chosen) },
    dimensions: dimensionsOf({ channel: conversation.source?.type }),
  } as const;
  return { event: topic, facts: [fact], problems: [] };
}

function stepReading({ topic, id, created_at, data }: Notification, chosen: Options): Reading {
  const conversation = conversationSchema.parse(data.item);
  const type = steps[topic];
  if (type === undefined) return nothing(topic);
  const fact = {
    // Notifications without an id of their own are told apart by their second.
    id: id ?? `conversation:${conversation.id}:${type}:${created_at}`,
    ...{ type, ticketId: conversation.id, occurredAt: created_at },
    customerId: customerIdOf(conversation, chosen),
  } as const;
  return { event: topic, facts: [fact], problems: [] };
}

/** A rating comes again with its remark, and when it is changed: the latest of a conversation counts. */
function ratingReading({ topic, id, created_at, data }: Notification, chosen: Options): Reading {
  const conversation = conversationSchema.parse(data.item);
  const given = conversation.conversation_rating;
  if (!given) return { event: topic, facts: [], problems: ["a rating without conversation_rating"] };
  const fact = {
    id: `${id ?? `conversation:${conversation.id}:${created_at}`}:rating`,
    ...{ survey: "csat", score: given.rating, occurredAt: created_at, ticketId: conversation.id },
    ...{ invitationId: `intercom-${conversation.id}`, latest: "invitation" },
    ...{ customerId: customerIdOf(conversation, chosen), comment: commentOf(given.remark) },
  } as const;
  return { event: topic, facts: [fact], problems: [] };
}
