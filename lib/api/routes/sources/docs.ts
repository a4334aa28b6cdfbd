import * as z from "zod";
import { sourceIdSchema, sourceSchema } from "../../../domain/sources/definition.ts";
import { providers } from "../../../domain/sources/registry.ts";
import { maxSources } from "../../../store/settings/sources.ts";
import { keptDays } from "../../../store/settings/unmapped-deliveries.ts";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import {
  receiptSchema,
  replaySchema,
  sourceAnswerSchema,
  sourceDeletedSchema,
  sourceSetSchema,
  sourcesSchema,
  unmappedSchema,
} from "./answers.ts";
import { replayRequestSchema, unmappedQuerySchema } from "./query.ts";

/** OpenAPI operations of sources. */

const example = {
  id: "shop-payments",
  provider: "stripe",
  verifiedBy: "signature",
  hasAccessToken: false,
  dimensions: { channel: "web" },
  options: { purchases: "charges", joins: "purchase", testMode: false },
  createdAt: "2026-11-30T09:12:44.000Z",
  updatedAt: "2026-11-30T09:20:03.000Z",
};

const receipt = { recorded: 1, duplicate: 0, conflict: 0, unmapped: 0 };

const path = z.object({ id: sourceIdSchema });
const addressPath = z.object({
  id: z.string().meta({
    description: "The end of the address that `PUT /v1/sources/{id}` answered: `src_` and 43 characters",
    example: "src_Zx0T0000000000000000000000000000000000000000",
  }),
});

const unknown = { 404: "there is no source with this id" };
const nobodys = { 404: "there is no source with this address" };
const titles = providers.map(({ title }) => title).join(", ");

