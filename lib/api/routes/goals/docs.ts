import * as z from "zod";
import { goalIdSchema, goalSchema } from "../../../domain/goals/goal.ts";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { deletedGoalSchema, goalsSchema, standingSchema } from "./answers.ts";
import { goalsQuerySchema } from "./query.ts";

/** OpenAPI operations of goals. */

const definition = {
  metric: "nps",
  name: "Loved by the end of the year",
  target: { change: 5 },
  base: { from: "2026-01-01", to: "2026-03-31" },
  dueDate: "2026-12-31",
};

const standing = {
  id: "nps-2026",
  goal: definition,
  ...{ unit: "points", better: "higher", convention: "0-10" },
  ...{ state: "off-track", by: -3.9636363636363683, certain: true, final: false },
  ...{ target: 45, expected: 42.763636363636365, window: 90 },
  current: {
    ...{ from: "2026-06-02", to: "2026-08-30", value: 38.8, low: 36.1, high: 41.4, n: 4120 },
    lowSample: false,
  },
  base: {
    ...{ from: "2026-01-01", to: "2026-03-31", value: 40, low: 37.2, high: 42.7, n: 3950 },
    lowSample: false,
  },
  comparison: {
    ...{ from: "2026-01-01", to: "2026-03-31", value: 40, n: 3950, lowSample: false },
    ...{ days: 90, daysKnown: 90, change: -1.2, changeLow: -4.9, changeHigh: 2.5, changePercent: -3 },
    ...{ pValue: 0.52, significant: false, verdict: "within-noise" },
  },
  createdAt: "2026-04-01T08:12:44.000Z",
  updatedAt: "2026-04-01T08:12:44.000Z",
};

const path = z.object({ id: goalIdSchema });

const noGoal = { 404: "there is no goal with this id" };

/** By route key. */
export const goalOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/goals": {
    operationId: "listGoals",
    tag: "Goals",
    summary: "The goals, and where they stand",
    description:
      "By id. A page can be shorter than `limit` and have a next one, as goals whose facts have to be counted again take long.",
    query: goalsQuerySchema,
    answers: {
      200: {
        description: "The goals",
        schema: goalsSchema,
        examples: { goals: { summary: "One goal", value: { items: [standing], nextCursor: null } } },
        csv: "id,goal.metric,goal.target.change,goal.dueDate,state,by,certain,target,expected\r\nnps-2026,nps,5,2026-12-31,off-track,-3.9636363636363683,true,45,42.763636363636365\r\n",
      },
    },
    problems: [...keyProblems, 400],
  },
  "GET /v1/goals/{id}": {
    operationId: "getGoal",
    tag: "Goals",
    summary: "A goal, and where it stands",
    description:
      "Measured now, the running day included. After the due date the value is that of the window up to it.",
    path,
    answers: {
      200: {
        description: "The goal",
        schema: standingSchema,
        examples: { behind: { summary: "Behind the line, beyond doubt", value: standing } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: noGoal,
  },
  "PUT /v1/goals/{id}": {
    operationId: "setGoal",
    tag: "Goals",
    summary: "Set a goal",
    description: [
      "Makes the goal (201), or replaces it (200); the same body again changes nothing. While what is measured stays the same (metric, window,",
      "base, filter, convention, currency), a goal without a `base` keeps the one of the day on which it was first set.",
    ].join(" "),
    path,
    body: {
      schema: goalSchema,
      examples: {
        points: { summary: "NPS +5 points against the first quarter", value: definition },
        percent: {
          summary: "Lifetime value +20 % against the last 365 days",
          value: { metric: "clv", target: { changePercent: 20 }, dueDate: "2027-12-31", window: 365 },
        },
        value: {
          summary: "80 % satisfied customers in the shop",
          value: {
            metric: "csat",
            target: { value: 80 },
            dueDate: "2027-06-30",
            filter: { channel: "shop" },
          },
        },
      },
    },
    answers: {
      200: {
        description: "Replaced, or as it was",
        schema: standingSchema,
        examples: { replaced: { summary: "Where it stands", value: standing } },
      },
      201: {
        description: "Made",
        schema: standingSchema,
        examples: { made: { summary: "Where it stands", value: standing } },
      },
    },
    problems: [...keyProblems, 400, 404, 409, 413, 415, 422],
    meanings: { 409: "a workspace has at most 50 goals: delete one that is over" },
  },
  "DELETE /v1/goals/{id}": {
    operationId: "deleteGoal",
    tag: "Goals",
    summary: "Delete a goal",
    description: "Nothing that was measured changes.",
    path,
    answers: {
      200: {
        description: "It is deleted",
        schema: deletedGoalSchema,
        examples: { deleted: { summary: "Deleted", value: { id: "nps-2026", status: "deleted" } } },
      },
    },
    problems: [...keyProblems, 404],
    meanings: noGoal,
  },
};
