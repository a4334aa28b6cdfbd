import * as z from "zod";
import { factIdSchema } from "../../facts/base.ts";
import { eventSchema } from "../../facts/events.ts";
import { responseSchema } from "../../facts/responses.ts";
import { maxFacts } from "../routes/facts/handler.ts";
import { batchSchema, recordedSchema } from "./answers.ts";
import { type Examples, keyProblems, type Operation, type OperationAnswer } from "./operation.ts";

/** What the document says of the routes that record facts. */

const header = z.object({
  "Idempotency-Key": factIdSchema.optional().meta({
    description:
      "The id of a single fact whose body has none, so that a client may send it again after a time-out. Not for batches: there each fact needs an id of its own.",
    example: "8e03978e-40d5-43e8-bc93-6894a57f9324",
  }),
});

const problems = [...keyProblems, 400, 409, 413, 415, 422];

const meanings = { 409: "a fact with this id and other content is already recorded" };

const resending = [
  "The same id is one fact for ever, in its workspace, whatever route or batch it comes by: sent again with the same",
  "content it is a `duplicate` and with other content a `conflict`, and neither changes anything. An id that is absent is made by",
  "the server (UUIDv7), or taken from `Idempotency-Key`.",
  "A batch is always answered with 200 and one result a fact, in the order sent; one bad fact never spoils the others.",
].join(" ");

function answersOf(id: string): Readonly<Record<string, OperationAnswer>> {
  const batch = {
    recorded: 1,
    duplicate: 0,
    conflict: 0,
    invalid: 1,
    results: [
      { index: 0, id, status: "recorded" },
      {
        index: 1,
        status: "invalid",
        errors: [{ pointer: "/occurredAt", detail: "must not be in the future" }],
      },
    ],
  };
  return {
    200: {
      description: "A fact that is recorded already, or the outcomes of a batch",
      schema: z.union([recordedSchema, batchSchema]),
      examples: {
        duplicate: { summary: "Sent again with the same content", value: { id, status: "duplicate" } },
        batch: { summary: "The outcomes of a batch", value: batch },
      },
    },
    201: {
      description: "Recorded and counted: it is in the next answer of every metric",
      schema: recordedSchema,
      examples: { recorded: { summary: "Recorded", value: { id, status: "recorded" } } },
    },
  };
}

const answer = {
  id: "answer-2026-000123",
  survey: "nps",
  score: 9,
  occurredAt: "2026-10-01T09:30:00+02:00",
  customerId: "17850",
  surveyId: "after-purchase",
  comment: "Quick delivery",
  dimensions: { channel: "web", touchpoint: "checkout" },
};

const responseExamples: Examples = {
  nps: { summary: "An answer to “How likely are you to recommend us?”", value: answer },
  csat: {
    summary: "A satisfaction score on another scale than the survey's usual one",
    value: { survey: "csat", scale: "1-7", score: 6 },
  },
  task: {
    summary: "Whether someone got done what they wanted",
    value: { survey: "task-completion", completed: true, inTime: false, comment: "Found it in the end" },
  },
  intent: {
    summary: "What a visitor came for, and whether that was done",
    value: { survey: "visitor-intent", choice: "Compare prices", completed: false },
  },
  invited: {
    summary: "The answer to an invitation",
    value: { survey: "csat", score: 5, invitationId: "invitation-2026-000123" },
  },
  batch: {
    summary: "A batch",
    value: { responses: [answer, { id: "answer-2026-000124", survey: "ces", score: 5 }] },
  },
};

const purchase = {
  id: "order-536365",
  type: "purchase.made",
  occurredAt: "2026-10-01T08:26:00+01:00",
  customerId: "17850",
  orderId: "536365",
  money: { amount: "139.12", currency: "GBP" },
  dimensions: { channel: "web" },
};

