import { alertRoutes } from "./api/routes/alerts/route.ts";
import { annotationRoutes } from "./api/routes/annotations/route.ts";
import { archiveRoutes } from "./api/routes/archive/route.ts";
import { cohortRoutes } from "./api/routes/cohorts/route.ts";
import { customerRoutes } from "./api/routes/customers/route.ts";
import { dimensionRoutes } from "./api/routes/dimensions/route.ts";
import { eventRoutes } from "./api/routes/events/route.ts";
import { factRoutes } from "./api/routes/facts/route.ts";
import { goalRoutes } from "./api/routes/goals/route.ts";
import { keyRoutes } from "./api/routes/keys/route.ts";
import { metricRoutes } from "./api/routes/metrics/route.ts";
import { predictionRoutes } from "./api/routes/predictions/route.ts";
import { reconciliationRoutes } from "./api/routes/reconciliation/route.ts";
import { reportRoutes } from "./api/routes/report/route.ts";
import { responseRoutes } from "./api/routes/responses/route.ts";
import { rfmRoutes } from "./api/routes/rfm/route.ts";
import { seriesRoutes } from "./api/routes/series/route.ts";
import { serviceRoutes } from "./api/routes/service/route.ts";
import { shareRoutes } from "./api/routes/shares/route.ts";
import { snapshotRoutes } from "./api/routes/snapshots/route.ts";
import { sourceRoutes } from "./api/routes/sources/route.ts";
import { survivalRoutes } from "./api/routes/survival/route.ts";
import { termRoutes } from "./api/routes/terms/route.ts";
import { webhookRoutes } from "./api/routes/webhooks/route.ts";
import { workspaceRoutes } from "./api/routes/workspace/route.ts";
import { formFunction, pageFunction } from "./page-routes.ts";
import type { Route } from "./route.ts";
import type { IndexName } from "./store/table/keys.ts";

/**
 * The route table, gathered from the folders of the routes: one row per route of the HTTP API. The gateway's routes, the
 * authorizer's scopes, each function's table permissions and the 405 answers follow from it, in the cloud and locally.
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

/** The S3 actions that a function may use on the files of the archive, without the `s3:` prefix. */
export type FileAction = "ListBucket" | "GetObject" | "PutObject";

/** Every route, in the order in which the documentation lists them. */
export const routes: readonly Route[] = [
  ...factRoutes,
  ...sourceRoutes,
  ...responseRoutes,
  ...eventRoutes,
  ...termRoutes,
  ...customerRoutes,
  ...cohortRoutes,
  ...survivalRoutes,
  ...rfmRoutes,
  ...predictionRoutes,
  ...metricRoutes,
  ...seriesRoutes,
  ...reportRoutes,
  ...snapshotRoutes,
  ...archiveRoutes,
  ...reconciliationRoutes,
  ...goalRoutes,
  ...alertRoutes,
  ...annotationRoutes,
  ...shareRoutes,
  ...webhookRoutes,
  ...workspaceRoutes,
  ...dimensionRoutes,
  ...keyRoutes,
  ...serviceRoutes,
];

/** The function that answers whatever no route matches: 404, or 405 with `Allow`. */
export const fallbackFunction = "answer-unmatched";

/** The function that authenticates every request of a route that is not public. */
export const authorizerFunction = "authorize";