/** By route key. */
export const sourceOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/sources": {
    operationId: "listSources",
    tag: "Sources",
    summary: "The sources of webhooks",
    description: "By id. Their addresses and secrets are shown to nobody.",
    answers: {
      200: {
        description: "The sources",
        schema: sourcesSchema,
        examples: { one: { summary: "Payments of a shop", value: { items: [example] } } },
      },
    },
    problems: [...keyProblems, 400],
  },
  "GET /v1/sources/{id}": {
    operationId: "readSource",
    tag: "Sources",
    summary: "A source of webhooks",
    description: "With the options that say what of it is counted.",
    path,
    answers: {
      200: {
        description: "The source",
        schema: sourceAnswerSchema,
        examples: { one: { summary: "Payments of a shop", value: example } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: unknown,
  },
  "PUT /v1/sources/{id}": {
    operationId: "setSource",
    tag: "Sources",
    summary: "Make or change a source",
    description: [
      `A workspace has at most ${maxSources}, of ${titles}. The answer of the first one has the \`address\` for the provider's settings. Providers that show their`,
      "secret only then get it by a second call. What is absent is as by default, but for secrets, which stay. Facts that are recorded already do not change with the options.",
    ].join(" "),
    path,
    body: {
      schema: sourceSchema,
      examples: {
        address: {
          summary: "To get the address, before the provider has shown a secret",
          value: { provider: "stripe" },
        },
        signed: {
          summary: "With the secret of the provider",
          value: {
            provider: "stripe",
            secret: "whsec_made-up-for-this-example",
            dimensions: { channel: "web" },
          },
        },
        survey: {
          summary: "Which question is which score",
          value: {
            ...{ provider: "typeform", secret: "made up for this example" },
            options: {
              questions: [{ question: "recommend", survey: "nps", comment: "why" }],
              customerField: "customer_id",
            },
          },
        },
      },
    },
    answers: {
      200: {
        description: "Changed",
        schema: sourceSetSchema,
        examples: { changed: { summary: "With another secret", value: example } },
      },
      201: {
        description: "Made, with its address",
        schema: sourceSetSchema,
        examples: {
          made: {
            summary: "A new source",
            value: {
              ...example,
              verifiedBy: "nothing",
              address: "https://cx.example.com/v1/sources/src_Zx0T…",
            },
          },
        },
      },
    },
    problems: [...keyProblems, 400, 404, 409, 413, 415, 422],
    meanings: { 409: "there are too many sources, or the source has another provider" },
  },
  "DELETE /v1/sources/{id}": {
    operationId: "deleteSource",
    tag: "Sources",
    summary: "Delete a source",
    description: "Its address answers 404 from then on. What it has sent stays.",
    path,
    answers: {
      200: {
        description: "Deleted",
        schema: sourceDeletedSchema,
        examples: { deleted: { summary: "Gone", value: { id: example.id, status: "deleted" } } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: unknown,
  },
  "POST /v1/sources/{id}": {
    operationId: "receiveWebhook",
    tag: "Sources",
    summary: "Take a webhook",
    description: [
      "For the provider alone, which signs the body in its own way. Any of its events may be sent; those that mean nothing here change nothing. Sent again, or in another",
      `order, they change nothing either. What could not be mapped is kept for ${keptDays} days: \`GET /v1/sources/{id}/unmapped\`.`,
    ].join(" "),
    path: addressPath,
    body: {
      schema: z.unknown().meta({ id: "Webhook", description: "What the provider sends" }),
      examples: {
        stripe: { summary: "An event of Stripe", value: { id: "evt_1", type: "charge.succeeded", data: {} } },
      },
    },
    answers: {
      200: {
        description: "Recorded, or kept with the reason why not",
        schema: receiptSchema,
        examples: { recorded: { summary: "One fact", value: receipt } },
      },
    },
    problems: [400, 401, 404, 413, 415, 422, 429, 500, 503],
    meanings: { ...nobodys, 401: "the signature is missing, too old, or made with another secret" },
  },
  "HEAD /v1/sources/{id}": {
    operationId: "checkSourceAddress",
    tag: "Sources",
    summary: "Whether a source has this address",
    description: "Some providers ask this before they send anything.",
    path: addressPath,
    answers: {
      200: {
        description: "There is one",
        schema: z.literal(""),
        examples: { there: { summary: "An empty answer", value: "" } },
        mediaType: "text/plain",
      },
    },
    problems: [404, 429, 500, 503],
    meanings: nobodys,
  },
  "GET /v1/sources/{id}/unmapped": {
    operationId: "listUnmapped",
    tag: "Sources",
    summary: "Deliveries that could not be mapped",
    description: `Newest first, for ${keptDays} days, with the reasons. They are what the provider sent, and may name persons.`,
    path,
    query: unmappedQuerySchema,
    answers: {
      200: {
        description: "The deliveries",
        schema: unmappedSchema,
        examples: {
          one: {
            summary: "A survey whose questions are not mapped yet",
            value: {
              items: [
                {
                  id: "2026-11-30T09-12-44.120Z_9f86d081884c7d65",
                  receivedAt: "2026-11-30T09:12:44.120Z",
                  event: "form_response",
                  reasons: ["options.questions does not say yet which question is which score"],
                  ...{ bytes: 1204, isKept: true, payload: '{"event_id":"01F…"}' },
                  keptUntil: "2026-12-14T09:12:44.000Z",
                },
              ],
              nextCursor: null,
            },
          },
        },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: unknown,
  },
  "POST /v1/sources/{id}/replay": {
    operationId: "replayDeliveries",
    tag: "Sources",
    summary: "Read deliveries again that could not be mapped",
    description:
      "With the options of now, the oldest first. What is counted already is a duplicate. Goes on with `nextCursor` until it is null.",
    path,
    body: {
      schema: replayRequestSchema,
      examples: {
        all: { summary: "All of them", value: {} },
        one: { summary: "One of them", value: { id: "2026-11-30T09-12-44.120Z_9f86d081884c7d65" } },
      },
    },
    answers: {
      200: {
        description: "What became of them",
        schema: replaySchema,
        examples: {
          all: {
            summary: "Everything is mapped",
            value: { replayed: 12, mapped: 12, ...receipt, recorded: 12, nextCursor: null },
          },
        },
      },
    },
    problems: [...keyProblems, 400, 404, 413, 415, 422],
    meanings: { 404: "there is no source with this id, or no such delivery" },
  },
};
