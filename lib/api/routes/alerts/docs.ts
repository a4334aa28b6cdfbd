import * as z from "zod";
import { alertIdSchema, alertSchema } from "../../../domain/alerts/alert.ts";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { alertAnswerSchema, alertsSchema, alertWithEvidenceSchema, deletedAlertSchema } from "./answers.ts";
import { alertsQuerySchema } from "./query.ts";

/** OpenAPI operations of alerts. */

const definition = { metric: "csat", name: "Satisfaction in the shop", filter: { channel: "shop" } };

const quiet = {
  ...{ id: "csat-shop", alert: definition, unit: "percent", state: "quiet" },
  ...{ judgedThrough: "2026-06-02", judgedTogether: 4, raised: null, cleared: null },
  ...{ createdAt: "2026-04-01T08:12:44.000Z", updatedAt: "2026-04-01T08:12:44.000Z" },
};

const raised = {
  ...quiet,
  state: "raised",
  raised: {
    ...{ since: "2026-05-27", on: "2026-06-01", side: "below", rule: "shift", chance: 0.0121 },
    ...{ deviations: 1.43, points: 7, meaning: "worse" },
  },
};

const before = {
  ...{
    from: "2026-04-29",
    to: "2026-05-26",
    value: 82.1,
    n: 1120,
    lowSample: false,
    days: 28,
    daysKnown: 28,
  },
  ...{ change: -9.7, changeLow: -15.9, changeHigh: -3.4, changePercent: -11.81, pValue: 0.0021 },
  ...{ significant: true, verdict: "worse" },
};

const withEvidence = {
  ...raised,
  change: { now: { from: "2026-05-27", to: "2026-06-02", value: 72.4, n: 261 }, before },
  fromUsual: { mean: -1.43, low: -2.62, high: -0.24 },
  where: null,
  wrote: { topics: ["checkout"], quotes: ["The checkout was closed again."] },
};

const path = z.object({ id: alertIdSchema });

const noAlert = { 404: "there is no alert with this id" };

/** By route key. */
export const alertOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/alerts": {
    operationId: "listAlerts",
    tag: "Alerts",
    summary: "The alerts, and which are raised",
    description: "By id, as they were when the last day closed.",
    query: alertsQuerySchema,
    answers: {
      200: {
        description: "The alerts",
        schema: alertsSchema,
        examples: { alerts: { summary: "One alert", value: { items: [raised], nextCursor: null } } },
      },
    },
    problems: [...keyProblems, 400],
  },
  "GET /v1/alerts/{id}": {
    operationId: "getAlert",
    tag: "Alerts",
    summary: "An alert, and what stands behind it",
    description:
      "As it was when the last day closed. While it is raised also how large the change is, which segment moves it most, and what customers wrote in just those days, from the facts as they are now.",
    path,
    answers: {
      200: {
        description: "The alert",
        schema: alertWithEvidenceSchema,
        examples: { raised: { summary: "Raised six days after it began", value: withEvidence } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: noAlert,
  },
  "PUT /v1/alerts/{id}": {
    operationId: "setAlert",
    tag: "Alerts",
    summary: "Set an alert",
    description: [
      "Makes the alert (201), or replaces it (200); the same body again changes nothing. It is judged whenever a day closes, and again when a late fact restates one. While what it watches stays the same",
      "(metric, filter, every, sensitivity, convention, currency) it keeps what is known of it. Raised and cleared alerts are told to webhooks that subscribe to `alert.raised` and `alert.cleared`, and with `topic` published as text to the deployment's alarm topic.",
    ].join(" "),
    path,
    body: {
      schema: alertSchema,
      examples: {
        segment: { summary: "Satisfaction in the shop", value: definition },
        mailed: {
          summary: "Told by e-mail to those who subscribe to the alarm topic, and to no webhook",
          value: { metric: "csat", topic: true, webhooks: false },
        },
        weekly: {
          summary: "Churn, judged by weeks, told rarely",
          value: { metric: "churn-rate", every: "week", sensitivity: "low" },
        },
      },
    },
    answers: {
      200: {
        description: "Replaced, or as it was",
        schema: alertAnswerSchema,
        examples: { replaced: { summary: "As it was judged last", value: quiet } },
      },
      201: {
        description: "Made",
        schema: alertAnswerSchema,
        examples: {
          made: {
            summary: "Not judged yet",
            value: { ...quiet, state: "unjudged", judgedThrough: null, judgedTogether: null },
          },
        },
      },
    },
    problems: [...keyProblems, 400, 404, 409, 413, 415, 422],
    meanings: { 409: "a workspace has at most 50 alerts: delete one" },
  },
  "DELETE /v1/alerts/{id}": {
    operationId: "deleteAlert",
    tag: "Alerts",
    summary: "Delete an alert",
    description: "Nothing that was measured changes, and nobody is told that it is cleared.",
    path,
    answers: {
      200: {
        description: "It is deleted",
        schema: deletedAlertSchema,
        examples: { deleted: { summary: "Deleted", value: { id: "csat-shop", status: "deleted" } } },
      },
    },
    problems: [...keyProblems, 404],
    meanings: noAlert,
  },
};
