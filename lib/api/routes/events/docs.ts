import { keyProblems, type Operation, pathId } from "../../openapi/operation.ts";
import { recordedPurchase } from "../facts/examples.ts";
import { exclusionSchema } from "../responses/exclusion.ts";
import { maxLookedAt } from "../responses/handler.ts";
import { eventDetailSchema, eventsSchema } from "./answers.ts";
import { eventsQuerySchema } from "./handler.ts";

/** OpenAPI operations of recorded events. */

const path = pathId("The event's id", "load-2026-000123");

const excludedEvent = {
  ...{ id: "load-2026-000123", type: "page.loaded", milliseconds: 999_999, page: "/help/returns" },
  ...{ dimensions: { channel: "web" }, occurredAt: "2026-10-01T07:30:00.000Z", day: "2026-10-01" },
  ...{ recordedAt: "2026-10-01T07:30:01.204Z", excluded: true },
  audit: [
    { at: "2026-10-02T08:11:40.512Z", keyId: "3f9a01c2b4d5", excluded: true, reason: "Made up by a script" },
  ],
};

const item = { ...recordedPurchase, excluded: false };

const csv =
  "id,type,customerId,orderId,money.amount,money.currency,dimensions,occurredAt,day,recordedAt\r\n" +
  'order-536365,purchase.made,17850,536365,139.12,GBP,"{""channel"":""web""}",2026-10-01T07:26:00.000Z,2026-10-01,2026-10-01T07:26:01.204Z\r\n';

/** By route key. */
export const eventOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/events": {
    operationId: "listEvents",
    tag: "Facts",
    summary: "Events, newest first",
    description: [
      "All that was sent, by the day on which they count, then by instant; all filters must hold. Without `from` and `to` all days. Pages are full while there",
      `is more; where ${maxLookedAt.toLocaleString("en")} stored facts have been looked at for one page it ends early, and says so (\`partial\`).`,
      "As CSV the columns are always the same, those of all types; `dimensions` is a JSON object. An event shows within a moment of being recorded.",
    ].join(" "),
    query: eventsQuerySchema,
    takesDimensions: true,
    answers: {
      200: {
        description: "A page of events",
        schema: eventsSchema,
        examples: { page: { summary: "One purchase", value: { items: [item], nextCursor: null } } },
        csv,
      },
    },
    problems: [...keyProblems, 400],
  },
  "GET /v1/events/{id}": {
    operationId: "getEvent",
    tag: "Facts",
    summary: "One event",
    description:
      "All that was sent, and every change of whether it counts. `supersededBy` names the event that replaced it.",
    path,
    answers: {
      200: {
        description: "The event",
        schema: eventDetailSchema,
        examples: { event: { summary: "Never taken out", value: { ...item, audit: [] } } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: { 404: "there is no event with this id" },
  },
  "PATCH /v1/events/{id}": {
    operationId: "excludeEvent",
    tag: "Facts",
    summary: "Take an event out of the counts, or put it back",
    description: [
      "Events of any type. What is counted changes at once to what it would be without it, in every segment: one in the history of a customer, a ticket, a cart … changes what follows",
      "from the history, also on other days, and where it said in which segments that counts, the next fact that says it does. Closed days get a new snapshot revision with the next run.",
      "Each change is audited with the key and the reason. Asking for the state that there is changes nothing. An event about a customer who has been erased stays (409).",
    ].join(" "),
    path,
    body: {
      schema: exclusionSchema,
      examples: {
        exclude: { summary: "Take it out", value: { excluded: true, reason: "Made up by a script" } },
        include: {
          summary: "Put it back",
          value: { excluded: false, reason: "It was a slow page after all" },
        },
      },
    },
    answers: {
      200: {
        description: "The event as it is now",
        schema: eventDetailSchema,
        examples: { excluded: { summary: "Taken out", value: excludedEvent } },
      },
    },
    problems: [...keyProblems, 400, 404, 409, 413, 415, 422],
    meanings: {
      404: "there is no event with this id",
      409: "the customer of the event has been erased, another event that counts has replaced it, or it has been taken out or put back too often already",
    },
  },
};
