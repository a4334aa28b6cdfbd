import * as z from "zod";
import { shareSchema } from "../../../domain/workspace/share.ts";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { newShareSchema, shareRevokedSchema, sharesSchema } from "./answers.ts";

/** OpenAPI operations of shared links. */

const example = {
  id: "9f86d081884c7d659a",
  path: "/metrics/nps?groupBy=channel",
  comments: false,
  createdAt: "2026-10-01T08:12:44.000Z",
  validUntil: "2026-10-08T08:12:44.000Z",
};

const path = z.object({ id: z.string().meta({ description: "The link's id", example: example.id }) });

/** By route key. */
export const shareOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/shares": {
    operationId: "listShares",
    tag: "Shared links",
    summary: "The links that open a page without a key",
    description: "By id; those that are over too, until they are revoked. Their tokens are stored nowhere.",
    answers: {
      200: {
        description: "The links",
        schema: sharesSchema,
        examples: { one: { summary: "A metric by channel", value: { items: [example] } } },
      },
    },
    problems: [...keyProblems, 400],
  },
  "POST /v1/shares": {
    operationId: "makeShare",
    tag: "Shared links",
    summary: "Share a page",
    description: [
      "Makes a link to a page of the product that works without a key for so many days: it shows that page as it is shared, can change nothing, and",
      "leads nowhere else. What people wrote is left out unless `comments` says otherwise.",
    ].join(" "),
    body: {
      schema: shareSchema,
      examples: { week: { summary: "A metric, for a week", value: { path: example.path, days: 7 } } },
    },
    answers: {
      201: {
        description: "The link, which is shown once",
        schema: newShareSchema,
        examples: {
          made: {
            summary: "A link",
            value: { ...example, link: "https://cx.example.com/shared#Zx0T…" },
          },
        },
      },
    },
    problems: [...keyProblems, 400, 409, 413, 415, 422],
    meanings: { 409: "a workspace has at most 50 shared links: revoke an old one" },
  },
  "DELETE /v1/shares/{id}": {
    operationId: "revokeShare",
    tag: "Shared links",
    summary: "Revoke a shared link",
    description: "At once, also for who has opened it.",
    path,
    answers: {
      200: {
        description: "Revoked",
        schema: shareRevokedSchema,
        examples: { revoked: { summary: "Gone", value: { id: example.id, status: "revoked" } } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: { 404: "there is no shared link with this id" },
  },
};
