import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { reconciliationAnswerSchema } from "./answers.ts";
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
};

/** By route key. */
export const reconciliationOperations: Readonly<Record<string, Operation>> = {
  "POST /v1/reconciliation": {
    operationId: "reconcile",
    tag: "Reconciliation",
    summary: "Count the stored facts of some days again",
    description:
      "Reports each counter that is not what the facts say. With `repair` it puts them right, and past days get new snapshot revisions.",
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
    },
    problems: [...keyProblems, 400, 413, 415, 422],
  },
};
