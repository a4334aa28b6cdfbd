import type { Examples } from "../../openapi/operation.ts";

/** Facts as the OpenAPI document shows them. */

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

/** Bodies of `POST /v1/responses`. */
export const responseExamples: Examples = {
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
  aboutTicket: {
    summary: "An answer about a ticket: it counts under the agent, category and channel of the ticket",
    value: { survey: "csat", score: 2, ticketId: "INC0000045", comment: "Three calls until somebody knew" },
  },
  aboutOrder: {
    summary:
      "An answer about an order, in a workspace with `linkOrders`: it counts under the channel of the purchase",
    value: { survey: "csat", score: 4, orderId: "536365" },
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

/** The purchase above as routes answer it. */
export const recordedPurchase = {
  ...purchase,
  occurredAt: "2026-10-01T07:26:00.000Z",
  day: "2026-10-01",
  recordedAt: "2026-10-01T07:26:01.204Z",
};

/** Bodies of `POST /v1/events`. */
export const eventExamples: Examples = {
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
  search: {
    summary:
      "A customer searched the knowledge base: solved by self-service, unless it gets in touch within 7 days",
    value: { type: "article.searched", customerId: "17850", keyword: "return shoes" },
  },
  nextPage: {
    summary: "A page, and the one from which the visitor came",
    value: {
      ...{ type: "page.loaded", page: "/contact", previousPage: "/help/returns", milliseconds: 900 },
    },
  },
  subscription: {
    summary: "A subscription: twelve seats, paid by the year",
    value: {
      ...{ id: "sub-17850-1-start", type: "subscription.started", customerId: "17850" },
      ...{ subscriptionId: "sub-17850-1", money: { amount: "300.00", currency: "GBP" } },
      ...{ interval: "year", quantity: 12, dimensions: { plan: "team" } },
    },
  },
  subscriptionEnd: {
    summary: "The end of a subscription",
    value: {
      ...{ id: "sub-17850-1-end", type: "subscription.ended" },
      ...{ customerId: "17850", subscriptionId: "sub-17850-1" },
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
