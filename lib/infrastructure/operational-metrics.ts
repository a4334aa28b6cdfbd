import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { tableSchema } from "../store/table/keys.ts";
import { countedFromLogs, namespace, operational, service } from "../telemetry/names.ts";
import type { Handler } from "./function.ts";
import type { UsedTable } from "./table.ts";

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

/** The greatest number that one of the product's own operational metrics had in a period. */
export function operationalMaximum(
  name: keyof typeof operational,
  label: string,
  period = Duration.days(1),
): Metric {
  return operationalSum(name, label, period).with({ statistic: Stats.MAXIMUM });
}

/** Failures that CloudWatch counts from log lines, summed over a period. */
export function failureSum(
  name: keyof typeof countedFromLogs,
  label: string,
  period = Duration.minutes(5),
): Metric {
  return new Metric({
    namespace,
    metricName: countedFromLogs[name],
    statistic: Stats.SUM,
    label,
    period,
  });
}

/** Runs of a function that began, whatever became of them: those that Lambda refused are not among them. */
export function runsOf(handler: Handler, period: Duration): Metric {
  return handler.function.metricInvocations({ label: handler.name, period });
}

/** Messages that wait in a queue. */
export function waitingIn(queue: Queue, label: string): Metric {
  return queue.metricApproximateNumberOfMessagesVisible({ label, statistic: Stats.MAXIMUM });
}

/** Capacity metrics of the table and its indexes. */
export type TableMetric =
  | "ConsumedReadCapacityUnits"
  | "ConsumedWriteCapacityUnits"
  | "ReadThrottleEvents"
  | "WriteThrottleEvents";

/**
 * Capacity that was used or refused, summed over five minutes: of the table and of each of its indexes, whose metrics
 * DynamoDB reports apart and does not count in the table's.
 */
export function tableSums(table: UsedTable, metricName: TableMetric, label: string): Metric[] {
  const sum = (target: string, index?: string) =>
    new Metric({
      namespace: "AWS/DynamoDB",
      metricName,
      dimensionsMap: {
        TableName: table.tableName,
        ...(index === undefined ? {} : { GlobalSecondaryIndexName: index }),
      },
      statistic: Stats.SUM,
      label: `${label}, ${target}`,
      period: Duration.minutes(5),
    });
  return [sum("table"), ...tableSchema.indexes.map(({ name }) => sum(`index ${name}`, name))];
}

/**
 * The sum of several metrics of the same period. Those without data count as 0, so that the sum has a value in every
 * period: an alarm on metrics of DynamoDB keeps its state where data is missing, whatever its own setting says.
 */
export function sumOf(metrics: readonly IMetric[], label: string, period: Duration): MathExpression {
  const named = metrics.map((metric, index) => [`m${index}`, metric] as const);
  return new MathExpression({
    expression: `SUM([${named.map(([name]) => `FILL(${name},0)`).join(",")}])`,
    usingMetrics: Object.fromEntries(named),
    label,
    period,
  });
}
