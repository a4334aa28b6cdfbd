import * as z from "zod";
import {
  aboutFields,
  dimensionValueSchema,
  type FactBase,
  integerSchema,
  messageSchema,
  textSchema,
  ticketIdSchema,
} from "./base.ts";

/** Events of customer service: tickets, calls that wait in a queue, and articles of the knowledge base. */

const ticketFields = {
  ...aboutFields,
  message: messageSchema,
  ticketId: ticketIdSchema.meta({
    description:
      "The ticket's number in your systems: its events find each other by it, in any order of arrival",
    example: "INC0000045",
  }),
};

const callFields = {
  ...aboutFields,
  callId: textSchema(128).meta({
    description: "The call's id in your telephone system",
    example: "call-2026-10-01-0815",
  }),
};

/** At most so many seconds a call has waited: a week. */
const maxWaitSeconds = 604_800;

/** At most so many times a caller was passed on. */
const maxTransfers = 1_000;

const waitingFields = {
  ...callFields,
  seconds: z
    .number({ error: `must be a number from 0 to ${maxWaitSeconds}` })
    .min(0, `must be a number from 0 to ${maxWaitSeconds}`)
    .max(maxWaitSeconds, `must be a number from 0 to ${maxWaitSeconds}`)
    .optional()
    .meta({
      description:
        "How many seconds the caller had waited by then, to the millisecond; when absent, the time since its call.queued",
      example: 31,
    }),
  transfers: integerSchema(0, maxTransfers)
    .optional()
    .meta({ description: "How often the caller was passed on, where you know it", example: 1 }),
};

const articleIdSchema = textSchema(128).meta({
  description: "The article's id in your knowledge base",
  example: "KB0010042",
});

/** Most contacts that one resolution can have taken. */
export const maxContacts = 10_000;

/** The schemas of these events. */
export const serviceEvents = [
  z.strictObject({ type: z.literal("ticket.opened"), ...ticketFields }).meta({
    id: "TicketOpened",
    description:
      "A customer made contact. The ticket keeps its dimensions (channel, category …) for its later events. Sent more than once for a ticket, the earliest is the opening.",
  }),
  z.strictObject({ type: z.literal("ticket.replied"), ...ticketFields }).meta({
    id: "TicketReplied",
    description: "An agent replied to a ticket.",
  }),
  z
    .strictObject({
      type: z.literal("ticket.resolved"),
      ...ticketFields,
      contacts: integerSchema(1, maxContacts).optional().meta({
        description:
          "How many contacts the resolution took, reassignments included, where you know it: 1 is first contact resolution. When absent the ticket's replies up to here are counted.",
        example: 1,
      }),
    })
    .meta({ id: "TicketResolved", description: "A ticket was resolved." }),
  z.strictObject({ type: z.literal("ticket.reopened"), ...ticketFields }).meta({
    id: "TicketReopened",
    description: "A resolved ticket was opened again: the customer came back with the same issue.",
  }),
  z.strictObject({ type: z.literal("call.queued"), ...callFields }).meta({
    id: "CallQueued",
    description: "A caller began to wait.",
  }),
  z.strictObject({ type: z.literal("call.answered"), ...waitingFields }).meta({
    id: "CallAnswered",
    description: "Somebody answered a caller who waited. The first answer of a call counts.",
  }),
  z.strictObject({ type: z.literal("call.abandoned"), ...waitingFields }).meta({
    id: "CallAbandoned",
    description: "A caller hung up before anybody answered.",
  }),
  z
    .strictObject({
      type: z.literal("article.written"),
      ...aboutFields,
      articleId: articleIdSchema,
      agent: dimensionValueSchema.optional().meta({ description: "Who wrote it", example: "agent-7" }),
    })
    .meta({
      id: "ArticleWritten",
      description: "An article was created or improved. Whoever wrote it first is its author.",
    }),
  z
    .strictObject({
      type: z.literal("article.used"),
      ...aboutFields,
      articleId: articleIdSchema,
      ticketId: ticketFields.ticketId.optional(),
      resolved: z.boolean({ error: "must be true or false" }).optional().meta({
        description: "Whether it resolved the case. When absent it did, if a ticketId is given.",
      }),
    })
    .meta({ id: "ArticleUsed", description: "An article was used; credited to its author." }),
  z
    .strictObject({
      type: z.literal("article.searched"),
      ...aboutFields,
      keyword: dimensionValueSchema
        .optional()
        .meta({ description: "What was searched for", example: "return shoes" }),
    })
    .meta({
      id: "ArticleSearched",
      description:
        "Somebody searched the knowledge base. With a customerId it tells, like an article.used without a ticketId, whether customers help themselves.",
    }),
] as const;

/** A parsed event of a ticket. */
export interface TicketFact extends FactBase {
  readonly type: "ticket.opened" | "ticket.replied" | "ticket.reopened";
  readonly ticketId: string;
  readonly message?: string;
}

/** A parsed resolution of a ticket. */
export interface ResolutionFact extends FactBase {
  readonly type: "ticket.resolved";
  readonly ticketId: string;
  readonly message?: string;
  readonly contacts?: number;
}

/** A parsed beginning of a call. */
export interface CallFact extends FactBase {
  readonly type: "call.queued";
  readonly callId: string;
}

/** A parsed end of waiting. */
export interface CallEndFact extends FactBase {
  readonly type: "call.answered" | "call.abandoned";
  readonly callId: string;
  /** How long the caller had waited. */
  readonly seconds?: number;
  readonly transfers?: number;
}

/** Someone wrote an article, or improved it. */
export interface ArticleWrittenFact extends FactBase {
  readonly type: "article.written";
  readonly articleId: string;
  readonly agent?: string;
}

/** Someone used an article. */
export interface ArticleUsedFact extends FactBase {
  readonly type: "article.used";
  readonly articleId: string;
  readonly ticketId?: string;
  readonly resolved?: boolean;
}

/** Someone searched the knowledge base. */
export interface ArticleSearchedFact extends FactBase {
  readonly type: "article.searched";
  readonly keyword?: string;
}

/** A parsed event of customer service. */
export type ServiceFact =
  | TicketFact
  | ResolutionFact
  | CallFact
  | CallEndFact
  | ArticleWrittenFact
  | ArticleUsedFact
  | ArticleSearchedFact;
