import * as z from "zod";
import { defineProvider, nothing, type Reading } from "./provider.ts";
import { hmacOf, isHmac, isRecent } from "./signatures.ts";
import {
  commentOf,
  dimensionsOf,
  idSchema,
  optionalIdSchema,
  optionalTextSchema,
  timeSchema,
} from "./values.ts";

/**
 * Zendesk: https://developer.zendesk.com/documentation/webhooks/verifying,
 * https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events
 */

const options = z.strictObject({
  good: z.int().default(5).meta({ description: "What a good rating is worth as CSAT from 1 to 5" }),
  bad: z.int().default(1).meta({ description: "What a bad rating is worth" }),
});

type Options = z.output<typeof options>;

const eventSchema = z.object({
  type: z.string().startsWith("zen:event-type:"),
  id: idSchema,
  time: timeSchema,
  detail: z.unknown(),
  event: z.unknown(),
});

type ZendeskEvent = z.output<typeof eventSchema>;

const ticketSchema = z.object({
  id: idSchema,
  created_at: timeSchema.nullish(),
  requester_id: optionalIdSchema,
  type: optionalTextSchema,
  via: z.object({ channel: optionalTextSchema }).nullish(),
});

const statusSchema = z.object({ current: z.string(), previous: z.string().nullish() });

const commentSchema = z.object({
  comment: z.object({
    id: idSchema,
    is_public: z.boolean().default(true),
    author: z.object({ is_staff: z.boolean().default(false) }).nullish(),
  }),
});

/** What a trigger sends of a rating: the body that docs/sources.md tells to enter there. */
const ratingSchema = z.object({
  event: z.literal("rating"),
  ticket_id: idSchema,
  requester_id: optionalIdSchema,
  rating: z.string(),
  comment: optionalTextSchema,
  updated_at: timeSchema,
});

export const zendesk = defineProvider({
  name: "zendesk",
  title: "Zendesk",
  secret: "the webhook's signing secret (“Reveal secret”)",
  canBeUnsigned: false,
  options,
  isSigned({ body, headers, receivedAt }, secret) {
    const time = headers["x-zendesk-webhook-signature-timestamp"] ?? "";
    const seconds = Math.floor(Date.parse(time) / 1000);
    if (!isRecent(String(seconds), receivedAt)) return false;
    return isHmac(headers["x-zendesk-webhook-signature"], "base64", hmacOf("sha256", secret, time, body));
  },
  read(payload, chosen) {
    const rating = ratingSchema.safeParse(payload);
    return rating.success ? ratingReading(rating.data, chosen) : readEvent(eventSchema.parse(payload));
  },
});

function readEvent(event: ZendeskEvent): Reading {
  const name = event.type.replace("zen:event-type:", "");
  switch (name) {
    case "ticket.created":
      return openingReading(name, event);
    case "ticket.comment_added":
      return commentReading(name, event);
    case "ticket.status_changed":
      return statusReading(name, event);
    default:
      return nothing(name);
  }
}

function openingReading(name: string, { time, detail }: ZendeskEvent): Reading {
  const ticket = ticketSchema.parse(detail);
  const fact = {
    ...{ id: `ticket:${ticket.id}:opened`, type: "ticket.opened", ticketId: ticket.id },
    ...{ occurredAt: ticket.created_at ?? time, customerId: ticket.requester_id },
    dimensions: dimensionsOf({ channel: ticket.via?.channel, category: ticket.type }),
  } as const;
  return { event: name, facts: [fact], problems: [] };
}

/** What an agent writes to the customer is a reply; notes, and what the customer writes, are none. */
function commentReading(name: string, { time, detail, event }: ZendeskEvent): Reading {
  const ticket = ticketSchema.parse(detail);
  const { comment } = commentSchema.parse(event);
  if (!comment.is_public || comment.author?.is_staff !== true) return nothing(name);
  const fact = {
    ...{ id: `comment:${comment.id}`, type: "ticket.replied", ticketId: ticket.id },
    ...{ occurredAt: time, customerId: ticket.requester_id },
  } as const;
  return { event: name, facts: [fact], problems: [] };
}

const resolved = new Set(["SOLVED", "CLOSED"]);

/** Statuses of tickets that are not worked on any more, and were not resolved by that. */
const gone = new Set(["DELETED", "ARCHIVED", "SCRUBBED"]);

function statusReading(name: string, { id, time, detail, event }: ZendeskEvent): Reading {
  const ticket = ticketSchema.parse(detail);
  const change = statusSchema.parse(event);
  const [now, before] = [change.current.toUpperCase(), (change.previous ?? "").toUpperCase()];
  if (gone.has(now) || resolved.has(now) === resolved.has(before)) return nothing(name);
  const fact = {
    ...{ id, type: resolved.has(now) ? "ticket.resolved" : "ticket.reopened", ticketId: ticket.id },
    ...{ occurredAt: time, customerId: ticket.requester_id },
  } as const;
  return { event: name, facts: [fact], problems: [] };
}

/** A rating may be changed: the latest of a ticket counts. */
function ratingReading(rating: z.output<typeof ratingSchema>, { good, bad }: Options): Reading {
  const word = rating.rating.toLowerCase();
  const score = word.startsWith("good") ? good : word.startsWith("bad") ? bad : undefined;
  if (score === undefined) return nothing("rating");
  const fact = {
    ...{ id: `ticket:${rating.ticket_id}:rating:${Date.parse(rating.updated_at)}`, survey: "csat", score },
    ...{ occurredAt: rating.updated_at, customerId: rating.requester_id, ticketId: rating.ticket_id },
    ...{
      invitationId: `zendesk-${rating.ticket_id}`,
      latest: "invitation",
      comment: commentOf(rating.comment),
    },
  } as const;
  return { event: "rating", facts: [fact], problems: [] };
}
