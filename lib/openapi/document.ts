import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { baseFields } from "../facts/base.ts";
import { eventSchema } from "../facts/events.ts";
import { responseSchema } from "../facts/responses.ts";
import { keyRequestSchema } from "../http/keys.ts";
import { metricQuerySchema } from "../http/metric-query.ts";
import { reconciliationSchema } from "../http/reconciliation.ts";
import { mostFacts } from "../http/record.ts";
import { retakeSchema, snapshotQuerySchema } from "../http/snapshots.ts";
import { settingsPatchSchema } from "../http/workspace.ts";
import { type Route, routeKey, routes } from "../routes.ts";
import {
  batchSchema,
  catalogueSchema,
  gatewayErrorSchema,
  healthSchema,
  keysSchema,
  newKeySchema,
  problemSchema,
  reconciliationAnswerSchema,
  recordedSchema,
  revokedSchema,
  seriesSchema,
  snapshotsSchema,
  takenSchema,
  workspaceSchema,
} from "./answers.ts";

/** The OpenAPI document: made from the schemas that validate requests. */

/** Version of the HTTP API. */
export const apiVersion = "1.0.0";

interface Description {
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly header?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answers: Readonly<Record<string, { readonly description: string; readonly schema: z.ZodType }>>;
  readonly problems: readonly number[];
}

const problemDescriptions: Readonly<Record<number, string>> = {
  400: "Malformed JSON or parameters",
  401: "The key is missing, unknown, expired or revoked",
  403: "The key lacks the scope",
  404: "Not found",
  409: "The id is taken by a fact with other content; nothing changed",
  413: "The body is larger than 1 MB",
  415: "The body is not JSON",
  422: "Well-formed but invalid: each field that is wrong is named; nothing changed",
  429: "Too many requests: try again later",
  503: "The store is unavailable: sending the same request again is safe",
};

const writeHeader = z.object({
  "idempotency-key": baseFields.id.meta({ description: "The id of a single fact whose body has none" }),
});

const writeAnswers = {
  200: {
    description: "A duplicate of a fact that is recorded, or the outcomes of a batch",
    schema: z.union([recordedSchema, batchSchema]),
  },
  201: { description: "Recorded and counted", schema: recordedSchema },
};

const writeProblems = [400, 401, 403, 409, 413, 415, 422, 429, 503];

const descriptions: Readonly<Record<string, Description>> = {
  "POST /v1/responses": {
    operationId: "recordResponses",
    tag: "Facts",
    summary: "Record survey responses",
    description:
      "One response or a batch of at most 500. The same id is one fact for ever: resending is safe.",
    header: writeHeader,
    body: z.union([responseSchema, batchOf("responses", "ResponseBatch", responseSchema)]),
    answers: writeAnswers,
    problems: writeProblems,
  },
  "POST /v1/events": {
    operationId: "recordEvents",
    tag: "Facts",
    summary: "Record events",
    description:
      "One event or a batch of at most 500, in any order of time. The same id is one fact for ever.",
    header: writeHeader,
    body: z.union([eventSchema, batchOf("events", "EventBatch", eventSchema)]),
    answers: writeAnswers,
    problems: writeProblems,
  },
  "GET /v1/metrics": {
    operationId: "listMetrics",
    tag: "Metrics",
    summary: "The catalogue of metrics",
    answers: {
      200: { description: "Every metric with its formula and references", schema: catalogueSchema },
    },
    problems: [400, 401, 403, 429, 503],
  },
  "GET /v1/metrics/{id}": {
    operationId: "readMetric",
    tag: "Metrics",
    summary: "A metric's values over a range of days",
    description: "Computed from the counters: a fact that was acknowledged is in the next answer.",
    path: z.object({ id: z.string().meta({ description: "A metric's id", example: "nps" }) }),
    query: metricQuerySchema,
    answers: { 200: { description: "One value an interval, with its evidence", schema: seriesSchema } },
    problems: [400, 401, 403, 404, 429, 503],
  },
  "GET /v1/snapshots": {
    operationId: "listSnapshots",
    tag: "Snapshots",
    summary: "The daily snapshots",
    query: snapshotQuerySchema,
    answers: { 200: { description: "By day and metric", schema: snapshotsSchema } },
    problems: [400, 401, 403, 429, 503],
  },
  "POST /v1/snapshots": {
    operationId: "takeSnapshots",
    tag: "Snapshots",
    summary: "Take the snapshots of closed days now",
    description: "Same result as the schedule's. Taking a snapshot twice changes nothing.",
    body: retakeSchema,
    answers: { 200: { description: "What was taken", schema: takenSchema } },
    problems: [400, 401, 403, 413, 415, 422, 429, 503],
  },
  "POST /v1/reconciliation": {
    operationId: "reconcile",
    tag: "Snapshots",
    summary: "Count the stored facts of some days again",
    description:
      "Reports each counter, yearly total and customer history that differs; with repair it is put right, as a new snapshot revision. Safe while facts arrive, and safe to repeat.",
    body: reconciliationSchema,
    answers: { 200: { description: "What differs", schema: reconciliationAnswerSchema } },
    problems: [400, 401, 403, 413, 415, 422, 429, 503],
  },
  "GET /v1/workspace": {
    operationId: "getWorkspace",
    tag: "Workspace",
    summary: "The settings of the workspace",
    answers: { 200: { description: "The settings", schema: workspaceSchema } },
    problems: [400, 401, 403, 429, 503],
  },
  "PATCH /v1/workspace": {
    operationId: "changeWorkspace",
    tag: "Workspace",
    summary: "Change settings of the workspace",
    body: settingsPatchSchema,
    answers: {
      200: { description: "The settings, and from when on each change holds", schema: workspaceSchema },
    },
    problems: [400, 401, 403, 413, 415, 422, 429, 503],
  },
  "POST /v1/keys": {
    operationId: "makeKey",
    tag: "Keys",
    summary: "Make an API key",
    description: "The key is shown in this answer only.",
    body: keyRequestSchema,
    answers: { 201: { description: "The key", schema: newKeySchema } },
    problems: [400, 401, 403, 409, 413, 415, 422, 429, 503],
  },
  "GET /v1/keys": {
    operationId: "listKeys",
    tag: "Keys",
    summary: "The API keys of the workspace",
    answers: { 200: { description: "The keys without their texts, the oldest first", schema: keysSchema } },
    problems: [400, 401, 403, 429, 503],
  },
  "DELETE /v1/keys/{id}": {
    operationId: "revokeKey",
    tag: "Keys",
    summary: "Revoke an API key",
    description: "Requests with it are refused within 60 seconds. The last admin key cannot be revoked.",
    path: z.object({ id: z.string().meta({ description: "The key's id", example: "3f9a01c2b4d5" }) }),
    answers: { 200: { description: "It is revoked", schema: revokedSchema } },
    problems: [401, 403, 404, 409, 429, 503],
  },
  "GET /v1/openapi.json": {
    operationId: "getOpenApi",
    tag: "Service",
    summary: "This document",
    answers: { 200: { description: "OpenAPI 3.1", schema: z.looseObject({ openapi: z.string() }) } },
    problems: [429],
  },
  "GET /v1/health": {
    operationId: "getHealth",
    tag: "Service",
    summary: "Whether the service and its table answer",
    answers: { 200: { description: "All is well", schema: healthSchema } },
    problems: [429, 503],
  },
};

