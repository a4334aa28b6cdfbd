import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Measurement } from "../domain/metrics/metric.ts";
import type { FurtherTries } from "./further-tries.ts";
import type { LogFields } from "./logger.ts";
import {
  goalName,
  goalValueName,
  namespace,
  operational,
  publishedName,
  service,
  workspaceDimension,
  workspaceGoalsMissed,
} from "./names.ts";

/** Metrics for CloudWatch, in the embedded metric format: a picture, never the ledger. */

/** Facts by outcome. */
export type OutcomeCounts = Partial<Record<"recorded" | "duplicate" | "conflict" | "invalid", number>>;

const outcomeNames = {
  recorded: operational.factsRecorded,
  duplicate: operational.factsDuplicate,
  conflict: operational.factsConflict,
  invalid: operational.factsInvalid,
} as const;

let shared: Metrics | undefined;

/** One for all: making one reads the whole environment. Publishing leaves nothing behind in it. */
function operationalMetrics(): Metrics {
  shared ??= new Metrics({ namespace, serviceName: service });
  return shared;
}

/**
 * The outcomes of a request's facts, as fields of its one log line, from which CloudWatch takes the counts: a separate line would
 * cost as much again. Empty where all counts are 0.
 */
export function outcomeFields(counts: OutcomeCounts): LogFields {
  const metrics = operationalMetrics();
  for (const [outcome, name] of Object.entries(outcomeNames)) {
    const count = counts[outcome as keyof OutcomeCounts] ?? 0;
    if (count > 0) metrics.addMetric(name, MetricUnit.Count, count);
  }
  if (!metrics.hasStoredMetrics()) return {};
  // Each line of the log names the service by itself.
  const { service: _, ...fields } = metrics.serializeMetrics();
  metrics.clearMetrics();
  return fields;
}

/**
 * Publishes the further tries of a request's transactions, and those of them that went on to other shards; nothing where there
 * were none.
 */
export function publishTries({ retries, shardHops }: FurtherTries): void {
  if (retries === 0 && shardHops === 0) return;
  const metrics = operationalMetrics();
  if (retries > 0) metrics.addMetric(operational.transactionRetries, MetricUnit.Count, retries);
  if (shardHops > 0) metrics.addMetric(operational.shardHops, MetricUnit.Count, shardHops);
  publish(metrics);
}

/** Publishes an operational count, zero included. */
export function publishCount(name: (typeof operational)[keyof typeof operational], count: number): void {
  const metrics = operationalMetrics();
  metrics.addMetric(name, MetricUnit.Count, count);
  publish(metrics);
}

/** CloudWatch takes points that are at most two weeks old. */
const oldestPointMilliseconds = 14 * 86_400_000;

/** A day's points stand at its noon. */
function noonOf(date: string): number {
  return Date.parse(`${date}T12:00:00Z`);
}

/** Whether CloudWatch still takes the points of a day. */
export function canPublish(date: string, now: number): boolean {
  return now - noonOf(date) <= oldestPointMilliseconds;
}

function workspaceMetrics(workspace: string): Metrics {
  const metrics = new Metrics({ namespace, serviceName: service });
  // CloudWatch tells series apart by all their dimensions: with the service among them, no graph would find the values.
  metrics.clearDefaultDimensions();
  metrics.addDimension(workspaceDimension, workspace);
  return metrics;
}

/** Adds a value as it is; `null` leaves a gap. */
function addValue(metrics: Metrics, name: string, value: Measurement["value"]): void {
  if (value !== null && Number.isFinite(Number(value))) {
    metrics.addMetric(name, MetricUnit.NoUnit, Number(value));
  }
}

/**
 * Publishes what metrics of a workspace were over the days up to one, at noon UTC of that day. Values that are `null` leave a gap; days older
 * than two weeks are left out, since CloudWatch refuses them.
 */
export function publishValues(
  workspace: string,
  date: string,
  measurements: ReadonlyMap<string, Pick<Measurement, "value">>,
  now: number,
): void {
  if (!canPublish(date, now)) return;
  const metrics = workspaceMetrics(workspace);
  metrics.setTimestamp(noonOf(date));
  for (const [id, { value }] of measurements) addValue(metrics, publishedName(id), value);
  publish(metrics);
}

/** A goal as it is drawn on one day. Money is a decimal string. */
export interface GoalPoint {
  readonly metricId: string;
  readonly target: Measurement["value"];
  /** The metric over the goal's window. */
  readonly value: Measurement["value"];
}

/** Publishes where the goals of a workspace stood on a day: points at noon UTC of that day. */
export function publishGoals(
  workspace: string,
  date: string,
  points: readonly GoalPoint[],
  now: number,
): void {
  if (!canPublish(date, now)) return;
  const metrics = workspaceMetrics(workspace);
  metrics.setTimestamp(noonOf(date));
  for (const { metricId, target, value } of points) {
    addValue(metrics, goalName(metricId), target);
    addValue(metrics, goalValueName(metricId), value);
  }
  publish(metrics);
}

/** Publishes how many goals a workspace certainly misses now: for itself, and for the alarm over all workspaces. */
export function publishGoalsMissed(workspace: string, missed: number): void {
  const metrics = workspaceMetrics(workspace);
  metrics.addMetric(workspaceGoalsMissed, MetricUnit.Count, missed);
  publish(metrics);
  publishCount(operational.goalsMissed, missed);
}

/** Writes the line, unless it would be empty: the library warns of that in the log. */
function publish(metrics: Metrics): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
