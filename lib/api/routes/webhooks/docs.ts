import * as z from "zod";
import { webhookIdSchema, webhookSchema } from "../../../domain/webhooks/definition.ts";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import {
  askedDeliverySchema,
  deletedWebhookSchema,
  deliveriesSchema,
  rotatedSchema,
  setWebhookSchema,
  webhookAnswerSchema,
  webhooksSchema,
} from "./answers.ts";
import { deliveriesQuerySchema } from "./deliveries.ts";
import { nothingSchema, webhooksQuerySchema } from "./handler.ts";

/** OpenAPI operations of webhooks. */

const definition = {
  description: "Detractors, to the people who call back",
  url: "https://example.com/hooks/cx",
  events: ["response.recorded"],
  filter: { survey: "nps", scores: { to: 6 } },
};

const webhook = {
  id: "detractors-to-crm",
  ...definition,
  ...{ enabled: true, format: "standard", switchedOff: null, failingSince: null, restsUntil: null },
  createdAt: "2026-11-30T08:12:44.000Z",
  updatedAt: "2026-11-30T08:12:44.000Z",
};

const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDuCd8BZqWHqA=";
const delivery = "msg_0192f3a4-5b6c-7d8e-9f00-112233445566";

const path = z.object({ id: webhookIdSchema });
const deliveryPath = path.extend({
  delivery: z.string().meta({ description: "The delivery's id", example: delivery }),
});
const nothing = {
  schema: nothingSchema,
  examples: { nothing: { summary: "Nothing to say", value: {} } },
};
const noWebhook = { 404: "there is no webhook with this id" };
const asked = {
  202: {
    description: "It is being sent: the list of deliveries says what became of it",
    schema: askedDeliverySchema,
    examples: { asked: { summary: "Asked for", value: { id: delivery, state: "pending" } } },
  },
};

/** By route key. */
export const webhookOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/webhooks": {
    operationId: "listWebhooks",
    tag: "Webhooks",
    summary: "The webhooks",
    description: "By id, without their secrets.",
    query: webhooksQuerySchema,
    answers: {
      200: {
        description: "The webhooks",
        schema: webhooksSchema,
        examples: { webhooks: { summary: "One webhook", value: { items: [webhook], nextCursor: null } } },
      },
    },
    problems: [...keyProblems, 400],
  },
  "GET /v1/webhooks/{id}": {
    operationId: "getWebhook",
    tag: "Webhooks",
    summary: "A webhook, and how it fares",
    description: "Without its secrets.",
    path,
    answers: {
      200: {
        description: "The webhook",
        schema: webhookAnswerSchema,
        examples: { webhook: { summary: "Everything is delivered", value: webhook } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: noWebhook,
  },
  "PUT /v1/webhooks/{id}": {
    operationId: "setWebhook",
    tag: "Webhooks",
    summary: "Set a webhook",
    description: [
      "Makes the webhook (201), or replaces it (200); the same body again changes nothing. It hears of what is recorded after the answer. Deliveries are signed",
      "by Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`) with a secret that is shown once, when it is made. Each event is delivered at least once, the same one",
      "always with the same `webhook-id`; what is not taken (any status but 2xx, or none within 10 seconds) is tried again over three days. An answer 410, or a week without success, switches it off.",
    ].join(" "),
    path,
    body: {
      schema: webhookSchema,
      examples: {
        url: { summary: "Answers of detractors, to a URL", value: definition },
        bus: {
          summary: "Every fact, to the event bus of the account",
          value: { target: { eventBridge: true }, events: ["response.recorded", "event.recorded"] },
        },
        slack: {
          summary: "The digest, to Slack",
          value: {
            url: "https://hooks.slack.com/services/T000/B000/XXXX",
            events: ["digest.ready"],
            format: "slack",
          },
        },
      },
    },
    answers: {
      200: {
        description: "Replaced, or as it was",
        schema: setWebhookSchema,
        examples: { replaced: { summary: "Replaced", value: webhook } },
      },
      201: {
        description: "Made",
        schema: setWebhookSchema,
        examples: { made: { summary: "With its secret", value: { ...webhook, secret } } },
      },
    },
    problems: [...keyProblems, 400, 404, 409, 413, 415, 422],
    meanings: { 409: "a workspace has at most 10 webhooks: delete one that is not used" },
  },
  "DELETE /v1/webhooks/{id}": {
    operationId: "deleteWebhook",
    tag: "Webhooks",
    summary: "Delete a webhook",
    description: "What waits for it is not sent any more.",
    path,
    answers: {
      200: {
        description: "It is deleted",
        schema: deletedWebhookSchema,
        examples: { deleted: { summary: "Deleted", value: { id: "detractors-to-crm", status: "deleted" } } },
      },
    },
    problems: [...keyProblems, 404],
    meanings: noWebhook,
  },
  "POST /v1/webhooks/{id}/rotate": {
    operationId: "rotateWebhookSecret",
    tag: "Webhooks",
    summary: "Give a webhook a new secret",
    description:
      "Deliveries are signed with both secrets for a day, then with the new one alone: there is time to change over.",
    path,
    body: nothing,
    answers: {
      200: {
        description: "The new secret, shown this once",
        schema: rotatedSchema,
        examples: {
          rotated: {
            summary: "Rotated",
            value: { id: "detractors-to-crm", secret, previousUntil: "2026-12-01T08:12:44.000Z" },
          },
        },
      },
    },
    problems: [...keyProblems, 400, 404, 409, 413, 415, 422],
    meanings: { ...noWebhook, 409: "it has no secret: only deliveries to a URL are signed" },
  },
  "POST /v1/webhooks/{id}/test": {
    operationId: "testWebhook",
    tag: "Webhooks",
    summary: "Send a test",
    description:
      "A delivery of the type `webhook.test` that tells of nothing, also while the webhook is disabled.",
    path,
    body: nothing,
    answers: asked,
    problems: [...keyProblems, 400, 404, 413, 415, 422],
    meanings: noWebhook,
  },
  "GET /v1/webhooks/{id}/deliveries": {
    operationId: "listDeliveries",
    tag: "Webhooks",
    summary: "What became of deliveries",
    description: "The newest first, those of the last ten days.",
    path,
    query: deliveriesQuerySchema,
    answers: {
      200: {
        description: "The deliveries",
        schema: deliveriesSchema,
        examples: {
          deliveries: {
            summary: "One that is tried again",
            value: {
              items: [
                {
                  ...{
                    id: delivery,
                    type: "response.recorded",
                    fact: "answer-2026-000123",
                    state: "pending",
                  },
                  ...{
                    because: null,
                    tries: 1,
                    status: 503,
                    error: null,
                    answer: "not now",
                    milliseconds: 41,
                  },
                  createdAt: "2026-11-30T08:12:44.000Z",
                  triedAt: "2026-11-30T08:12:44.310Z",
                  nextTryAt: "2026-11-30T08:12:49.120Z",
                },
              ],
              nextCursor: null,
            },
          },
        },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: noWebhook,
  },
  "POST /v1/webhooks/{id}/deliveries/{delivery}/redeliver": {
    operationId: "redeliver",
    tag: "Webhooks",
    summary: "Make a delivery again",
    description:
      "With the same `webhook-id`, whatever became of it, also while the webhook is disabled. The fact is sent as it is now.",
    path: deliveryPath,
    body: nothing,
    answers: asked,
    problems: [...keyProblems, 400, 404, 413, 415, 422],
    meanings: { 404: "there is no webhook, or no delivery, with this id" },
  },
};
