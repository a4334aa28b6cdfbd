import type { IndexName } from "./store/table/keys.ts";
import type { Scope } from "./workspace/scope.ts";

/**
 * The route table: one row per route of the HTTP API. The gateway's routes, the authorizer's scopes, each
 * function's table permissions and the 405 answers follow from it, in the cloud and locally.
 */

/** The DynamoDB actions that a function may use, without the `dynamodb:` prefix. */
export type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "ConditionCheckItem";

/** Which HTTP methods the API has. */
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One route. */
export interface Route {
  readonly method: Method;
  /**
   * The path as API Gateway writes it, with `{parameters}`, which are ids of letters, digits and `. _ : -`: an HTTP API
   * decodes paths before it matches them, so whatever may hold other characters travels in the query or the body.
   */
  readonly path: string;
  /** The Lambda function that answers: the name of its file in `functions/`, without `.ts`. */
  readonly function: string;
  /** The scope that a key needs, or `public` where none is asked for. */
  readonly scope: Scope | "public";
  /** Whether it takes query parameters although it is no GET: the others refuse all of them. */
  readonly takesQuery?: boolean;
}

/** Every route, in the order in which the documentation lists them. */
export const routes: readonly Route[] = [
  { method: "POST", path: "/v1/responses", function: "record-responses", scope: "ingest" },
  { method: "POST", path: "/v1/events", function: "record-events", scope: "ingest" },
  { method: "GET", path: "/v1/responses", function: "list-responses", scope: "read" },
  { method: "GET", path: "/v1/responses/{id}", function: "list-responses", scope: "read" },
  { method: "PATCH", path: "/v1/responses/{id}", function: "manage-responses", scope: "admin" },
  { method: "GET", path: "/v1/terms", function: "list-terms", scope: "read" },
  { method: "GET", path: "/v1/customers", function: "read-customers", scope: "read" },
  { method: "DELETE", path: "/v1/customers", function: "erase-customers", scope: "admin", takesQuery: true },
  { method: "GET", path: "/v1/metrics", function: "read-metrics", scope: "read" },
  { method: "GET", path: "/v1/metrics/{id}", function: "read-metrics", scope: "read" },
  { method: "GET", path: "/v1/report", function: "render-report", scope: "read" },
  { method: "GET", path: "/v1/snapshots", function: "read-snapshots", scope: "read" },
  { method: "POST", path: "/v1/snapshots", function: "retake-snapshots", scope: "admin" },
  { method: "POST", path: "/v1/reconciliation", function: "reconcile", scope: "admin" },
  { method: "GET", path: "/v1/goals", function: "manage-goals", scope: "read" },
  { method: "GET", path: "/v1/goals/{id}", function: "manage-goals", scope: "read" },
  { method: "PUT", path: "/v1/goals/{id}", function: "manage-goals", scope: "admin" },
  { method: "DELETE", path: "/v1/goals/{id}", function: "manage-goals", scope: "admin" },
  { method: "GET", path: "/v1/workspace", function: "manage-workspace", scope: "read" },
  { method: "PATCH", path: "/v1/workspace", function: "manage-workspace", scope: "admin" },
  { method: "GET", path: "/v1/dimensions/{id}", function: "manage-workspace", scope: "admin" },
  { method: "PATCH", path: "/v1/dimensions/{id}", function: "manage-workspace", scope: "admin" },
  { method: "POST", path: "/v1/keys", function: "manage-keys", scope: "admin" },
  { method: "GET", path: "/v1/keys", function: "manage-keys", scope: "admin" },
  { method: "DELETE", path: "/v1/keys/{id}", function: "manage-keys", scope: "admin" },
  { method: "GET", path: "/v1/openapi.json", function: "describe-api", scope: "public" },
  { method: "GET", path: "/v1/health", function: "describe-api", scope: "public" },
];

/** The function that answers whatever no route matches: 404, or 405 with `Allow`. */
export const fallbackFunction = "answer-unmatched";

