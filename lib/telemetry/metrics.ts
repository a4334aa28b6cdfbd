import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Measurement } from "../metrics/metric.ts";
import { namespace, operational, publishedName, service, workspaceDimension } from "./names.ts";

/** What goes to CloudWatch, in the embedded metric format: a picture, never the ledger. */

/** Facts by outcome. */
export type OutcomeCounts = Partial<Record<"recorded" | "duplicate" | "conflict" | "invalid", number>>;

const outcomeNames = {
  recorded: operational.factsRecorded,
  duplicate: operational.factsDuplicate,
  conflict: operational.factsConflict,
  invalid: operational.factsInvalid,
} as const;

function operationalMetrics(): Metrics {
  return new Metrics({ namespace, serviceName: service });
}

/** Publishes what became of a request's facts; nothing where there is nothing to count. */
export function publishOutcomes(counts: OutcomeCounts, retries = 0): void {
  const metrics = operationalMetrics();
  for (const [outcome, name] of Object.entries(outcomeNames)) {
    const count = counts[outcome as keyof OutcomeCounts] ?? 0;
    if (count > 0) metrics.addMetric(name, MetricUnit.Count, count);
  }
  if (retries > 0) metrics.addMetric(operational.transactionRetries, MetricUnit.Count, retries);
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

/**
 * Publishes a day's values of a workspace, at noon UTC of that day. Values that are `null` leave a gap; days older
 * than two weeks are left out, since CloudWatch refuses them.
 */
export function publishValues(
  workspace: string,
  date: string,
  measurements: ReadonlyMap<string, Measurement>,
  now: number,
): void {
  const instant = Date.parse(`${date}T12:00:00Z`);
  if (now - instant > oldestPointMilliseconds) return;
  const metrics = new Metrics({ namespace, serviceName: service });
  // CloudWatch tells series apart by all their dimensions: with the service among them, no graph would find the values.
  metrics.clearDefaultDimensions();
  metrics.addDimension(workspaceDimension, workspace);
  metrics.setTimestamp(instant);
  for (const [id, { value }] of measurements) {
    if (value !== null && Number.isFinite(Number(value))) {
      metrics.addMetric(publishedName(id), MetricUnit.NoUnit, Number(value));
    }
  }
  publish(metrics);
}

/** Writes the line, unless it would be empty: the library warns of that in the log. */
function publish(metrics: Metrics): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
