import { keyProblems, type Operation, pathId } from "../../openapi/operation.ts";
import { responseDetailSchema, responsesSchema } from "./answers.ts";
import { exclusionSchema } from "./exclusion.ts";
import { maxLookedAt, responsesQuerySchema } from "./handler.ts";

/** OpenAPI operations of survey responses. */

const path = pathId("The response's id", "answer-2026-000123");

const item = {
  id: "answer-2026-000123",
  survey: "nps",
  scale: "0-10",
  score: 9,
  surveyId: "after-purchase",
  customerId: "17850",
  comment: "Quick delivery",
  tags: ["delivery"],
  dimensions: { channel: "web", touchpoint: "checkout" },
  occurredAt: "2026-10-01T07:30:00.000Z",
  day: "2026-10-01",
  recordedAt: "2026-10-01T07:30:01.204Z",
  excluded: false,
};

const exclusion = {
  at: "2026-10-02T08:11:40.512Z",
  keyId: "3f9a01c2b4d5",
  excluded: true,
  reason: "Test answer of our own staff",
};

const csv =
  "id,survey,scale,score,comment,dimensions,occurredAt,day,recordedAt,excluded\r\n" +
  'answer-2026-000123,nps,0-10,9,Quick delivery,"{""channel"":""web""}",2026-10-01T07:30:00.000Z,2026-10-01,2026-10-01T07:30:01.204Z,false\r\n';

/** By route key. */
export const responseOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/responses": {
    operationId: "listResponses",
    tag: "Responses",
    summary: "Survey responses, newest first",
    description: [
      "By the day on which they count, then by instant; all filters must hold. Without `from` and `to` all days. Responses that were taken out of",
      `the counts are listed as well. Pages are full while there is more; where ${maxLookedAt.toLocaleString("en")} stored facts have been looked at for one page it ends early, and says so (\`partial\`).`,
      "Dimensions filter as they do for metrics: what an answer does not say itself it takes from its ticket (`ticketId`) or its order (`orderId`).",
      "As CSV the columns are always the same, and `dimensions` is a JSON object.",
      "A response shows within a moment of being recorded.",
    ].join(" "),
    query: responsesQuerySchema,
    takesDimensions: true,
    answers: {
      200: {
        description: "A page of responses",
        schema: responsesSchema,
        examples: { page: { summary: "One response", value: { items: [item], nextCursor: null } } },
        csv,
      },
    },
    problems: [...keyProblems, 400],
  },
  "GET /v1/responses/{id}": {
    operationId: "getResponse",
    tag: "Responses",
    summary: "One survey response",
    description: "All that was sent, and every change of whether it counts.",
    path,
    answers: {
      200: {
        description: "The response",
        schema: responseDetailSchema,
        examples: { response: { summary: "Never taken out", value: { ...item, audit: [] } } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: { 404: "there is no response with this id" },
  },
  "PATCH /v1/responses/{id}": {
    operationId: "excludeResponse",
    tag: "Responses",
    summary: "Take a response out of the counts, or put it back",
    description: [
      "The counts of its day change at once, in every segment in which it was counted, and so does whether its invitation was answered; a closed day gets a new snapshot revision with the",
      "next run. Each change is audited with the key and the reason. Asking for the state that there is changes nothing.",
    ].join(" "),
    path,
    body: {
      schema: exclusionSchema,
      examples: {
        exclude: {
          summary: "Take it out",
          value: { excluded: true, reason: "Test answer of our own staff" },
        },
        include: {
          summary: "Put it back",
          value: { excluded: false, reason: "It was a customer after all" },
        },
      },
    },
    answers: {
      200: {
        description: "The response as it is now",
        schema: responseDetailSchema,
        examples: {
          excluded: { summary: "Taken out", value: { ...item, excluded: true, audit: [exclusion] } },
        },
      },
    },
    problems: [...keyProblems, 400, 404, 409, 413, 415, 422],
    meanings: {
      404: "there is no response with this id",
      409: "another response that counts has replaced it, or it has been taken out or put back too often already",
    },
  },
};