/** The function that authenticates every request of a route that is not public. */
export const authorizerFunction = "authorize";

/** What one function of the HTTP API needs of the platform. */
export interface FunctionNeeds {
  /** Actions on the table itself. */
  readonly table: readonly TableAction[];
  /** The indexes that it queries. */
  readonly indexes?: readonly IndexName[];
  /** The queues that it sends to, by the names in `schedules.ts`. */
  readonly sendsTo?: readonly string[];
  /** Seconds it may run. API Gateway waits 30 at most. */
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** What it is for: the function's description in the console. */
  readonly description: string;
}

/** The needs of every function that answers HTTP requests (the authorizer and the fallback included). */
export const httpFunctions: Readonly<Record<string, FunctionNeeds>> = {
  authorize: {
    table: ["GetItem", "UpdateItem"],
    timeoutSeconds: 5,
    memoryMegabytes: 512,
    description: "Finds the workspace and the scopes of an API key",
  },
  "record-responses": {
    table: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Stores survey responses and counts them in the same transaction",
  },
  "record-events": {
    table: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Stores events and counts them in the same transaction",
  },
  "list-responses": {
    table: ["GetItem", "BatchGetItem"],
    indexes: ["timeline", "customers"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Lists survey responses with their comments",
  },
  "manage-responses": {
    table: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"],
    timeoutSeconds: 28,
    memoryMegabytes: 512,
    description: "Takes survey responses out of the counts and puts them back",
  },
  "list-terms": {
    table: ["GetItem", "BatchGetItem"],
    indexes: ["timeline"],
    timeoutSeconds: 28,
    memoryMegabytes: 1769,
    description: "Finds the frequent terms of comments by score group",
  },
  "read-customers": {
    table: ["GetItem", "BatchGetItem"],
    indexes: ["customers"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Reads what is known of a customer",
  },
  "erase-customers": {
    table: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem"],
    indexes: ["customers"],
    timeoutSeconds: 29,
    memoryMegabytes: 1024,
    description: "Erases persons: their identifiers and comments, not what was counted",
  },
  "read-metrics": {
    table: ["GetItem", "BatchGetItem", "Query"],
    indexes: ["timeline"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Computes metrics from the counters",
  },
  "render-report": {
    table: ["GetItem", "BatchGetItem", "Query"],
    indexes: ["timeline"],
    timeoutSeconds: 28,
    memoryMegabytes: 1769,
    description: "Renders the report as one page",
  },
  "read-snapshots": {
    table: ["GetItem", "BatchGetItem", "Query"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Lists the daily snapshots",
  },
  "retake-snapshots": {
    table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Takes snapshots of closed days on request",
  },
  reconcile: {
    table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"],
    indexes: ["timeline"],
    timeoutSeconds: 29,
    memoryMegabytes: 1769,
    description: "Counts the stored facts of some days again, and puts counters right on request",
  },
  "manage-goals": {
    table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    indexes: ["timeline"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Sets goals, and says where they stand",
  },
  "manage-workspace": {
    table: ["GetItem", "UpdateItem"],
    sendsTo: ["recounts"],
    timeoutSeconds: 10,
    memoryMegabytes: 512,
    description: "Reads and changes the settings of a workspace and the values of its dimensions",
  },
  "manage-keys": {
    table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"],
    timeoutSeconds: 10,
    memoryMegabytes: 512,
    description: "Makes, lists and revokes API keys",
  },
  "describe-api": {
    table: ["GetItem"],
    timeoutSeconds: 10,
    memoryMegabytes: 512,
    description: "Serves the OpenAPI document and the health check",
  },
  "answer-unmatched": {
    table: [],
    timeoutSeconds: 5,
    memoryMegabytes: 256,
    description: "Answers requests that no route matches",
  },
};

/** The key by which API Gateway names a route, for example `GET /v1/metrics/{id}`. */
export function routeKey(route: Route): string {
  return `${route.method} ${route.path}`;
}
