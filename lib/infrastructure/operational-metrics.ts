import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { namespace, operational, service } from "../telemetry/names.ts";
import type { Handler } from "./function.ts";
import type { FactsTable } from "./table.ts";

/** One of the product's own operational metrics, summed over a period. */
export function operationalSum(
  name: keyof typeof operational,
  label: string,
  period = Duration.minutes(5),
): Metric {
  return new Metric({
    namespace,
    metricName: operational[name],
    dimensionsMap: { service },
    statistic: Stats.SUM,
    label,
    period,
  });
}

/** Errors of a function: exceptions that it did not catch, time-outs and exhausted memory. */
export function errorsOf(handler: Handler, period = Duration.minutes(5)): Metric {
  return handler.function.metricErrors({ label: handler.name, period });
}

/** Calls of a function that Lambda refused for lack of concurrency. */
export function throttlesOf(handler: Handler, period = Duration.minutes(5)): Metric {
  return handler.function.metricThrottles({ label: handler.name, period });
}

/** Messages that wait in a queue. */
export function waitingIn(queue: Queue, label: string): Metric {
  return queue.metricApproximateNumberOfMessagesVisible({ label, statistic: Stats.MAXIMUM });
}

/** Capacity that the table and its indexes used or refused, summed over five minutes. */
export function tableSum(
  table: FactsTable,
  metricName:
    | "ConsumedReadCapacityUnits"
    | "ConsumedWriteCapacityUnits"
    | "ReadThrottleEvents"
    | "WriteThrottleEvents",
  label: string,
): Metric {
  return table.metric(metricName, { statistic: Stats.SUM, label, period: Duration.minutes(5) });
}

/** The sum of several metrics of the same period, counting those without data as 0. */
export function sumOf(metrics: readonly IMetric[], label: string, period: Duration): MathExpression {
  const named = metrics.map((metric, index) => [`m${index}`, metric] as const);
  return new MathExpression({
    expression: `SUM([${named.map(([name]) => name).join(",")}])`,
    usingMetrics: Object.fromEntries(named),
    label,
    period,
  });
}
