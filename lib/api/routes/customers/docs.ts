import * as z from "zod";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { recordedPurchase } from "../facts/examples.ts";
import { customerCountsSchema, customerSchema, customersSchema, erasedSchema } from "./answers.ts";
import { maxAddedUp } from "./handler.ts";
import { allCustomersQuerySchema, customerCountsQuerySchema, erasureQuerySchema } from "./query.ts";

/** OpenAPI operations of customers. */

const fit = { months: 12, through: "2026-09-30", fittedAt: "2026-10-01T03:45:00.000Z" };

const prediction = { pAlive: 0.82, orders: 3.4, value: { amount: "188.20", currency: "GBP" }, ...fit };

const rfm = { recency: 4, frequency: 4, money: 3, segment: "champions", through: "2026-09-30" };

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
  prediction: { pAlive: 1, orders: 1.2, value: { amount: "41.10", currency: "GBP" }, ...fit },
  rfm,
  addedUp: { facts: 2, complete: true },
  items: [recordedPurchase],
  nextCursor: null,
};

const csv =
  "id,state,joinedOn,lostOn,returnedOn,lastSeenOn,lastPurchaseOn,orders,revenue.amount,revenue.currency,refunds.amount,refunds.currency,otherRevenue,otherRefunds,prediction.pAlive,prediction.orders,prediction.value.amount,prediction.value.currency,prediction.months,prediction.through,prediction.fittedAt,rfm.recency,rfm.frequency,rfm.money,rfm.segment,rfm.through,dimensions,scores.nps.score,scores.nps.scale,scores.nps.day,scores.csat.score,scores.csat.scale,scores.csat.day,scores.ces.score,scores.ces.scale,scores.ces.day,scores.esat.score,scores.esat.scale,scores.esat.day\r\n" +
  '17850,active,2026-09-12,,,2026-10-01,2026-10-01,2,139.12,GBP,0.00,GBP,,,0.82,3.4,188.20,GBP,12,2026-09-30,2026-10-01T03:45:00.000Z,4,4,3,champions,2026-09-30,"{""channel"":""web""}",9,0-10,2026-09-20,,,,2,1-7,2026-10-01,,,\r\n';

const customers = {
  items: [
    {
      ...{ id: "17850", state: "active", joinedOn: "2026-09-12", lostOn: null, returnedOn: null },
      ...{ lastSeenOn: "2026-10-01", lastPurchaseOn: "2026-10-01", orders: 2 },
      revenue: { amount: "139.12", currency: "GBP" },
      refunds: { amount: "0.00", currency: "GBP" },
      ...{ otherRevenue: [], otherRefunds: [], prediction, rfm, dimensions: { channel: "web" } },
      scores: {
        nps: { score: 9, scale: "0-10", day: "2026-09-20", id: "answer-2026-000123" },
        ces: { score: 2, scale: "1-7", day: "2026-10-01", id: "answer-2026-000131" },
      },
    },
  ],
  ...{ total: 1, through: "2026-10-01", changedDays: 0, nextCursor: null },
};

const counts = {
  ...{ from: "2026-09-21", to: "2026-10-04", interval: "week" },
  items: [
    { from: "2026-09-21", to: "2026-09-27", customers: 41, provisional: false },
    { from: "2026-09-28", to: "2026-10-04", customers: 44, provisional: true },
  ],
  ...{ through: "2026-10-01", changedDays: 0 },
};

/** By route key. */
export const customerOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/customers": {
    operationId: "getCustomers",
    tag: "Customers",
    summary: "Customers by conditions, or what is known of one",
    description: [
      "Without `customerId`: everybody of whom a fact is known that names them, by conditions that must all hold: for example `score.ces=1..3&score.nps=9..10` lists who had a bad",
      "interaction and likes you. Scores are the latest of each survey. Each customer comes with the values; `total` says how many there are. Pages are full while there is more. Closed days",
      "are read from the archive, the others from the table. As CSV the columns are always the same, and `dimensions` is a JSON object.",
      "With `customerId`: where the customer stands today, what it bought and said, and its facts, newest first, page by page. State, dates and purchases are exact;",
      `revenue, refunds and latest scores add up the newest ${maxAddedUp} facts, or as many as one request may read (see addedUp). A fact shows within a moment of being recorded.`,
    ].join(" "),
    query: allCustomersQuerySchema,
    takesCustomerFilters: true,
    answers: {
      200: {
        description: "A page of customers, or the customer",
        schema: z.union([customersSchema, customerSchema]),
        examples: {
          customers: { summary: "One customer in the list", value: customers },
          customer: { summary: "With `customerId`: a customer with one purchase", value: customer },
        },
        csv,
      },
    },
    problems: [...keyProblems, 400, 404, 409],
    meanings: {
      404: "nothing is known of a customer with this id",
      409: "closed days that are not in the archive yet have more facts than one request may read",
    },
  },
  "GET /v1/customers/counts": {
    operationId: "countCustomers",
    tag: "Customers",
    summary: "How many customers fulfilled conditions over time",
    description: [
      "At the end of each interval, by what is known today of the facts up to then: the size of the list of `GET /v1/customers` with the same conditions. Without `from` and `to` the",
      "last year up to today; intervals that have not begun are left out.",
    ].join(" "),
    query: customerCountsQuerySchema,
    takesCustomerFilters: true,
    answers: {
      200: {
        description: "Counts by interval",
        schema: customerCountsSchema,
        examples: { weeks: { summary: "Two weeks", value: counts } },
        csv: "from,to,customers,provisional\r\n2026-09-21,2026-09-27,41,false\r\n2026-09-28,2026-10-04,44,true\r\n",
      },
    },
    problems: [...keyProblems, 400, 409],
    meanings: {
      409: "closed days that are not in the archive yet have more facts than one request may read",
    },
  },
  "DELETE /v1/customers": {
    operationId: "eraseCustomer",
    tag: "Customers",
    summary: "Erase a person",
    description: [
      "Everything that was recorded of the person before the request loses what names it: customer id, comments, messages, order numbers, and the reasons of",
      "exclusions. So do comments and messages without a customer id about the person's tickets and invitations. What was counted stays as it is, also what time has yet to bring about. Sending an erased fact again is a `duplicate` and",
      "restores nothing; a later fact with the id starts a new person. Safe to repeat, and to be repeated after a 503. Dimensions and tags stay:",
      "keep names of persons out of them. Deliveries of sources that could not be mapped and name the customer id are removed whole. The files of the archive are written anew within about an hour: `archive` says by when.",
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
              erased: { facts: 12, comments: 2, customer: true, deliveries: 1 },
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
              erased: { facts: 0, comments: 0, customer: false, deliveries: 0 },
              archive: { days: 0, rewrittenBy: null, goneBy: null },
            },
          },
        },
      },
    },
    problems: [...keyProblems, 400],
  },
};
