/**
 * The names of everything published to CloudWatch, shared by what emits it, what draws it and what alarms on it.
 */

/** Namespace of all metrics of this product. */
export const namespace = "CxMetrics";

/** Service name in logs and in operational metrics. */
export const service = "cx-metrics";

/** Dimension that names the workspace of a published value. */
export const workspaceDimension = "Workspace";

/** Operational metrics, with the dimension `service`. */
export const operational = {
  /** Snapshots of one workspace and day written or confirmed. Unit: count. */
  snapshotsTaken: "SnapshotsTaken",
  /** Facts by outcome of the write routes. Unit: count. */
  factsRecorded: "FactsRecorded",
  factsDuplicate: "FactsDuplicate",
  factsConflict: "FactsConflict",
  factsInvalid: "FactsInvalid",
  /** Transactions that were tried again: another writer was faster, or the table throttled. Unit: count. */
  transactionRetries: "TransactionRetries",
  /** Those of them that went on to other shards of their counters. Unit: count. */
  shardHops: "ShardHops",
  /** Goals that a workspace certainly misses, of those not yet over: one point a workspace and day. Unit: count. */
  goalsMissed: "GoalsMissed",
  /**
   * Kinds of facts (responses, events) of workspaces that stopped coming, by what is usual for the weekday and the hour: one point an
   * hour, none while it can be told of no kind whether it comes. Unit: count.
   */
  factsStopped: "FactsStopped",
} as const;

/**
 * Counted by CloudWatch from log lines, without dimensions. No point is written while nothing fails: such a metric costs
 * nothing then.
 */
export const countedFromLogs = {
  /** Requests answered with 5xx, but for the 503 by which a function asks to try again. Unit: count. */
  requestFailures: "RequestFailures",
  /** Runs of background functions that did not succeed. Unit: count. */
  jobFailures: "JobFailures",
} as const;

/** How many days a published value of a catalogue metric is over: those up to its day. Single days jump where there are few facts. */
export const publishedDays = 30;

/** The CloudWatch metric name of a catalogue metric: its id. */
export function publishedName(metricId: string): string {
  return metricId;
}

/** The goal of a catalogue metric that is drawn: what its target comes to. With the dimension of the workspace. */
export function goalName(metricId: string): string {
  return `${metricId}.goal`;
}

/** The metric that a goal's line is drawn by: over the goal's window, with the dimension of the workspace. */
export function goalValueName(metricId: string): string {
  return `${metricId}.goal-value`;
}

/** Goals that one workspace certainly misses, with its dimension. */
export const workspaceGoalsMissed = "goals-missed";