/** The platform needs of one function of the HTTP API. */
export interface FunctionNeeds {
  /** Actions on the table itself. */
  readonly table: readonly TableAction[];
  /** The indexes that it queries. */
  readonly indexes?: readonly IndexName[];
  /** Actions on the archive. */
  readonly files?: readonly FileAction[];
  /** Whether it begins and ends the sessions of browsers. */
  readonly keepsSessions?: boolean;
  /** The queues that it sends to, by the names in `schedules.ts`. */
  readonly sendsTo?: readonly string[];
  /** Whether it puts events on the default event bus of the account. */
  readonly putsEvents?: boolean;
  /** Whether it publishes to the alarm topic. */
  readonly tellsTopic?: boolean;
  /** Whether it says where the pages are. */
  readonly linksToPages?: boolean;
  /** Seconds it may run. API Gateway waits 30 at most. */
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** The function's description in the console. */
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
    table: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem"],
    sendsTo: ["webhooks"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Stores survey responses and counts them in the same transaction",
  },
  "record-events": {
    table: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem"],
    // An event can replace another one that gave a customer or a ticket its segments: the next such one is looked for.
    indexes: ["timeline", "customers"],
    sendsTo: ["webhooks"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Stores events and counts them in the same transaction",
  },
  "receive-webhooks": {
    table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    sendsTo: ["webhooks"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Takes webhooks of other tools, and records the facts in them",
  },
  "manage-sources": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    timeoutSeconds: 10,
    memoryMegabytes: 512,
    description: "Sets and lists the sources of webhooks, and what could not be mapped of them",
  },
  "list-facts": {
    table: ["GetItem", "BatchGetItem"],
    indexes: ["timeline", "customers"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Lists survey responses with their comments, and events",
  },
  "exclude-facts": {
    table: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem"],
    indexes: ["timeline", "customers"],
    timeoutSeconds: 28,
    memoryMegabytes: 512,
    description: "Takes responses and events out of the counts and puts them back",
  },
  "list-terms": {
    table: ["GetItem", "BatchGetItem"],
    indexes: ["timeline"],
    timeoutSeconds: 28,
    memoryMegabytes: 1769,
    description: "Finds the frequent terms of comments by score group",
  },
  "read-customers": {
    table: ["GetItem", "BatchGetItem", "Query"],
    indexes: ["timeline", "customers"],
    files: ["ListBucket", "GetObject"],
    timeoutSeconds: 28,
    memoryMegabytes: 1769,
    description: "Reads what is known of customers, lists them, and says how far the archive has come",
  },
  "manage-predictions": {
    table: ["GetItem", "Query", "PutItem"],
    indexes: ["timeline"],
    files: ["ListBucket", "GetObject"],
    sendsTo: ["recounts"],
    timeoutSeconds: 29,
    memoryMegabytes: 1769,
    description: "Predicts what customers will bring",
  },
  "erase-customers": {
    table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    indexes: ["customers"],
    timeoutSeconds: 29,
    memoryMegabytes: 1024,
    description: "Erases persons: their identifiers and comments, not what was counted",
  },
  "read-metrics": {
    table: ["GetItem", "BatchGetItem", "Query"],
    indexes: ["timeline"],
    files: ["ListBucket", "GetObject"],
    timeoutSeconds: 28,
    memoryMegabytes: 1769,
    description: "Computes metrics from the counters, or from the files of closed days",
  },
  "render-report": {
    table: ["GetItem", "BatchGetItem", "Query"],
    indexes: ["timeline"],
    files: ["ListBucket", "GetObject"],
    timeoutSeconds: 28,
    memoryMegabytes: 1769,
    description: "Renders the report as one page",
  },
  "read-snapshots": {
    table: ["GetItem", "Query"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Lists the daily snapshots",
  },
  "retake-snapshots": {
    table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    indexes: ["timeline"],
    files: ["ListBucket", "GetObject", "PutObject"],
    sendsTo: ["snapshots"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Takes snapshots of closed days on request, and archives them",
  },
  reconcile: {
    table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"],
    indexes: ["timeline"],
    files: ["ListBucket", "GetObject", "PutObject"],
    sendsTo: ["recounts"],
    timeoutSeconds: 29,
    memoryMegabytes: 1769,
    description: "Counts the stored facts of some days again, and puts counters right on request",
  },
  "manage-goals": {
    table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    indexes: ["timeline"],
    files: ["ListBucket", "GetObject"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Sets goals, and says where they stand",
  },
  "manage-alerts": {
    table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    indexes: ["timeline"],
    timeoutSeconds: 28,
    memoryMegabytes: 1024,
    description: "Sets alerts, and says what they are raised for",
  },
  "manage-annotations": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    timeoutSeconds: 10,
    memoryMegabytes: 512,
    description: "Sets and lists what happened on some days",
  },
  "manage-shares": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    timeoutSeconds: 10,
    memoryMegabytes: 512,
    description: "Makes, lists and revokes shared links",
  },
  "manage-webhooks": {
    table: ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    sendsTo: ["webhooks"],
    timeoutSeconds: 10,
    memoryMegabytes: 512,
    description: "Says which webhooks hear of what, and what became of their deliveries",
  },
  "manage-workspace": {
    table: ["GetItem", "UpdateItem"],
    sendsTo: ["recounts"],
    timeoutSeconds: 28,
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
  [pageFunction]: {
    table: ["GetItem", "BatchGetItem", "Query"],
    indexes: ["timeline", "customers"],
    files: ["ListBucket", "GetObject"],
    keepsSessions: true,
    timeoutSeconds: 28,
    memoryMegabytes: 1769,
    description: "Serves the pages that people look at in a browser",
  },
  [formFunction]: {
    table: ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    // Tests of webhooks, and deliveries that are made again.
    sendsTo: ["webhooks"],
    timeoutSeconds: 10,
    memoryMegabytes: 1024,
    description: "Takes the forms of the pages that change settings",
  },
  "answer-unmatched": {
    table: [],
    timeoutSeconds: 5,
    memoryMegabytes: 256,
    description: "Answers requests that no route matches",
  },
};