const eventExamples: Examples = {
  purchase: { summary: "A purchase; its customer joins with it when unknown", value: purchase },
  refund: {
    summary: "Money given back",
    value: {
      id: "refund-536365-1",
      type: "purchase.refunded",
      orderId: "536365",
      customerId: "17850",
      money: { amount: "15.30", currency: "GBP" },
    },
  },
  left: {
    summary: "The end of a relationship",
    value: { id: "cancel-17850", type: "customer.left", customerId: "17850" },
  },
  visits: {
    summary: "25 page loads of the same time, as one fact",
    value: { type: "page.loaded", milliseconds: 1840, page: "/help/returns", count: 25 },
  },
  cart: {
    summary: "The start of a cart: abandoned unless `cart.bought` follows within the workspace's `cartHours`",
    value: { type: "cart.started", cartId: "cart-90211", dimensions: { device: "phone" } },
  },
  quote: {
    summary: "What a share cost",
    value: {
      type: "share.quoted",
      symbol: "ACME",
      occurredAt: "2026-10-01T20:00:00Z",
      money: { amount: "102.90", currency: "USD" },
    },
  },
  invitation: {
    summary: "An invitation to a survey: the response to it names the same invitationId",
    value: {
      id: "invitation-sent-000123",
      type: "invitation.sent",
      invitationId: "invitation-2026-000123",
      surveyId: "after-purchase",
      dimensions: { channel: "email" },
    },
  },
  stage: {
    summary: "A customer enters a stage of the journey",
    value: {
      id: "stage-17850-consideration",
      type: "stage.entered",
      customerId: "17850",
      stage: "consideration",
    },
  },
  ticket: {
    summary:
      "A ticket that was resolved on the first contact; it counts in the segments of its ticket.opened",
    value: {
      id: "resolved-INC0000045",
      type: "ticket.resolved",
      ticketId: "INC0000045",
      occurredAt: "2026-10-01T11:29:00+02:00",
      contacts: 1,
    },
  },
  article: {
    summary: "An article that resolved a case; credited to its author",
    value: {
      id: "use-KB0010042-INC0000045",
      type: "article.used",
      articleId: "KB0010042",
      ticketId: "INC0000045",
    },
  },
  spend: {
    summary: "Money spent on winning customers",
    value: {
      ...{ id: "ads-2026-10-01", type: "spend.recorded", occurredAt: "2026-10-01T12:00:00+02:00" },
      ...{ money: { amount: "250.00", currency: "EUR" }, dimensions: { channel: "search-ads" } },
    },
  },
  referral: {
    summary: "Someone came by a customer's recommendation",
    value: { id: "referred-17851", type: "referral.converted", customerId: "17851", code: "R-7F3K9" },
  },
  interaction: {
    summary: "A customer was in touch with you",
    value: { id: "visit-1", type: "interaction.made", customerId: "17850", touchpoint: "mobile-app" },
  },
  batch: {
    summary: "A batch, in any order of time",
    value: { events: [purchase, { id: "join-17850", type: "customer.joined", customerId: "17850" }] },
  },
};

function batchOf(field: string, id: string, fact: z.ZodType): z.ZodType {
  return z.strictObject({ [field]: z.array(fact).min(1).max(maxFacts) }).meta({ id });
}

/** By route key. */
export const factOperations: Readonly<Record<string, Operation>> = {
  "POST /v1/responses": {
    operationId: "recordResponses",
    tag: "Facts",
    summary: "Record survey responses",
    description: `One response, or a batch of at most ${maxFacts}. ${resending}`,
    header,
    body: {
      schema: z.union([responseSchema, batchOf("responses", "ResponseBatch", responseSchema)]),
      examples: responseExamples,
    },
    answers: answersOf("answer-2026-000123"),
    ...{ problems, meanings },
  },
  "POST /v1/events": {
    operationId: "recordEvents",
    tag: "Facts",
    summary: "Record events",
    description: `One event, or a batch of at most ${maxFacts}, in any order of time: the numbers end the same. ${resending}`,
    header,
    body: {
      schema: z.union([eventSchema, batchOf("events", "EventBatch", eventSchema)]),
      examples: eventExamples,
    },
    answers: answersOf("order-536365"),
    ...{ problems, meanings },
  },
};
