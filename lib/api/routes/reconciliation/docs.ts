import { keyProblems, type Operation, pathId } from "../../openapi/operation.ts";
import { reconciliationAnswerSchema, reconciliationJobSchema } from "./answers.ts";
import { reconciliationSchema } from "./handler.ts";

/** OpenAPI operations of reconciliation. */

const week = { from: "2026-10-01", to: "2026-10-07" };

const reconciled = {
  ...week,
  facts: 4821,
  entities: 812,
  partial: [],
  differences: [
    { day: "2026-10-03", family: "nps", segment: "all", counter: "0-10:9", counted: 81, recounted: 82 },
  ],
  differencesTotal: 1,
  histories: [],
  historiesTotal: 0,
  outdated: [],
  outdatedTotal: 0,
  unsettled: 0,
  repaired: 0,
  restatedDays: [],
  skippedDays: [],
};

const job = {
  id: "0b9c2f0e-6c0a-4a35-9d4e-3f5f1d7c6a11",
  state: "running",
  repair: true,
  startedAt: "2026-10-08T09:00:00.000Z",
  steppedAt: "2026-10-08T09:02:11.000Z",
  ...{ days: 7, daysDone: 3 },
  found: reconciled,
};

/** By route key. */
export const reconciliationOperations: Readonly<Record<string, Operation>> = {
  "POST /v1/reconciliation": {
    operationId: "reconcile",
    tag: "Reconciliation",
    summary: "Count the stored facts of some days again",
    description:
      "Reports each counter that is not what the facts say. With `repair` it puts them right, and past days get new snapshot revisions. What one request is not enough for goes on in steps: then the answer is 202 with an address (`Location`) that says how it stands. A workspace has one such reconciliation at a time; asking for the same days again answers how it stands, too.",
    body: {
      schema: reconciliationSchema,
      examples: {
        week: { summary: "A week", value: week },
        repair: { summary: "Put right what differs", value: { ...week, repair: true } },
      },
    },
    answers: {
      200: {
        description: "What was found, and what was put right",
        schema: reconciliationAnswerSchema,
        examples: { found: { summary: "One counter differs by one", value: reconciled } },
      },
      202: {
        description: "It goes on in steps: ask `GET /v1/reconciliation/{id}`",
        schema: reconciliationJobSchema,
        examples: { running: { summary: "Three of seven days are done", value: job } },
      },
    },
    problems: [...keyProblems, 400, 409, 413, 415, 422],
    meanings: { 409: "another reconciliation of this workspace is running" },
  },
  "GET /v1/reconciliation/{id}": {
    operationId: "getReconciliation",
    tag: "Reconciliation",
    summary: "How a reconciliation that goes on in steps stands",
    description:
      "What it has found so far, and in the end what it has found. It is kept for 30 days. Where nothing is read as a whole, totals of years are compared with the days that they add up, once all days are done.",
    path: pathId("As `POST /v1/reconciliation` answered it", job.id),
    answers: {
      200: {
        description: "How it stands",
        schema: reconciliationJobSchema,
        examples: { running: { summary: "Three of seven days are done", value: job } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: { 404: "there is no reconciliation with this id" },
  },
};
