import * as z from "zod";
import { annotationIdSchema, annotationSchema } from "../../../domain/annotations/annotation.ts";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import {
  annotationAnswerSchema,
  annotationDeletedSchema,
  annotationListSchema,
  annotationsQuerySchema,
} from "./answers.ts";

/** OpenAPI operations of annotations. */

const path = z.object({ id: annotationIdSchema });

const release = {
  from: "2026-10-01",
  text: "Release 4.2",
  link: "https://example.com/releases/4.2",
  dimensions: { channel: "app" },
};

const stored = {
  id: "release-4.2",
  ...release,
  createdAt: "2026-10-01T08:12:44.000Z",
  updatedAt: "2026-10-01T08:12:44.000Z",
};

const none = { 404: "there is no annotation with this id" };

/** By route key. */
export const annotationOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/annotations": {
    operationId: "listAnnotations",
    tag: "Annotations",
    summary: "What happened on some days",
    description:
      "By day: the annotations that touch the days from `from` to `to`; all when neither is given.",
    query: annotationsQuerySchema,
    answers: {
      200: {
        description: "The annotations",
        schema: annotationListSchema,
        examples: { release: { summary: "A release", value: { items: [stored], nextCursor: null } } },
        csv: 'id,from,to,text,link,dimensions,createdAt,updatedAt\r\nrelease-4.2,2026-10-01,,Release 4.2,https://example.com/releases/4.2,"{""channel"":""app""}",2026-10-01T08:12:44.000Z,2026-10-01T08:12:44.000Z\r\n',
      },
    },
    problems: [...keyProblems, 400],
  },
  "GET /v1/annotations/{id}": {
    operationId: "getAnnotation",
    tag: "Annotations",
    summary: "An annotation",
    description: "As it was set.",
    path,
    answers: {
      200: {
        description: "The annotation",
        schema: annotationAnswerSchema,
        examples: { release: { summary: "A release", value: stored } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: none,
  },
  "PUT /v1/annotations/{id}": {
    operationId: "setAnnotation",
    tag: "Annotations",
    summary: "Say what happened on a day or on several",
    description:
      "Makes the annotation (201), or replaces it (200); the same body again changes nothing. Charts of the report and of the pages show it.",
    path,
    body: {
      schema: annotationSchema,
      examples: {
        release: { summary: "A release of the app", value: release },
        outage: {
          summary: "An outage of two days",
          value: { from: "2026-11-07", to: "2026-11-08", text: "The shop was down for six hours" },
        },
      },
    },
    answers: {
      200: {
        description: "Replaced, or as it was",
        schema: annotationAnswerSchema,
        examples: { replaced: { summary: "A release", value: stored } },
      },
      201: {
        description: "Made",
        schema: annotationAnswerSchema,
        examples: { made: { summary: "A release", value: stored } },
      },
    },
    problems: [...keyProblems, 400, 404, 409, 413, 415, 422],
    meanings: { 409: "a workspace has at most 200 annotations: delete an old one" },
  },
  "DELETE /v1/annotations/{id}": {
    operationId: "deleteAnnotation",
    tag: "Annotations",
    summary: "Delete an annotation",
    description: "Charts no longer show it.",
    path,
    answers: {
      200: {
        description: "Deleted",
        schema: annotationDeletedSchema,
        examples: { deleted: { summary: "Gone", value: { id: "release-4.2", status: "deleted" } } },
      },
    },
    problems: [...keyProblems, 400, 404],
    meanings: none,
  },
};
