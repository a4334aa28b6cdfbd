import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { customerSchema, erasedSchema } from "./answers.ts";
import { maxAddedUp } from "./handler.ts";
import { customerQuerySchema, erasureQuerySchema } from "./query.ts";

/** OpenAPI operations of customers. */

const purchase = {
  id: "order-536365",
  type: "purchase.made",
  customerId: "17850",
  orderId: "536365",
  money: { amount: "139.12", currency: "GBP" },
  dimensions: { channel: "web" },
  occurredAt: "2026-10-01T07:26:00.000Z",
  day: "2026-10-01",
  recordedAt: "2026-10-01T07:26:01.204Z",
};

const customer = {
  id: "17850",
  state: "active",
  joinedOn: "2026-10-01",
  lostOn: null,
  returnedOn: null,
  lapsesOn: "2026-12-30",
  firstPurchaseOn: "2026-10-01",
  lastPurchaseOn: "2026-10-01",
  purchases: 1,
  interactions: 5,
  touchpoints: 4,
  engaged: true,
  referred: false,
  referralsSent: 1,
  journey: [
    { stage: "awareness", on: "2026-09-12" },
    { stage: "decision", on: "2026-10-01" },
  ],
  segments: { channel: "web" },
  revenue: [{ amount: "139.12", currency: "GBP" }],
  refunds: [],
  latestScores: [
    {
      survey: "nps",
      scale: "0-10",
      score: 9,
      id: "answer-2026-000123",
      occurredAt: "2026-10-01T07:30:00.000Z",
      day: "2026-10-01",
    },
  ],
  addedUp: { facts: 2, complete: true },
  items: [purchase],
  nextCursor: null,
};

const csv =
  "id,type,occurredAt,dimensions,customerId,orderId,money.amount,money.currency,day,recordedAt\r\n" +
  'order-536365,purchase.made,2026-10-01T07:26:00.000Z,"{""channel"":""web""}",17850,536365,139.12,GBP,2026-10-01,2026-10-01T07:26:01.204Z\r\n';

/** By route key. */
export const customerOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/customers": {
    operationId: "getCustomer",
    tag: "Customers",
    summary: "What is known of a customer",
    description: [
      "Where the customer stands today, what it bought and said, and its facts, newest first, page by page. State, dates and purchases are exact;",
      `revenue, refunds and latest scores add up the newest ${maxAddedUp} facts, or as many as one request may read (see addedUp). A fact shows within a moment of being recorded.`,
    ].join(" "),
    query: customerQuerySchema,
    answers: {
      200: {
        description: "The customer",
        schema: customerSchema,
        examples: { customer: { summary: "A customer with one purchase", value: customer } },
        csv,
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: { 404: "nothing is known of a customer with this id" },
  },
  "DELETE /v1/customers": {
    operationId: "eraseCustomer",
    tag: "Customers",
    summary: "Erase a person",
    description: [
      "Everything that was recorded of the person before the request loses what names it: customer id, comments, order numbers, and the reasons of",
      "exclusions. What was counted stays as it is, also what time has yet to bring about. Sending an erased fact again is a `duplicate` and",
      "restores nothing; a later fact with the id starts a new person. Safe to repeat, and to be repeated after a 503. Dimensions and tags stay:",
      "keep names of persons out of them. The files of the archive are written anew within about an hour: `archive` says by when.",
    ].join(" "),
    query: erasureQuerySchema,
    answers: {
      200: {
        description: "What was erased by this request: nothing where nothing was known",
        schema: erasedSchema,
        examples: {
          erased: {
            summary: "Erased",
            value: {
              erased: { facts: 12, comments: 2, customer: true },
              archive: {
                days: 9,
                rewrittenBy: "2026-10-01T11:15:00.000Z",
                goneBy: "2026-10-06T11:15:00.000Z",
              },
            },
          },
          again: {
            summary: "Repeated",
            value: {
              erased: { facts: 0, comments: 0, customer: false },
              archive: { days: 0, rewrittenBy: null, goneBy: null },
            },
          },
        },
      },
    },
    problems: [...keyProblems, 400],
  },
};
