import type { FileAction, TableAction } from "./routes.ts";
import type { IndexName } from "./store/table/keys.ts";

/**
 * Functions that run without a request: schedules, the queue's consumers and dashboards' widgets. The stack and the local cloud are both
 * made from these tables.
 */

/** A schedule: which function runs when. */
export interface Schedule {
  /** The function's file in `functions/`, without `.ts`. */
  readonly function: string;
  /** An EventBridge Scheduler expression, in UTC. */
  readonly expression: string;
  readonly description: string;
}

/** The minute of each hour at which days are planned. */
export const planningMinute = 15;

/** When days are planned next. @param now milliseconds since 1970-01-01T00:00:00Z, like the answer */
export function nextPlanning(now: number): number {
  const hour = 3_600_000;
  const ofHour = planningMinute * 60_000;
  return Math.ceil((now - ofHour) / hour) * hour + ofHour;
}

/** Every schedule. Quarter past the hour: no time zone's day ends less than 15 minutes before it. */
export const schedules: readonly Schedule[] = [
  {
    function: "plan-snapshots",
    expression: `cron(${planningMinute} * * * ? *)`,
    description:
      "Each hour, finds the workspaces and days that need a snapshot, recounts and reconciliations that have not ended, and each week asks for predictions",
  },
  {
    function: "sweep-deliveries",
    expression: "rate(10 minutes)",
    description: "Every ten minutes, hands over the deliveries of webhooks that are due",
  },
];

/** For so many days the bucket of the archive keeps a file that has been replaced; S3 removes it within two days after. */
export const daysOfOldVersions = 3;

/** The platform needs of a background function. */
export interface JobNeeds {
  readonly table: readonly TableAction[];
  /** The indexes that it queries. */
  readonly indexes?: readonly IndexName[];
  /** Actions on the archive. */
  readonly files?: readonly FileAction[];
  /** The queues that it sends to, by their names below. */
  readonly sendsTo?: readonly string[];
  /** Whether it puts events on the default event bus of the account. */
  readonly putsEvents?: boolean;
  /** Whether it publishes to the alarm topic. */
  readonly tellsTopic?: boolean;
  /** Whether it says where the pages are. */
  readonly linksToPages?: boolean;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly description: string;
}

/** The functions that schedules start. */
export const scheduledFunctions: Readonly<Record<string, JobNeeds>> = {
  "plan-snapshots": {
    table: ["GetItem", "Query", "UpdateItem"],
    indexes: ["timeline"],
    sendsTo: ["snapshots", "recounts"],
    timeoutSeconds: 300,
    memoryMegabytes: 512,
    description:
      "Asks for the snapshots of workspaces and days that need one, for recounts and reconciliations that have not ended, and each week for predictions",
  },
  "sweep-deliveries": {
    table: ["UpdateItem"],
    indexes: ["timeline"],
    sendsTo: ["webhooks"],
    timeoutSeconds: 300,
    memoryMegabytes: 256,
    description: "Hands over the deliveries of webhooks that are due and that no queue has",
  },
};

/** The function that draws metrics on the customer-experience dashboard. */
export const widgetFunction = "render-widget";

/** The functions that dashboards call, with the permissions of whoever looks at them. */
export const dashboardFunctions: Readonly<Record<string, JobNeeds>> = {
  [widgetFunction]: {
    table: ["GetItem", "BatchGetItem", "Query"],
    timeoutSeconds: 20,
    memoryMegabytes: 1024,
    description: "Draws metrics by segment on the customer-experience dashboard",
  },
};

/** A queue with the function that consumes it. Each has a dead-letter queue of its own. */
export interface Queue {
  /** The queue's name, and the start of its dead-letter queue's. */
  readonly name: string;
  /** The name of the environment variable in which producers find the queue's URL. */
  readonly urlVariable: string;
  /** The consuming function's file in `functions/`, without `.ts`. */
  readonly function: string;
  readonly batchSize: number;
  /** How many deliveries a message gets before it goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
  /** How many copies of the consumer run at most. */
  readonly maxConcurrency: number;
  readonly needs: JobNeeds;
}

/** Every queue. */
export const queues: readonly Queue[] = [
  {
    name: "snapshots",
    urlVariable: "SNAPSHOTS_QUEUE_URL",
    function: "take-snapshots",
    batchSize: 3,
    maxReceiveCount: 5,
    maxConcurrency: 5,
    needs: {
      table: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
      indexes: ["timeline"],
      files: ["ListBucket", "GetObject", "PutObject"],
      sendsTo: ["webhooks"],
      linksToPages: true,
      timeoutSeconds: 120,
      memoryMegabytes: 1024,
      description: "Takes the snapshots of some days of a workspace",
    },
  },
  {
    name: "recounts",
    urlVariable: "RECOUNTS_QUEUE_URL",
    function: "recount-entities",
    batchSize: 1,
    maxReceiveCount: 5,
    maxConcurrency: 2,
    needs: {
      table: [
        "GetItem",
        "BatchGetItem",
        "Query",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "ConditionCheckItem",
      ],
      indexes: ["timeline"],
      files: ["ListBucket", "GetObject", "PutObject"],
      sendsTo: ["recounts"],
      timeoutSeconds: 900,
      // A reconciliation holds all facts of a day, a prediction the purchases of all customers.
      memoryMegabytes: 3008,
      description:
        "Counts customers and others again after a change of settings, goes on with reconciliations that are too large for a request, and predicts what customers will bring",
    },
  },
  {
    name: "webhooks",
    urlVariable: "WEBHOOKS_QUEUE_URL",
    function: "deliver-webhooks",
    // The deliveries of a message are made at the same time, messages of a batch one after the other: a slow receiver holds up no other.
    batchSize: 1,
    maxReceiveCount: 5,
    maxConcurrency: 20,
    needs: {
      table: ["GetItem", "BatchGetItem", "UpdateItem"],
      sendsTo: ["webhooks"],
      putsEvents: true,
      tellsTopic: true,
      timeoutSeconds: 60,
      memoryMegabytes: 512,
      description: "Delivers to webhooks and to the alarm topic what they are to be told",
    },
  },
];

/** All functions that run without a request, with what they need. */
export const backgroundFunctions: readonly (readonly [name: string, needs: JobNeeds])[] = [
  ...Object.entries(scheduledFunctions),
  ...queues.map((queue) => [queue.function, queue.needs] as const),
  ...Object.entries(dashboardFunctions),
];
