import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { needsKey, type Route, routeKey } from "../../route.ts";
import { routes } from "../../routes.ts";
import { productVersion } from "../../version.ts";
import { alertOperations } from "../routes/alerts/docs.ts";
import { annotationOperations } from "../routes/annotations/docs.ts";
import { archiveOperations } from "../routes/archive/docs.ts";
import { cohortOperations } from "../routes/cohorts/docs.ts";
import { customerOperations } from "../routes/customers/docs.ts";
import { dimensionOperations } from "../routes/dimensions/docs.ts";
import { eventOperations } from "../routes/events/docs.ts";
import { factOperations } from "../routes/facts/docs.ts";
import { goalOperations } from "../routes/goals/docs.ts";
import { keyOperations } from "../routes/keys/docs.ts";
import { metricOperations } from "../routes/metrics/docs.ts";
import { predictionOperations } from "../routes/predictions/docs.ts";
import { reconciliationOperations } from "../routes/reconciliation/docs.ts";
import { reportOperations } from "../routes/report/docs.ts";
import { responseOperations } from "../routes/responses/docs.ts";
import { rfmOperations } from "../routes/rfm/docs.ts";
import { seriesOperations } from "../routes/series/docs.ts";
import { serviceOperations } from "../routes/service/docs.ts";
import { shareOperations } from "../routes/shares/docs.ts";
import { snapshotOperations } from "../routes/snapshots/docs.ts";
import { sourceOperations } from "../routes/sources/docs.ts";
import { survivalOperations } from "../routes/survival/docs.ts";
import { termOperations } from "../routes/terms/docs.ts";
import { webhookOperations } from "../routes/webhooks/docs.ts";
import { workspaceOperations } from "../routes/workspace/docs.ts";
import { type Operation, type OperationAnswer, tags } from "./operation.ts";
import { problemAnswer } from "./problems.ts";

/** The OpenAPI document: made from the schemas that validate requests. */

/** The description of each route, by route key. */
export const operations: Readonly<Record<string, Operation>> = {
  ...factOperations,
  ...sourceOperations,
  ...responseOperations,
  ...eventOperations,
  ...termOperations,
  ...customerOperations,
  ...cohortOperations,
  ...survivalOperations,
  ...rfmOperations,
  ...predictionOperations,
  ...metricOperations,
  ...seriesOperations,
  ...reportOperations,
  ...snapshotOperations,
  ...archiveOperations,
  ...reconciliationOperations,
  ...goalOperations,
  ...alertOperations,
  ...annotationOperations,
  ...shareOperations,
  ...webhookOperations,
  ...workspaceOperations,
  ...dimensionOperations,
  ...keyOperations,
  ...serviceOperations,
};

const introduction = [
  "Measures how customers feel and behave: facts in, metrics with their evidence out.",
  "Send a key as `Authorization: Bearer <key>`; it belongs to one workspace. Bodies are JSON in UTF-8 of at most 1 MB, and unknown",
  "fields are refused. Times are RFC 3339 with an offset, days are `YYYY-MM-DD` in the workspace's time zone, and money is a decimal",
  "string with an ISO 4217 currency. Errors are RFC 9457 problem documents, except the short ones that API Gateway itself makes; a path that does",
  "not exist answers 404 and a method that does not 405 with `Allow`. Lists that say so also come as CSV (`Accept: text/csv`).",
].join(" ");

/**
 * The OpenAPI 3.1 document of every route in the route table.
 * @param serverUrl where the API is served
 * @throws Error when a route is not described
 */
export function openApiDocument(serverUrl: string): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const operation = operations[routeKey(route)];
    if (!operation) throw new Error(`${routeKey(route)} is not described in the OpenAPI document`);
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describe(route, operation) };
  }
  return createDocument({
    openapi: "3.1.1",
    info: {
      title: "cx-metrics",
      version: productVersion,
      summary: "Customer-experience metrics",
      description: introduction,
      contact: { name: "Whoever runs this deployment of cx-metrics" },
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: serverUrl, description: "This API" }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description: "An API key of the workspace, made by `POST /v1/keys` or when the workspace was made",
        },
      },
    },
  });
}

function describe(route: Route, operation: Operation): ZodOpenApiOperationObject {
  const { operationId, tag, summary, description, path, query, header, body, answers, meanings } = operation;
  const isOpen = !needsKey(route);
  const responses: Record<string, object> = {};
  for (const [status, answer] of Object.entries(answers)) responses[status] = answerOf(answer);
  for (const status of operation.problems.toSorted((a, b) => a - b)) {
    responses[status] = problemAnswer(status, meanings?.[status]);
  }
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${description} ${scopeText(route)}`,
    security: isOpen ? [] : [{ apiKey: [] }],
    requestParams: { ...(path ? { path } : {}), ...(query ? { query } : {}), ...(header ? { header } : {}) },
    ...(operation.takesFilters ? { parameters: [filters] } : {}),
    ...(operation.takesCustomerFilters ? { parameters: [customerFilters] } : {}),
    ...(operation.takesDimensions ? { parameters: [responseFilters, dimensions] } : {}),
    ...(body ? { requestBody: { required: true, content: { "application/json": body } } } : {}),
    responses: responses as ZodOpenApiOperationObject["responses"],
  };
}

function scopeText({ scope }: Route): string {
  if (scope === "public") return "No key needed.";
  if (scope === "address") return "Takes no key: the address of the source stands in its place.";
  if (scope === "admin") return "Needs a key with the scope `admin`.";
  return `Needs a key with the scope \`${scope}\` or \`admin\`.`;
}

function answerOf({
  description,
  schema,
  examples,
  mediaType = "application/json",
  csv,
}: OperationAnswer): object {
  return {
    description,
    ...(csv === undefined ? {} : { headers: { "x-next-cursor": nextCursor } }),
    content: {
      [mediaType]: { schema, examples },
      ...(csv === undefined ? {} : { "text/csv": { schema: { type: "string" }, example: csv } }),
    },
  };
}

const nextCursor = {
  description: "With CSV: the cursor of the next page, where there is one",
  schema: { type: "string" },
};

/** One query parameter for each property, as `style: form` with `explode` writes them. */
function parametersNamed(name: string, prefix: string, meaning: string) {
  return {
    name,
    in: "query",
    description: `\`${prefix}.<dimension>=<value>\`, at most ten: ${meaning} The name \`${name}\` itself is not sent.`,
    style: "form",
    explode: true,
    schema: {
      type: "object",
      // Generated clients know nothing of patternProperties: with these their types take any such name.
      propertyNames: { pattern: `^${prefix}\\.[a-z][a-zA-Z0-9_]{0,39}$` },
      additionalProperties: { type: "string", minLength: 1 },
    },
    example: { [`${prefix}.channel`]: "web" },
  } as const;
}

const filters = parametersNamed(
  "filters",
  "filter",
  "only facts with this value of the dimension, or one of several with commas between them, as in `saturday,sunday` (a comma in a value is written `\\\\,`); `(none)` for those without any.",
);

const responseFilters = parametersNamed(
  "filters",
  "filter",
  "only responses with this value of the dimension, or one of several with commas between them (a comma in a value is written `\\\\,`); `(none)` for those without any.",
);

const customerFilters = parametersNamed(
  "filters",
  "filter",
  "only customers who were won with this value of the dimension, or one of several with commas between them (a comma in a value is written `\\\\,`); `(none)` for those without any.",
);

const dimensions = parametersNamed(
  "dimensions",
  "dimension",
  "the older form of `filter.<dimension>`: one value, taken as it is.",
);
