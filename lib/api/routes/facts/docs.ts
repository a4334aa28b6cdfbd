import * as z from "zod";
import { factIdSchema } from "../../../domain/facts/base.ts";
import { eventSchema } from "../../../domain/facts/events.ts";
import { responseSchema } from "../../../domain/facts/responses.ts";
import { keyProblems, type Operation, type OperationAnswer } from "../../openapi/operation.ts";
import { batchSchema, recordedSchema } from "./answers.ts";
import { eventExamples, responseExamples } from "./examples.ts";
import { maxFacts } from "./handler.ts";

/** OpenAPI operations of the routes that record facts. */

const header = z.object({
  "Idempotency-Key": factIdSchema.optional().meta({
    description:
      "The id of a single fact whose body has none, so that a client may send it again after a time-out. Not for batches: there each fact needs an id of its own.",
    example: "8e03978e-40d5-43e8-bc93-6894a57f9324",
  }),
});

const problems = [...keyProblems, 400, 409, 413, 415, 422];

const meanings = { 409: "a fact with this id and other content is already recorded" };

const superseding =
  "A fact that `supersedes` an earlier one of the same type and sender takes it out of the counts and counts in its place, in one step: only one fact can replace another. A public key may only with `replaces`.";

const resending = [
  "The same id is one fact for ever, in its workspace, whatever route or batch it comes by: sent again with the same",
  "content it is a `duplicate` and with other content a `conflict`, and neither changes anything. An id that is absent is made by",
  "the server (UUIDv7), or taken from `Idempotency-Key`.",
  "A fact of a public key is stored under `<key id>:<id>`, which is answered; one whose id is known is always a `duplicate`, whatever it says.",
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

function batchOf(field: string, id: string, fact: z.ZodType): z.ZodType {
  return z.strictObject({ [field]: z.array(fact).min(1).max(maxFacts) }).meta({ id });
}

/** By route key. */
export const factOperations: Readonly<Record<string, Operation>> = {
  "POST /v1/responses": {
    operationId: "recordResponses",
    tag: "Facts",
    summary: "Record survey responses",
    description: `One response, or a batch of at most ${maxFacts}. ${superseding} ${resending}`,
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
    description: `One event, or a batch of at most ${maxFacts}, in any order of time: the numbers end the same. ${superseding} ${resending}`,
    header,
    body: {
      schema: z.union([eventSchema, batchOf("events", "EventBatch", eventSchema)]),
      examples: eventExamples,
    },
    answers: answersOf("order-536365"),
    ...{ problems, meanings },
  },
};