/**
 * The OpenAPI 3.1 document of every route in the route table.
 * @param serverUrl where the API is served
 * @throws Error when a route has no description
 */
export function openApiDocument(serverUrl: string): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const description = descriptions[routeKey(route)];
    if (!description) throw new Error(`${routeKey(route)} has no description in the OpenAPI document`);
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route, description) };
  }
  return createDocument({
    openapi: "3.1.1",
    info: {
      title: "cx-metrics",
      version: apiVersion,
      description: "Measures how customers feel and behave: facts in, metrics with their evidence out.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: serverUrl }],
    tags: [...new Set(Object.values(descriptions).map(({ tag }) => tag))].map((name) => ({ name })),
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key of the workspace" },
      },
    },
  });
}

function operation(route: Route, description: Description): ZodOpenApiOperationObject {
  const { operationId, tag, summary, path, query, header, body, answers, problems } = description;
  const scope =
    route.scope === "public"
      ? "No key needed."
      : `Needs a key with the scope \`${route.scope}\` or \`admin\`.`;
  const responses: Record<string, object> = {};
  for (const [status, answer] of Object.entries(answers)) {
    responses[status] = {
      description: answer.description,
      content: { "application/json": { schema: answer.schema } },
    };
  }
  for (const status of problems) responses[status] = problemAnswer(status);
  return {
    operationId,
    tags: [tag],
    summary,
    description: [description.description, scope].filter(Boolean).join(" "),
    security: route.scope === "public" ? [] : [{ apiKey: [] }],
    requestParams: { ...(path ? { path } : {}), ...(query ? { query } : {}), ...(header ? { header } : {}) },
    ...(body ? { requestBody: { required: true, content: { "application/json": { schema: body } } } } : {}),
    responses: responses as ZodOpenApiOperationObject["responses"],
  };
}

function problemAnswer(status: number): object {
  const isGateways = status === 401 || status === 429 || status === 503;
  return {
    description: problemDescriptions[status] ?? "Error",
    content: {
      "application/problem+json": { schema: problemSchema },
      ...(isGateways ? { "application/json": { schema: gatewayErrorSchema } } : {}),
    },
  };
}

function batchOf(field: string, id: string, fact: z.ZodType): z.ZodType {
  return z.strictObject({ [field]: z.array(fact).min(1).max(mostFacts) }).meta({ id });
}
